"""年度报备: the ledger of yearly papers, one paper with its course, its actions, and what it looks like printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, Figure, badge_column, date_column, due_column
from common.errors import Forbidden, NotInScope, RuleError
from common.ledgers import LedgerView
from common.paper_pages import paper_response
from common.record_pages import RecordActionPage, buttons, one, timeline
from tasks import papers
from tasks.filters import YearlyFilter
from tasks.forms.yearly import FORMS, DraftForm
from tasks.models import DutyStanding, YearlyItem, YearlyPaper, YearlyState
from tasks.transitions.yearly import LIFECYCLE
from tasks.transitions.yearly_drafts import begin, files
from tasks.views.duties import period_of, tally
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class YearlyLedger(RightRequiredMixin, LedgerView):
    """年度报备台账."""

    rights = (Right.READ_TASK,)
    model = YearlyPaper
    title = "年度报备"
    template_name = "tasks/yearly_list.html"
    filterset_class = YearlyFilter
    default_order = ("-year", "unit__name", "kind")
    columns = (
        Column("unit", "报送单位", "unit.name", link=True, order=("unit__name",), width=28),
        Column("year", "年度", order=("year",), width=8),
        Column("kind", "种类", lambda row: row.get_kind_display(), order=("kind",)),
        Column("items", "事项", "item_count", numeric=True, order=("item_count",), kind="number"),
        badge_column("state", "状态", "yearly_state", order=("state",)),
        due_column("due", "报送期限", "due_at", "filed_at", order=("due_at",)),
        date_column("filed", "报送日期", "filed_at", order=("filed_at",)),
        Column("receipt", "回执编号", order=("receipt",), width=24),
    )

    def get_base_queryset(self) -> QuerySet[YearlyPaper]:
        """The papers in scope."""
        return super().get_base_queryset().select_related("unit").annotate(item_count=Count("items"))

    def row_tone(self, row: YearlyPaper) -> str:
        """Red for what is late."""
        return "red" if row.is_overdue else ""

    def get_figures(self, queryset: QuerySet[YearlyPaper]) -> Sequence[Figure]:
        """How the year stands, each figure opening its list."""
        url, late = reverse("yearly-list"), Q(pk__in=YearlyPaper.objects.overdue())
        counted = YearlyPaper.objects.for_user(self.request.user).aggregate(
            filed=Count("pk", filter=Q(state=YearlyState.FILED)),
            checked=Count("pk", filter=Q(state=YearlyState.CHECKED)),
            late=Count("pk", filter=late),
        )
        return (
            Figure("待审核", counted["filed"], f"{url}?state=filed", "份"),
            Figure("已备案", counted["checked"], f"{url}?state=checked", "份", "green"),
            Figure("逾期未报送", counted["late"], f"{url}?late=yes", "份", "red" if counted["late"] else "plain"),
        )

    def get_empty(self) -> Empty:
        """Drafts come by themselves."""
        if self.chips:
            return super().get_empty()
        words = "每年1月系统为各部门、村（社区）起草清单，12月起草履职述职报告。"
        if files(self.request.user):
            return Empty("还没有年度报备材料", words, "起草本单位材料", reverse("yearly-new"))
        return Empty("还没有年度报备材料", words)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the button, for those whose unit files."""
        return super().get_context_data(**kwargs) | {"may_draft": files(self.request.user)}


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """起草本单位材料: for a unit the job drafted nothing for, or before the job does."""
    if not files(request.user):
        raise Forbidden
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            paper, is_new = begin(request.user, **form.cleaned_data)
        except RuleError as error:
            form.refuse(error)
        else:
            messages.success(request, "已起草，请核对后报送。" if is_new else "该材料已经起草过。")
            return redirect(paper)
    context = {"form": form, "heading": "起草年度报备材料", "submit": "起草", "back": reverse("yearly-list")}
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)


class YearlyAction(RecordActionPage):
    """One action on a yearly paper."""

    model, lifecycle, forms = YearlyPaper, LIFECYCLE, FORMS


def _steps(paper: YearlyPaper) -> list[dict[str, object]]:
    reached = {YearlyState.DRAFT: 1, YearlyState.FILED: 2, YearlyState.CHECKED: 3}[YearlyState(paper.state)]
    marks = (("起草", None), ("报送", paper.filed_at), ("审核备案", paper.checked_at))
    states = ["done" if place < reached else "current" if place == reached else "todo" for place in range(3)]
    return [
        {"label": label, "state": state, "at": at, "note": ""} for (label, at), state in zip(marks, states, strict=True)
    ]


def _lines(paper: YearlyPaper, user: Any) -> list[YearlyItem]:
    """The lines; those of a duty with every period as it is counted now, each opening its proof, as far as the user sees them."""
    items = list(paper.items.select_related("task"))
    counted: dict[str, list[DutyStanding]] = {}
    if holds(user, Right.READ_DUTY) and any(item.duty_code for item in items):
        rows = DutyStanding.objects.for_user(user).owed_in(paper.unit, paper.year)
        for row in rows.select_related("duty", "person", "unit").order_by("person__name", "subject", "first_on"):
            counted.setdefault(row.code, []).append(row)
    for item in items:
        item.proofs = [(row, period_of(row), tally(row)) for row in counted.get(item.duty_code, [])]
    return items


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper with its lines, its course and its events."""
    require(request.user, Right.READ_TASK)
    paper = one(YearlyPaper, request.user, pk)
    context = {
        "paper": paper,
        "items": _lines(paper, request.user),
        "reports": paper.kind == YearlyPaper.Kind.REPORT,
        "steps": _steps(paper),
        "buttons": buttons(LIFECYCLE, paper, request.user, "yearly-action"),
        "events": timeline(LIFECYCLE, paper.events.all(), {}),
    }
    return render(request, "tasks/yearly_detail.html", context)


@require_safe
def printed(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """The paper or, once it is on file, its receipt, as .docx or PDF."""
    require(request.user, Right.READ_TASK)
    paper = one(YearlyPaper, request.user, pk)
    if which == "receipt" and paper.state == YearlyState.CHECKED:
        return paper_response(papers.receipt(paper), f"备案回执{paper.receipt}", kind)
    if which != "paper":
        raise NotInScope
    return paper_response(papers.yearly_paper(paper), str(paper), kind)
