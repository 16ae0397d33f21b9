"""Monthly figures of units for the rules of supervision, which knows no statistics."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from hazards.models import Hazard, HazardEvent
from hazards.transitions.guards import REOPEN_GROUNDS
from reports.statistics import Period, by_group
from supervision.transitions import unit_months
from supervision.unit_rules import MonthFigures
from units.models import Unit

KEYS = ("fell_due", "on_time")
GROUPS = ("unit", "department")


def open_months(office: Unit, period: Period) -> int:
    """Open the month of every enterprise and department of the office, or reckon it anew; returns how many; safe to repeat."""
    return unit_months.open_month(office, period.first, figures(office, period))


def figures_of_month(office: Unit, month: date) -> list[MonthFigures]:
    """What the rules look at for the month that begins on `month`; the simulation asks for months long past."""
    return figures(office, Period.month(month.year, month.month))


def figures(office: Unit, period: Period) -> list[MonthFigures]:
    """The month of every enterprise and department below the office."""
    population = Hazard.objects.filter(area_path__startswith=office.area_path).counted()
    return [each for group in GROUPS for each in _figures(group, population, period, office)]


def _figures(group: str, population: Any, period: Period, office: Unit) -> list[MonthFigures]:
    before = {row["group"]: row for row in by_group(group, population, period.before(), KEYS, office.area_path)}
    false = _false(population, period) if group == "unit" else {}
    rows = {row["group"]: row for row in by_group(group, population, period, KEYS, office.area_path)}
    none = dict.fromkeys(KEYS, 0)
    return [
        MonthFigures(
            pk, group, *(rows.get(pk, none)[key] for key in KEYS), *(before.get(pk, none)[key] for key in KEYS),
            false.get(pk, 0),
        )
        for pk in sorted(pk for pk in {*rows, *false} if pk is not None)
    ]  # fmt: skip


def _false(population: Any, period: Period) -> Counter[int]:
    """Rectifications of the period's month found to be false, by responsible unit."""
    found = HazardEvent.objects.filter(
        action="reopen",
        at__gte=period.start,
        at__lt=period.end,
        data__ground=REOPEN_GROUNDS["false"],
        hazard__in=population,
    )
    return Counter(found.values_list("hazard__unit_id", flat=True))
