"""检查文书: the ledger, a paper with its actions, its files; certificates, settings, checklists, QR codes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from common.columns import Column, badge_column, date_column
from common.errors import NotInScope, RuleError
from common.ledgers import LedgerView
from common.paper_pages import paper_response
from common.record_pages import RecordActionPage, buttons, one, timeline
from inspections import papers as forms_on_paper
from inspections.filters.visits import PaperFilter
from inspections.forms.papers import FORMS
from inspections.models import Inspection, InspectionPaper, PaperState
from inspections.transitions import papers
from units.access import RightRequiredMixin, require
from units.roles import Right


class PaperLedger(RightRequiredMixin, LedgerView):
    """检查文书台账."""

    rights = (Right.READ_INSPECTION,)
    model = InspectionPaper
    title = "检查文书台账"
    filterset_class = PaperFilter
    default_order = ("-drafted_at", "-pk")
    columns = (
        Column("number", "文号", lambda row: row.number or "（无文号）", order=("number",), link=True, width=28),
        Column("kind", "文种", lambda row: row.get_kind_display(), width=22),
        Column("unit", "受送达单位", "unit.name", order=("unit__name",), width=30),
        badge_column("state", "状态", "paper_state", order=("state",)),
        date_column("issued", "出具日期", "issued_at", order=("issued_at",)),
        date_column("deadline", "整改期限", "deadline", order=("deadline",)),
        date_column("served", "送达日期", "served_at", default=False),
        Column("drafted_by", "制作人", "drafted_by.name", default=False),
    )

    def get_base_queryset(self) -> QuerySet[InspectionPaper]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("unit", "drafted_by")


class PaperAction(RecordActionPage):
    """One action on a paper."""

    model, lifecycle, forms = InspectionPaper, papers.LIFECYCLE, FORMS


@require_POST
def draft(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A draft of this kind on the visit; it opens where there is something to add."""
    require(request.user, Right.CARRY_OUT)
    visit = one(Inspection, request.user, pk)
    if kind not in InspectionPaper.Kind.values:
        raise NotInScope
    try:
        paper = papers.draft(request.user, visit, kind)
    except RuleError as error:
        if error.status != 422:
            raise
        messages.error(request, error.message)
        return redirect(visit)
    return redirect(paper)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper: what it says, its dates, its service, what may be done with it."""
    require(request.user, Right.READ_INSPECTION)
    paper = one(InspectionPaper, request.user, pk)
    context: dict[str, Any] = {
        "paper": paper,
        "visit": paper.inspection,
        "content": paper.content if paper.issued_at else papers.paper_contents.build(paper),
        "rechecks": paper.rechecks.for_user(request.user),
        "buttons": buttons(papers.LIFECYCLE, paper, request.user, "inspection-paper-action"),
        "events": timeline(papers.LIFECYCLE, paper.events.all(), {}),
        "has_receipt": paper.state == PaperState.SERVED,
    }
    return render(request, "inspections/paper.html", context)


@require_safe
def file(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """The paper, or the receipt of a served one, as .docx or PDF."""
    require(request.user, Right.READ_INSPECTION)
    paper = one(InspectionPaper, request.user, pk)
    if which == "receipt" and paper.state == PaperState.SERVED:
        return paper_response(forms_on_paper.receipt_of(paper), f"送达回执{paper.number or ''}", kind)
    if which != "paper":
        raise NotInScope
    return paper_response(forms_on_paper.paper_of(paper), f"{paper.get_kind_display()}{paper.number or ''}", kind)
