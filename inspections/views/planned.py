"""Planned visits one by one, the enterprises of a matter with whether they were visited, and the month's calendar."""

from __future__ import annotations

import calendar as months
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common import clock
from common.columns import Column, Figure, badge_column
from common.errors import Forbidden, NotInScope, Refused
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import one
from common.wording import percent
from inspections.filters_planning import CoveredFilter, PlannedVisitFilter
from inspections.forms.plans import VisitForm
from inspections.models.plans import InspectionPlan, PlannedVisit
from inspections.models.visits import OPEN_VISITS, Inspection, VisitState
from inspections.queries import plans as reads
from inspections.transitions import plans
from units.access import RightRequiredMixin, holds, require
from units.models import Unit
from units.roles import Right


class PlannedVisitLedger(RightRequiredMixin, LedgerView):
    """计划检查: what is planned and whether it was done."""

    rights = (Right.READ_PLAN,)
    model = PlannedVisit
    title = "计划检查"
    filterset_class = PlannedVisitFilter
    default_order = ("month", "unit__name", "pk")
    columns = (
        Column("unit", "企业", "unit.name", link=True, order=("unit__name",), width=30),
        badge_column("risk", "风险等级", "enterprise_risk", "unit.enterprise.risk", order=("unit__enterprise__risk",)),
        Column("month", "月份", lambda row: f"{row.plan.year}年{row.month}月", order=("plan__year", "month")),
        Column("matter", "检查事项", "matter.matter", css="cell-words", width=36),
        Column("inspector", "检查人员", lambda row: row.inspector.name if row.inspector else None),
        badge_column("is_done", "实施", "visited", order=("is_done",)),
        Column("plan", "计划", "plan.title", default=False, width=36),
    )

    def get_base_queryset(self) -> QuerySet[PlannedVisit]:
        """With whether it was done."""
        found = PlannedVisit.objects.for_user(self.request.user).with_done()
        return found.select_related("unit__enterprise", "matter", "inspector", "plan")

    def row_url(self, row: PlannedVisit) -> str:
        """Where month and person are changed."""
        return reverse("planned-visit", args=[row.pk])

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """Done and not, in the list as filtered."""
        total, done = queryset.count(), queryset.filter(is_done=True).count()
        return [
            Figure("已检查", done, self.narrowed(done="true")),
            Figure("未检查", total - done, self.narrowed(done="false")),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def planned_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """One planned visit; its month and person may be changed while the plan is drafted."""
    require(request.user, Right.READ_PLAN)
    visit = one(PlannedVisit, request.user, pk)
    mine = plans.may(request.user, Right.PLAN_INSPECTION, visit.plan)
    form = VisitForm(*posted(request), visit=visit)
    if request.method == "POST":
        if not mine:
            raise Forbidden
        if "remove" in request.POST or form.is_valid():
            try:
                _act(request, visit, form)
                return redirect(visit.plan)
            except Refused as error:
                form.refuse(error)
    done = reads.visits_of(visit.plan).filter(unit=visit.unit, finished_at__month=visit.month)
    context = {
        "visit": visit,
        "form": form,
        "may_edit": mine and visit.plan.state == InspectionPlan.State.DRAFT,
        "done": done,
        "may_begin": visit.plan.state == InspectionPlan.State.APPROVED and holds(request.user, Right.CARRY_OUT),
    }
    return render(request, "inspections/planned_visit.html", context, status=422 if form.errors else 200)


def _act(request: HttpRequest, visit: PlannedVisit, form: VisitForm) -> None:
    if "remove" in request.POST:
        plans.remove_visit(request.user, visit.pk)
        messages.success(request, "已取消该检查安排。")
    else:
        plans.change_visit(request.user, visit.pk, **form.cleaned_data)
        messages.success(request, "已调整检查安排。")


class CoveredLedger(RightRequiredMixin, LedgerView):
    """The enterprises of one matter: visited in the period or not."""

    rights = (Right.READ_PLAN,)
    model = Unit
    filterset_class = CoveredFilter
    default_order = ("is_visited", "name")
    columns = (
        Column("name", "企业", link=True, order=("name",), width=32),
        Column("area", "区域", "area.name", order=("area_path",)),
        badge_column("risk", "风险等级", "enterprise_risk", "enterprise.risk", order=("enterprise__risk",)),
        badge_column("is_visited", "检查", "visited", order=("is_visited",)),
        Column("address", "地址", default=False),
    )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """What the matter speaks of."""
        plan = one(InspectionPlan, self.request.user, self.kwargs["pk"])
        matter = plan.matters.filter(pk=self.kwargs["row"]).first()
        if matter is None:
            raise NotInScope
        self.title = f"{matter.matter}：覆盖情况"
        self.matter = matter
        return reads.covered(plan, matter).select_related("area", "enterprise")

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """What the target wants against what was visited, of the list as filtered."""
        total, visited = queryset.count(), queryset.filter(is_visited=True).count()
        share = percent(visited / total if total else None)
        return [
            Figure("对象", total, self.narrowed(), note=f"抽查比例目标{self.matter.target}%"),
            Figure("已检查", visited, self.narrowed(is_visited="true"), note=f"覆盖率{share}"),
            Figure("未检查", total - visited, self.narrowed(is_visited="false")),
        ]


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """A month: visits of every day, planned and done, and the planned visits that have no day yet."""
    require(request.user, Right.READ_PLAN)
    first = _month(request.GET.get("month"))
    last = date(first.year, first.month, months.monthrange(first.year, first.month)[1])
    by_day = _days(request.user, first, last)
    undated = PlannedVisit.objects.for_user(request.user).in_force().with_done()
    undated = undated.filter(plan__year=first.year, month=first.month)
    weeks = months.Calendar().monthdatescalendar(first.year, first.month)
    context = {
        "first": first,
        "weeks": [[(day, day.month == first.month, by_day.get(day, {})) for day in week] for week in weeks],
        "before": _shift(first, -1),
        "after": _shift(first, 1),
        "planned": undated.count(),
        "unvisited": undated.filter(is_done=False).count(),
        "visits_url": f"{reverse('planned-visit-list')}?year={first.year}&month={first.month}&in_force=true",
        "today": clock.today(),
    }
    return render(request, "inspections/calendar.html", context)


def _days(user: Any, first: date, last: date) -> dict[date, dict[str, int]]:
    """Day → how many visits wait (`open`) and how many were finished (`done`), within the reader's scope."""
    seen = Inspection.objects.for_user(user)
    found: dict[date, dict[str, int]] = {}
    waiting = seen.filter(state__in=OPEN_VISITS, planned_on__range=(first, last))
    finished = seen.filter(state=VisitState.DONE, finished_at__range=(clock.midnight(first), clock.end_of(last)))
    days = [("open", day) for day in waiting.values_list("planned_on", flat=True)]
    days += [("done", clock.local(at).date()) for at in finished.values_list("finished_at", flat=True) if at]
    for kind, day in days:
        if day is not None:
            counted = found.setdefault(day, {})
            counted[kind] = counted.get(kind, 0) + 1
    return found


def _month(text: str | None) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return clock.today().replace(day=1)


def _shift(first: date, by: int) -> str:
    year, month = divmod(first.year * 12 + first.month - 1 + by, 12)
    return f"{year:04d}-{month + 1:02d}"
