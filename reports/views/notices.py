"""通报: the list, drafting, one notice from draft to receipts, its papers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.actions import ActionPage
from common.columns import Column, Empty, badge_column, date_column
from common.errors import Forbidden, RuleError
from common.forms import ActionForm
from common.ledgers import LedgerView
from common.papers import render_pdf
from reports import queries, sheet, transitions
from reports.filters import NoticeFilter
from reports.forms import FORMS, DraftForm, EditForm
from reports.models import Notice
from reports.notices import paper, snapshot
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


def _receipts(notice: Notice) -> str | None:
    return f"{notice.signed}/{notice.sent}" if notice.sent else None  # type: ignore[attr-defined]


class NoticeList(RightRequiredMixin, LedgerView):
    """The notices in the reader's scope."""

    rights = (Right.READ_NOTICE,)
    model = Notice
    title = "通报"
    filterset_class = NoticeFilter
    default_order = ("-period_to", "-pk")
    template_name = "reports/notice_list.html"
    columns = (
        Column("title", "标题", "headline", link=True, width=48),
        Column("number", "发文字号", order=("number",), width=24),
        Column("kind", "种类", lambda row: row.get_kind_display()),
        Column("period", "统计期", lambda row: transitions.period_of(row).label, order=("period_to",)),
        badge_column("state", "状态", "notice_state", order=("state",)),
        date_column("issued_at", "印发日期", order=("issued_at",)),
        Column("receipts", "签收", _receipts, numeric=True),
        Column("office", "发文单位", "office.name", default=False),
        date_column("drafted_at", "起草日期", order=("drafted_at",), default=False),
    )

    def get_base_queryset(self) -> QuerySet[Notice]:
        """With the counts of receipts, without text and snapshot."""
        return queries.ledger(super().get_base_queryset())

    def get_empty(self) -> Empty:
        """The system drafts by itself; who may draft can do it now."""
        empty = super().get_empty()
        if empty.action_url:
            return empty
        if not holds(self.request.user, Right.DRAFT_NOTICE):
            return Empty("还没有通报", "通报印发并送达本单位后，在这里查看和签收。", icon="megaphone")
        hint = "每月第一个工作日系统自动起草上月通报，也可以手工起草。"
        return Empty("还没有通报", hint, "起草通报", reverse("notice-draft"), "megaphone")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the reader may draft."""
        return super().get_context_data(**kwargs) | {"may_draft": holds(self.request.user, Right.DRAFT_NOTICE)}


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest) -> HttpResponse:
    """Draft the notice of a chosen period by hand; where there is one already, it opens."""
    require(request.user, Right.DRAFT_NOTICE)
    form = DraftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        period, kind = form.chosen()
        try:
            notice, created = transitions.draft(request.user.hat.unit, period, kind, request.user)
        except RuleError as error:
            form.refuse(error)
        else:
            text = "通报已起草，请审阅修改。" if created else "该统计期已有通报，现打开原有通报。"
            (messages.success if created else messages.info)(request, text)
            return redirect(notice)
    return render(request, "reports/notice_draft.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice `pk` in the reader's scope: paper, figures, actions, receipts, history."""
    notice = queries.one(request.user, pk)
    return render(request, "reports/notice_detail.html", page(request, notice))


def page(request: HttpRequest, notice: Notice, form: EditForm | None = None) -> dict[str, Any]:
    """What notice_detail.html reads; `form` is the editor with what was typed."""
    user = request.user
    buttons = sheet.buttons(notice, user)
    editable = any(button.action == "edit" for button in buttons)
    inside = queries.works_on(user, notice)
    receipts = notice.receipts.select_related("unit", "signed_by").order_by("signed_at", "unit__name") if inside else ()
    mine = queries.receipt_of(user, notice)
    period = transitions.period_of(notice)
    return {
        "notice": notice,
        "period": period,
        "sheet": sheet.sheet(notice, user),
        "figures": sheet.figures(notice),
        "buttons": [button for button in buttons if button.action != "edit"],
        "form": form or (EditForm(record=notice) if editable else None),
        "differences": snapshot.differences(notice.office, period, notice.snapshot)
        if inside and notice.is_pending
        else [],
        "inside": inside,
        "receipts": receipts,
        "unsigned": sum(receipt.signed_at is None for receipt in receipts),
        "receipt": mine,
        "may_sign": mine is not None and mine.signed_at is None and transitions.may_sign(user),
        "events": sheet.timeline(notice) if inside else [],
    }


class NoticeAction(ActionPage):
    """Every action on a notice through one view."""

    lifecycle = transitions.LIFECYCLE
    template_name = "reports/notice_action.html"

    def find(self, user: Any, pk: int) -> Notice:
        """The notice in scope."""
        return queries.one(user, pk)

    def build_form(self, data: Any = None, files: Any = None) -> ActionForm:
        """The form the rule names."""
        return FORMS[self.rule.form](data, record=self.record)

    def done_text(self, record: Notice) -> str:
        """What was done and what the notice is now."""
        number = f"，文号{record.number}" if self.action == "issue" else ""
        return f"已办理：{self.rule.label}，当前状态“{record.get_state_display()}”{number}。"


class NoticeEdit(NoticeAction):
    """The editor beside the paper, with everything typed kept when the text cannot be saved."""

    template_name = "reports/notice_detail.html"

    def get_context(self) -> dict[str, Any]:
        """The whole page of the notice."""
        return page(self.request, self.record)

    def show(self, form: ActionForm, status: int = 200) -> HttpResponse:
        """The notice's page with this editor."""
        return render(self.request, self.template_name, page(self.request, self.record, form), status=status)  # type: ignore[arg-type]


@require_POST
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """签收 for the reader's unit."""
    queries.one(request.user, pk)
    receipt = transitions.sign_for(request.user, pk)
    messages.success(request, f"{receipt.unit.name}已签收。")
    return redirect(receipt.notice)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF as it would be printed, marked 草稿 (or 作废); an issued notice has its own file."""
    notice = queries.one(request.user, pk)
    if not queries.works_on(request.user, notice):
        raise Forbidden
    if notice.state == Notice.State.ISSUED and notice.pdf is not None:
        return redirect(notice.pdf.original_url)
    response = HttpResponse(render_pdf(paper.preview(notice)), content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, f"{notice.headline}（草稿）.pdf") or ""
    return response
