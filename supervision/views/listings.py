"""挂牌、挂账: the ledger, one listing with its course, proposing one, batches, papers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, badge_column, date_column, due_column
from common.errors import Forbidden, NotInScope, RuleError, WrongState
from common.ledgers import LedgerView
from common.paper_pages import paper_response
from common.record_pages import buttons, one, timeline
from hazards.models import Hazard
from supervision import archive, case_papers, course, papers
from supervision.filters import ListingFilter
from supervision.forms import listings as forms
from supervision.models import Listing, ListingBatch, ListingState, Measure
from supervision.transitions import listings
from supervision.views.acting import RecordActionView
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import Right
from units.scope import reaches

BATCHES_SHOWN = 4
PAPERS = {
    "notice": ("督办通知书", "number", papers.listing_notice),
    "acceptance": ("验收意见书", "accepted_at", case_papers.acceptance_opinion),
    "delisting": ("解除督办通知书", "delist_number", papers.delisting_notice),
    "signboard": ("公示牌", "number", None),
}
DRAFTS = {"notice": ListingState.PROPOSED, "delisting": ListingState.ACCEPTED}  # open to be looked at before signing


class ListingLedger(RightRequiredMixin, LedgerView):
    """挂牌、挂账台账."""

    rights = (Right.READ_HAZARD,)
    model = Listing
    title = "挂牌（挂账）督办台账"
    filterset_class = ListingFilter
    default_order = ("-proposed_at", "-pk")
    template_name = "supervision/listing_list.html"
    columns = (
        Column(
            "hazard", "隐患编号", "hazard.number", order=("hazard__number",), link=True, css="cell-nowrap", width=24
        ),
        Column("number", "督办文号", order=("number",), width=24),
        badge_column("kind", "种类", "listed_as", order=("kind",)),
        Column("tier", "级别", lambda row: row.get_tier_display(), css="cell-nowrap"),
        badge_column("state", "状态", "listing_state", "state_badge", order=("state",)),
        Column("description", "隐患描述", "hazard.description", css="cell-words", width=48),
        Column("unit", "责任单位", "hazard.unit.name", order=("hazard__unit__name",), width=28),
        Column("department", "督办部门", "department.name", width=24),
        due_column("finish", "督办期限", "deadline", "accepted_at", order=("hazard__due_at",)),
        due_column("report", "下次报告", "next_report_at", order=("next_report_at",)),
        Column("missed", "未按期报告（次）", "missed_reports", numeric=True, kind="number", order=("missed_reports",)),
        Column("batch", "批次", lambda row: str(row.batch) if row.batch else None, default=False),
        date_column("proposed", "提请日期", "proposed_at", order=("proposed_at",), default=False),
        date_column("approved", "批准日期", "approved_at", order=("approved_at",), default=False),
        date_column("delisted", "解除督办日期", "delisted_at", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Listing]:
        """What the rows show, selected at once."""
        return super().get_base_queryset().select_related("hazard__unit", "department", "batch")

    def row_tone(self, row: Listing) -> str:
        """Orange where reports were missed."""
        return "orange" if row.missed_reports and row.is_in_force else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The latest batches, and whether the person opens new ones."""
        may_serve = holds(self.request.user, Right.SERVE_LISTING)
        batches = ListingBatch.objects.filter(office__in=Unit.objects.for_user(self.request.user, Right.SERVE_LISTING))
        shown = batches.select_related("office")[:BATCHES_SHOWN] if may_serve else ()
        return {**super().get_context_data(**kwargs), "may_serve": may_serve, "batches": shown}


class ListingAction(RecordActionView):
    """One action on a listing."""

    model, lifecycle, forms = Listing, listings.LIFECYCLE, forms.FORMS

    def find(self, user: Any, pk: int) -> Any:
        """The listing; from here on the action is called as its kind calls it."""
        found = super().find(user, pk)
        self.rule = listings.worded(self.action, found)
        return found

    def done_text(self, record: Any) -> str:
        """The state in the words of its kind."""
        return f"已办理：{self.rule.label}，当前状态“{record.state_label}”。"

    def drafts(self) -> list[dict[str, str]]:
        """督办通知书 before its approval, 解除督办通知书 before the delisting."""
        return [
            {"label": PAPERS[which][0], "url": reverse("listing-paper", args=[self.record.pk, which, "pdf"])}
            for which in DRAFTS
            if _is_draft(self.record, which, self.request.user)
        ]


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The listing: its course, its dates, its papers, its events, the measures about the same hazard."""
    require(request.user, Right.READ_HAZARD)
    listing = one(Listing, request.user, pk)
    files = {row.attachment_id: row.attachment for row in listing.files.select_related("attachment__blob")}
    offered = [
        {"which": which, "label": f"{label}{'' if getattr(listing, column) else '（草稿）'}"}
        for which, (label, column, _) in PAPERS.items()
        if getattr(listing, column) or _is_draft(listing, which, request.user)
    ]
    context = {
        "listing": listing,
        "supervisor": papers.supervisor_of(listing),
        "hazard": listing.hazard,
        "steps": course.steps(listing),
        "dates": course.dates(listing),
        "papers": offered,
        "measures": Measure.objects.for_user(request.user).filter(hazard=listing.hazard_id)[:20],
        "buttons": _buttons(listing, request.user),
        "events": timeline(listings.LIFECYCLE, listing.events.all(), files),
    }
    return render(request, "supervision/listing_detail.html", context)


def _buttons(listing: Listing, user: Any) -> list[dict[str, str]]:
    """The open actions as the kind of listing calls them."""
    shown = buttons(listings.LIFECYCLE, listing, user, "listing-action")
    allowed = listings.allowed_actions(listing, user)
    return [row | {"label": listings.worded(name, listing).label} for name, row in zip(allowed, shown, strict=True)]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose a listing for the hazard `pk`."""
    require(request.user, Right.PROPOSE_LISTING)
    hazard = one(Hazard, request.user, pk)
    form = forms.propose_form(request.user, hazard, *([request.POST] if request.method == "POST" else []))
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(listings.propose(request.user, hazard.pk, **form.values()))
        except (Forbidden, NotInScope, WrongState):
            raise
        except RuleError as error:
            form.refuse(error)
    if form.errors:
        status = 422
    context = {
        "form": form,
        "hazard": hazard,
        "title": f"提请{'挂账' if listings.kind_for(hazard) == 'key' else '挂牌'}督办",
    }
    return render(request, "supervision/propose.html", context, status=status)


@require_safe
def paper(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """督办通知书, 验收意见书, 解除督办通知书 or 公示牌 as .docx or PDF; 404 before its step was taken.

    Who prepares and who signs look at 督办通知书 and 解除督办通知书 before they are signed; the PDF says 草稿.
    """
    require(request.user, Right.READ_HAZARD)
    listing = one(Listing, request.user, pk)
    label, column, make = PAPERS.get(which, ("", "", None))
    number = getattr(listing, column) if column else None
    if not number and make and _is_draft(listing, which, request.user):
        return paper_response(replace(make(listing), mark="草稿"), f"{listing.word}{label}（草稿）", kind)
    if not number:
        raise NotInScope
    # A passer-by who scans the board sees what is published, an office what is on file.
    page = reverse("public-listing", args=[pk]) if listing.is_public else listing.get_absolute_url()
    made = papers.signboard(listing, request.build_absolute_uri(page))
    if make:
        made = archive.kept(which, listing) or make(listing)
    return paper_response(made, f"{listing.word}{label}{listing.number}", kind)


def _is_draft(listing: Listing, which: str, user: Any) -> bool:
    """Whether the paper is about to be signed and the reader prepares or signs it."""
    return listing.state == DRAFTS.get(which) and any(
        reaches(user, right, listing) for right in (Right.SERVE_LISTING, Right.APPROVE_LISTING, Right.OPINE_LISTING)
    )
