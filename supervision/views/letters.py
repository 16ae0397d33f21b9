"""函件: the registry, a letter with its chain, writing one, and its paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Figure, badge_column, date_column, due_column
from common.errors import RuleError
from common.ledgers import LedgerView
from common.paper_pages import paper_response
from common.papers import Paper
from common.record_pages import buttons, one, timeline
from common.typed import id_of
from hazards.models import Hazard
from supervision import archive, papers, queries, reasons
from supervision.filters import LetterFilter
from supervision.forms import letters as forms
from supervision.models import Letter
from supervision.models.letters import HIDDEN_STATES, OWING_STATES, LetterState
from supervision.transitions import letters
from supervision.views.acting import RecordActionView
from supervision.views.reply import LinkForm
from units.access import RightRequiredMixin, holds, require
from units.roles import Right, Role


def may_write(user: object) -> bool:
    """Whether the person writes letters: drafts, or as a leader instructs."""
    return holds(user, Right.DRAFT_LETTER) or getattr(user, "role", "") == Role.LEADER


class LetterLedger(RightRequiredMixin, LedgerView):
    """函件登记簿."""

    rights = (Right.READ_LETTER,)
    model = Letter
    title = "函件登记簿"
    filterset_class = LetterFilter
    default_order = ("-drafted_at", "-pk")
    template_name = "supervision/letter_list.html"
    columns = (
        Column(
            "number", "文号", lambda row: row.number or "（待编号）", order=("number",), link=True, css="cell-nowrap"
        ),
        Column("kind", "文种", lambda row: row.get_kind_display()),
        Column("title", "标题", css="cell-words", width=40),
        Column("to_unit", "主送单位", "to_unit.name", order=("to_unit__name",), width=28),
        badge_column("state", "状态", "letter_state", order=("state",)),
        date_column("signed", "签发日期", "signed_at", order=("signed_at",)),
        date_column("received", "签收日期", "received_at", default=False),
        due_column("due", "回复期限", "due_at", "done_at", order=("due_at",)),
        Column("hazard", "所涉隐患", "hazard.number", default=False, width=24),
    )

    def get_base_queryset(self) -> QuerySet[Letter]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("to_unit", "hazard")

    def row_tone(self, row: Letter) -> str:
        """Red for an answer that is late."""
        return "red" if row.is_overdue else ""

    def get_figures(self, queryset: QuerySet[Letter]) -> Sequence[Figure]:
        """What waits for signature and what is late, each opening its list."""
        base, url = self.get_base_queryset(), reverse("letter-list")
        late = base.owing().count()  # type: ignore[attr-defined]
        return (
            Figure("待签发", base.filter(state=LetterState.DRAFT).count(), f"{url}?state=draft", "件"),
            Figure("待审核回复", base.filter(state=LetterState.ANSWERED).count(), f"{url}?state=answered", "件"),
            Figure("逾期未回复", late, f"{url}?late=yes", "件", "red" if late else "plain"),
        )

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Whether the person writes letters."""
        return {**super().get_context_data(**kwargs), "may_write": may_write(self.request.user)}


class LetterAction(RecordActionView):
    """One action on a letter."""

    model, lifecycle, forms = Letter, letters.LIFECYCLE, forms.FORMS

    def drafts(self) -> list[dict[str, str]]:
        """The letter itself while it waits for signature."""
        waits = self.record.state == LetterState.DRAFT
        label, url = self.record.get_kind_display(), reverse("letter-paper", args=[self.record.pk, "pdf"])
        return [{"label": label, "url": url}] if waits else []


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter with its answers, its events and the chain of letters about the same hazard."""
    require(request.user, Right.READ_LETTER)
    letter = one(Letter, request.user, pk)
    answers = list(letter.answers.select_related("answered_by").prefetch_related("attachments__blob"))
    context = {
        "letter": letter,
        "reason": reasons.of_letter(letter),
        "copies": letter.copies.all(),
        "answers": answers,
        "chain": queries.chain_of(letter, request.user),
        "may_follow": letter.state not in HIDDEN_STATES and may_write(request.user),
        "hazard": Hazard.objects.for_user(request.user).filter(pk=letter.hazard_id).first()
        if letter.hazard_id
        else None,
        "buttons": buttons(letters.LIFECYCLE, letter, request.user, "letter-action"),
        "events": timeline(letters.LIFECYCLE, letter.events.all(), {}),
        "links": letter.links.select_related("issued_by"),
        "may_issue": letter.state in OWING_STATES and letters.may_letter(request.user, Right.DRAFT_LETTER, letter),
        "link_form": LinkForm(initial={"phone": _phone_of(letter)}),
        "has_paper": letter.state not in HIDDEN_STATES or holds(request.user, Right.DRAFT_LETTER, Right.SIGN_LETTER),
    }
    return render(request, "supervision/letter_detail.html", context)


def _phone_of(letter: Letter) -> str:
    profile = getattr(letter.to_unit, "enterprise", None)
    return mobile(profile.safety_phone) or mobile(profile.principal_phone) if profile else ""


def mobile(phone: str) -> str:
    """The number where it is a mobile one."""
    return phone if re.fullmatch(r"1\d{10}", phone or "") else ""


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """A new letter by hand; ?hazard= fills in what it is about, ?after= which letter it follows."""
    if not may_write(request.user):
        require(request.user, Right.DRAFT_LETTER)
    before = _before(request)
    hazard = _hazard(request) or (before.hazard if before else None)
    initial: dict[str, Any] = {}
    if before:
        initial = {"to_unit": before.to_unit_id, "matter": f"{before.number}《{before.title}》要求的事项至今未办结。"}
    elif hazard:
        initial = {"to_unit": hazard.unit_id, "title": "", "matter": f"隐患{hazard.number}：{hazard.description}"}
    form = (
        forms.new_form(request.user, request.POST)
        if request.method == "POST"
        else forms.new_form(request.user, **initial)
    )
    if request.method == "POST" and form.is_valid():
        try:
            typed = {"hazard": hazard, "source": before, "once": form.cleaned_data["once"]}
            letter = letters.draft(request.user, **typed, **form.values())
        except RuleError as error:
            form.refuse(error)
        else:
            return redirect(letter)
    status = 422 if form.errors else 200
    return render(request, "supervision/letter_new.html", {"form": form, "hazard": hazard}, status=status)


def _before(request: HttpRequest) -> Letter | None:
    asked = id_of(request.GET.get("after"))
    return one(Letter, request.user, asked) if asked else None


def _hazard(request: HttpRequest) -> Hazard | None:
    asked = id_of(request.GET.get("hazard"))
    return one(Hazard, request.user, asked) if asked else None


@require_safe
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The letter as .docx or PDF."""
    require(request.user, Right.READ_LETTER)
    letter = one(Letter, request.user, pk)
    name = f"{letter.get_kind_display()}{letter.number or ''}"
    return paper_response(_paper_of(letter), name, kind)


def _paper_of(letter: Letter) -> Paper:
    """As it was signed; what the ladder sent by itself is kept the first time somebody looks at it."""
    made = archive.kept("letter", letter)
    if made is None:
        made = papers.letter_paper(letter)
        if letter.state == LetterState.DRAFT:
            return replace(made, mark="草稿")
        if letter.signed_at and letter.kind not in papers.FORM_KINDS:
            archive.keep("letter", letter, made)
    return made
