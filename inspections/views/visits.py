"""检查: the index, the ledger, beginning a visit, its page and its actions."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common import clock
from common.columns import Column, Figure, badge_column, date_column
from common.errors import RuleError
from common.ledgers import LedgerView
from common.record_pages import RecordActionPage, buttons, one, timeline
from common.typed import id_of
from inspections.filters.visits import InspectionFilter
from inspections.forms.visits import FORMS, BeginForm
from inspections.models import Inspection, VisitState
from inspections.models.campaigns import Campaign
from inspections.queries import visits as reads
from inspections.transitions import papers, visits
from inspections.transitions.access import on_team
from inspections.transitions.finishing import results_of
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import Right


class InspectionLedger(RightRequiredMixin, LedgerView):
    """检查台账."""

    rights = (Right.READ_INSPECTION,)
    model = Inspection
    title = "检查台账"
    filterset_class = InspectionFilter
    default_order = ("-created_at", "-pk")
    template_name = "inspections/visit_list.html"
    columns = (
        Column("unit", "被检查单位", "unit.name", order=("unit__name",), link=True, width=30),
        Column("kind", "性质", lambda row: row.get_kind_display()),
        Column("mode", "方式", lambda row: row.get_mode_display(), order=("mode",)),
        badge_column("state", "状态", "visit_state", order=("state",)),
        Column("by_unit", "检查单位", "by_unit.name", width=28),
        date_column("planned_on", "计划日期", "planned_on", order=("planned_on",)),
        date_column("finished", "完成日期", "finished_at", order=("finished_at",)),
        Column("items", "检查项", "item_count", numeric=True, kind="number", default=False),
        Column("bad", "不合格", "bad_count", numeric=True, kind="number", order=("bad_count",)),
        Column("checklist", "检查表", "checklist.checklist.title", default=False, width=24),
        Column("campaign", "专项整治", "campaign.title", default=False, width=30),
        Column("created_by", "登记人", "created_by.name", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Inspection]:
        """What the rows show, selected at once."""
        return (
            super()
            .get_base_queryset()
            .select_related("unit", "by_unit", "checklist__checklist", "campaign", "created_by")
        )

    def get_figures(self, queryset: QuerySet[Inspection]) -> Sequence[Figure]:
        """What is due today and what is under way, each opening its list."""
        base, url, today = self.get_base_queryset(), reverse("inspection-list"), clock.today()
        due = base.filter(state=VisitState.PLANNED, planned_on__lte=today).count()
        running = base.filter(state=VisitState.RUNNING).count()
        return (
            Figure("到期待检查", due, f"{url}?state=planned&planned_max={today}", "次", "orange" if due else "plain"),
            Figure("检查中", running, f"{url}?state=running", "次"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Whether the person carries out visits."""
        return {**super().get_context_data(**kwargs), "may_begin": holds(self.request.user, Right.CARRY_OUT)}


class VisitAction(RecordActionPage):
    """One action on a visit."""

    model, lifecycle, forms = Inspection, visits.LIFECYCLE, FORMS

    def go(self, record: Any) -> HttpResponse:
        """A started visit opens its checklist."""
        return redirect("inspection-fill", record.pk) if self.action == "start" else super().go(record)


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new visit, now or on a later day; ?unit= (from the QR code or 一企一档) fills in the place."""
    require(request.user, Right.CARRY_OUT)
    if request.method != "POST":
        initial = {"uid": uuid.uuid4(), **_asked(request)}
        return render(request, "inspections/begin.html", {"form": BeginForm(actor=request.user, initial=initial)})
    form = BeginForm(request.POST, actor=request.user)
    if form.is_valid():
        try:
            visit = _begin(request, form)
        except RuleError as error:
            form.refuse(error)
        else:
            return redirect("inspection-fill" if visit.state == VisitState.RUNNING else "inspection-detail", visit.pk)
    return render(request, "inspections/begin.html", {"form": form}, status=422)


def _begin(request: HttpRequest, form: BeginForm) -> Inspection:
    values = form.values()
    if values["planned_on"] is not None:
        visit = visits.schedule(request.user, **values)
        messages.success(request, "检查已安排，企业看不到计划。")
        return visit
    del values["planned_on"]
    return visits.begin(request.user, **values)


def _asked(request: HttpRequest) -> dict[str, Any]:
    unit = Unit.objects.for_user(request.user).active().filter(pk=id_of(request.GET.get("unit"))).first()
    campaign = Campaign.objects.for_user(request.user).filter(pk=id_of(request.GET.get("campaign"))).first()
    return {"unit": unit or None, "campaign": campaign}


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The visit: team, results with photos, signatures, papers, what happened."""
    require(request.user, Right.READ_INSPECTION)
    visit = one(Inspection, request.user, pk)
    running = visit.state == VisitState.RUNNING and on_team(request.user, visit)
    rows, recheck = results_of(visit), visit.mode == Inspection.Mode.RECHECK
    context = {
        "visit": visit,
        "rows": rows,
        "bad": [row for row in rows if row.outcome == "bad"],
        "members": visit.members.select_related("user"),
        "signatures": visit.signatures.select_related("picture__blob"),
        "papers": visit.papers.for_user(request.user),
        "may_fill": running,
        "paper_kinds": papers.choices_for(visit, request.user),
        "buttons": buttons(visits.LIFECYCLE, visit, request.user, "inspection-action"),
        "events": timeline(visits.LIFECYCLE, visit.events.all(), {}),
        "is_recheck": recheck,
        "loop": reads.loop_of(visit, request.user) if visit.state == VisitState.DONE and not recheck else None,
    }
    return render(request, "inspections/visit.html", context)
