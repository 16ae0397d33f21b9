"""宽松软虚 (C6): which departments inspect without finding or without ordering anything, from what they recorded.

Units are compared with what they themselves did, never persons; a flag asks a question and is no verdict.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from common import clock
from common.limits import limit
from hazards.models import Hazard
from inspections.models import Inspection, InspectionPaper, PaperState, VisitState
from units.roles import Right, Scope, scope_of

ORDERS = (InspectionPaper.Kind.ORDER, InspectionPaper.Kind.DECISION)
AFTER = 30  # natural days after a visit without findings in which another unit's finding there is held against it
ADMINISTRATIVE = Q(kind=Inspection.Kind.ADMINISTRATIVE)
FOUND, CLEAN = Q(bad_count__gt=0), Q(bad_count=0)
# key → (label, which visits it counts); every figure of the page opens exactly these
FIGURES: dict[str, tuple[str, Q]] = {
    "visits": ("检查次数", Q()),
    "found": ("查出问题", FOUND),
    "clean": ("未查出问题", CLEAN),
    "missed": ("随后被他人查出", CLEAN & Q(was_missed=True)),
    "administrative": ("行政检查", ADMINISTRATIVE),
    "due_order": ("行政检查查出问题", ADMINISTRATIVE & FOUND),
    "ordered": ("下达文书", ADMINISTRATIVE & FOUND & Q(was_ordered=True)),
    "unordered": ("未下达文书", ADMINISTRATIVE & FOUND & Q(was_ordered=False)),
}


def visits(user: Any, first: date, last: date) -> QuerySet[Inspection]:
    """The finished visits of the span the person may compare, 复查 left aside: of the area, or of the own unit only.

    With `was_ordered` (an order or decision was issued for it) and `was_missed` (another unit found a verified hazard at
    the same enterprise within `AFTER` days; what the enterprise reported itself is not held against anybody).
    """
    papers = InspectionPaper.objects.filter(
        inspection=OuterRef("pk"), kind__in=ORDERS, state__in=(PaperState.ISSUED, PaperState.SERVED)
    )
    later = ExpressionWrapper(F("finished_at") + timedelta(days=AFTER), output_field=DateTimeField())
    return (
        _within(user, Inspection.objects.filter(state=VisitState.DONE))
        .filter(finished_at__gte=clock.midnight(first), finished_at__lte=clock.end_of(last))
        .exclude(mode=Inspection.Mode.RECHECK)
        .annotate(day=TruncDate("finished_at"), until=TruncDate(later))
        .annotate(was_ordered=Exists(papers), was_missed=Exists(_found_later()))
    )


def _found_later() -> QuerySet[Hazard]:
    span = {"found_on__gt": OuterRef("day"), "found_on__lte": OuterRef("until")}
    others = Hazard.objects.counted().filter(unit=OuterRef("unit"), **span)
    return others.exclude(reported_unit=OuterRef("by_unit")).exclude(reported_unit=F("unit"))


def _within(user: Any, found: QuerySet[Inspection]) -> QuerySet[Inspection]:
    hat = getattr(user, "hat", None)
    scope = scope_of(hat.role, Right.READ_PLAN) if hat else None
    if hat is None or scope is None:
        return found.none()
    if scope == Scope.STREET:
        return found.filter(area_path__startswith=hat.unit.area_path)
    return found.filter(by_unit=hat.unit_id)


@dataclass(frozen=True)
class Row:
    """One inspecting unit: its figures by key and what they ask."""

    unit_id: int
    name: str
    counts: dict[str, int]
    flags: list[str] = field(default_factory=list)

    @property
    def cells(self) -> Iterator[tuple[str, int]]:
        """(key, number) in the order of the columns."""
        return ((key, self.counts[key]) for key in FIGURES)


def rows(user: Any, first: date, last: date) -> list[Row]:
    """Every inspecting unit with its figures, by name; one query."""
    counting = {key: Count("pk", filter=where) if where else Count("pk") for key, (_, where) in FIGURES.items()}
    found: Any = visits(user, first, last).order_by().values("by_unit_id", "by_unit__name").annotate(**counting)
    path = user.hat.unit.area_path
    return [
        Row(row["by_unit_id"], row["by_unit__name"], counts, flags(counts, path))
        for row in sorted(found, key=lambda row: row["by_unit__name"])
        for counts in [{key: row[key] for key in FIGURES}]
    ]


def flags(counts: dict[str, int], area_path: str) -> list[str]:
    """“零隐患”, “零处罚”, “只检查不处罚”: said only where enough was done to say it (policy rows)."""
    enough, some = limit("lenient.visits", area_path).value, limit("lenient.findings", area_path).value
    said = []
    if counts["visits"] >= enough and not counts["found"]:
        said.append("零隐患")
    if counts["administrative"] >= enough and not counts["ordered"]:
        said.append("零处罚")
    if counts["unordered"] >= some and counts["unordered"] * 2 >= counts["due_order"]:
        said.append("只检查不处罚")
    return said
