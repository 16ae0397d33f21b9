"""Reads over plans: whom a matter covers, how far it has come, who has how much to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from inspections.models.plans import InspectionPlan, PlanMatter, PlannedVisit
from inspections.models.visits import Inspection, VisitState
from inspections.spreading import ceil
from units.models import Enterprise, Unit


def base(plan: InspectionPlan, matter: PlanMatter) -> QuerySet[Unit]:
    """The enterprises in operation the matter speaks of: the owner's area, a department's own and its sectors'; where the
    matter names enterprises, exactly these.
    """
    found = Unit.objects.filter(
        kind=Unit.Kind.ENTERPRISE,
        is_active=True,
        area_path__startswith=plan.area_path,
        enterprise__state=Enterprise.State.OPERATING,
    ).exclude(standing=Unit.Standing.MERGED)
    if plan.owner.kind == Unit.Kind.DEPARTMENT:
        own = list(plan.owner.sectors.values_list("pk", flat=True))
        supervised = Q(enterprise__department=plan.owner)
        found = found.filter(supervised | Q(enterprise__sector__in=own) | Q(enterprise__sector__parent__in=own))
    named = [unit.pk for unit in matter.named.all()] if matter.pk else []
    if named:
        return found.filter(pk__in=named).select_related("enterprise")
    if matter.sector_id:
        found = found.filter(Q(enterprise__sector=matter.sector_id) | Q(enterprise__sector__parent=matter.sector_id))
    if matter.flag:
        found = found.filter(**{f"enterprise__{matter.flag}": True})
    return found.select_related("enterprise")


def visits_of(plan: InspectionPlan) -> QuerySet[Inspection]:
    """The finished visits of the plan's period; 复查 is no visit of its own."""
    done = Inspection.objects.filter(state=VisitState.DONE, finished_at__year=plan.year)
    done = done.exclude(mode=Inspection.Mode.RECHECK)
    return done.filter(finished_at__month=plan.month) if plan.month else done


def covered(plan: InspectionPlan, matter: PlanMatter) -> QuerySet[Unit]:
    """The matter's enterprises with `is_visited`: at least one finished visit in the period."""
    return base(plan, matter).annotate(is_visited=Exists(visits_of(plan).filter(unit=OuterRef("pk"))))


@dataclass(frozen=True)
class Coverage:
    """How a matter stands: enterprises, how many of them the target wants, how many were visited, visits planned."""

    matter: PlanMatter
    total: int
    wanted: int
    visited: int
    planned: int

    @property
    def ratio(self) -> float | None:
        """Visited share; None for 0/0."""
        return self.visited / self.total if self.total else None

    @property
    def missing(self) -> int:
        """Enterprises still to be visited for the target."""
        return max(0, self.wanted - self.visited)


def coverage(plan: InspectionPlan) -> list[Coverage]:
    """Every matter against its target; one query a matter besides two."""
    planned = dict(plan.visits.order_by().values_list("matter_id").annotate(n=Count("pk")))
    rows = []
    for matter in plan.matters.select_related("sector", "body").prefetch_related("named"):
        counted = covered(plan, matter).aggregate(total=Count("pk"), visited=Count("pk", filter=Q(is_visited=True)))
        wanted = ceil(counted["total"] * matter.target / 100)
        rows.append(Coverage(matter, counted["total"], wanted, counted["visited"], planned.get(matter.pk, 0)))
    return rows


def workload(plan: InspectionPlan) -> list[dict[str, Any]]:
    """Per inspector the planned visits of every month, those with nobody last; each cell has its own list."""
    counted: dict[int | None, dict[int, int]] = {}
    names: dict[int | None, str] = {None: "未派人员"}
    found = plan.visits.order_by().values_list("inspector_id", "inspector__name", "month").annotate(n=Count("pk"))
    for pk, name, month, number in found:
        counted.setdefault(pk, {})[month] = number
        names.setdefault(pk, name)
    months = [plan.month] if plan.month else list(range(1, 13))
    return [
        {
            "pk": pk,
            "name": names[pk],
            "cells": [(month, counted[pk].get(month, 0)) for month in months],
            "total": sum(counted[pk].values()),
        }
        for pk in sorted(counted, key=lambda pk: (pk is None, names[pk]))
    ]


def last_visits(unit_ids: Iterable[int]) -> dict[int, Any]:
    """When each enterprise was last visited."""
    done = Inspection.objects.filter(unit_id__in=unit_ids, state=VisitState.DONE)
    return dict(done.order_by().values_list("unit_id").annotate(last=Max("finished_at")))


def planned_elsewhere(plan: InspectionPlan, unit_ids: Iterable[int]) -> dict[int, int]:
    """行政检查 other approved plans of the year already hold, by enterprise: several bodies share one cap."""
    others = PlannedVisit.objects.filter(
        unit_id__in=unit_ids,
        plan__year=plan.year,
        plan__month__isnull=True,
        plan__kind=Inspection.Kind.ADMINISTRATIVE,
        plan__state=InspectionPlan.State.APPROVED,
    ).exclude(plan=plan)
    return dict(others.order_by().values_list("unit_id").annotate(n=Count("pk")))
