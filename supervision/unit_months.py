"""What people read of the months of units: figures that open their records, what fired and the paper that came of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.expressions import Func
from django.db.models.functions import Cast, Concat
from django.urls import reverse

from common.months import first_of_month
from hazards.models import Hazard, HazardEvent
from hazards.transitions.guards import REOPEN_GROUNDS
from supervision.models import Letter, Measure, UnitFiring, UnitMonth
from supervision.transitions.unit_track import UNITS

_MONTH = Func(F("month"), Value("YYYY-MM"), function="to_char", output_field=CharField())


def with_papers(months: QuerySet[UnitMonth]) -> QuerySet[UnitMonth]:
    """Each month with the letter or the proposal of the hardest rule that fired, found by its key."""
    key = Concat(
        Value("unit:"), Cast("unit_id", CharField()), Value(":"), _MONTH, Value(":"), F("ladder_step"),
        output_field=CharField(),
    )  # fmt: skip
    letters, measures = (model.objects.filter(key=OuterRef("step_key")) for model in (Letter, Measure))
    return months.annotate(step_key=key).annotate(
        letter_pk=Subquery(letters.values("pk")[:1]),
        letter_number=Subquery(letters.values("number")[:1]),
        measure_pk=Subquery(measures.values("pk")[:1]),
    )


def records_url(month: UnitMonth, key: str, *, before: bool = False) -> str:
    """The hazards a figure of the month counts, as they stand now; the statistics say how they are counted."""
    first = first_of_month(month.month, -1) if before else month.month
    last = first_of_month(first, 1) - timedelta(days=1)
    asked = {"from": first.isoformat(), "to": last.isoformat(), "by": month.group, "group": month.unit_id}
    return f"{reverse('figure-records', args=[key])}?{urlencode(asked)}"


def found_false(month: UnitMonth, user: Any) -> QuerySet[Hazard]:
    """The hazards of the unit whose rectification was found false in the month, as far as the reader may see them."""
    found = HazardEvent.objects.filter(
        action="reopen",
        data__ground=REOPEN_GROUNDS["false"],
        hazard__unit_id=month.unit_id,
        at__gte=month.due_at - (first_of_month(month.month, 1) - month.month),
        at__lt=month.due_at,
    )
    return Hazard.objects.for_user(user).filter(pk__in=found.values("hazard_id")).order_by("pk")


def fired(month: UnitMonth, user: Any) -> list[tuple[UnitFiring, Any]]:
    """What fired, the hardest last, each with its letter or proposal where the reader may see one."""
    place = f"{UNITS.place(month)}:"
    papers: dict[str, Any] = {}
    for model in (Letter, Measure):
        papers |= {paper.key: paper for paper in model.objects.for_user(user).filter(key__startswith=place)}
    firings = sorted(month.firings.all(), key=lambda firing: (firing.fired_at, UNITS.codes.index(firing.code)))
    return [(firing, papers.get(f"{place}{firing.code}")) for firing in firings]
