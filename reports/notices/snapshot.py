"""What a notice was computed from: every figure, table and list with the ids behind it, as plain JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from django.db.models import QuerySet

from common import clock, wording
from hazards.models import Hazard
from hazards.models.hazard import Level
from reports.statistics import FIGURES, GROUPINGS, Period, by_group, compute, records, table
from reports.statistics.figures import overdue_at, touched
from supervision.models import AssignmentFiring, LadderFiring, Listing, ListingEvent
from units.models import Area, Unit

if TYPE_CHECKING:
    from datetime import datetime

YEAR_KEYS = ("new", "closed", "stock", "overdue", "closing_rate", "on_time_rate")
TABLES = ("village", "department", "sector", "channel")
NO_GROUP = "none"


def take(office: Unit, period: Period) -> dict[str, Any]:
    """The snapshot of `office`'s area over `period`, as known now."""
    population = Hazard.objects.filter(area_path__startswith=office.area_path)
    return {
        "at": clock.now().isoformat(),
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "figures": figures(population, period),
        "year": figures(population, period.year_to_date(), YEAR_KEYS),
        "last_year": figures(population, period.year_earlier(), YEAR_KEYS),
        "members": members(population, period, office),
        "villages": table("village", population, period, office.area_path),
        "departments": table("department", population, period, office.area_path),
        "sectors": table("sector", population, period, office.area_path),
        "channels": table("channel", population, period, office.area_path),
        "overdue": overdue_rows(population, period, office),
        "listed": listed_rows(office, period),
        "named": named_rows(office, period),
        "named_tasks": named_tasks(office, period),
        "zero": zero_villages(population, period, office),
    }


def display(key: str, value: Any) -> str:
    """A figure as it is printed: a count, a percentage, days with one decimal, or —."""
    if value is None:
        return wording.DASH
    return wording.percent(value) if FIGURES[key].kind == "rate" else str(value)


def shown(values: dict[str, Any]) -> dict[str, Any]:
    """Figures with value and display text."""
    return {key: {"value": value, "display": display(key, value)} for key, value in values.items()}


def figures(population: QuerySet[Hazard], period: Period, keys: Iterable[str] = FIGURES) -> dict[str, Any]:
    """Each figure with the ids it counts (and, for a rate, the ids of its base)."""
    values = shown(compute(population, period, keys))
    for key, entry in values.items():
        entry["label"] = FIGURES[key].label
        entry["ids"] = list(records(key, population, period).order_by("pk").values_list("pk", flat=True))
        if FIGURES[key].base:
            entry["base_ids"] = list(
                records(key, population, period, base=True).order_by("pk").values_list("pk", flat=True)
            )
    return values


def members(population: QuerySet[Hazard], period: Period, office: Unit) -> dict[str, dict[str, list[int]]]:
    """For each table its groups with the ids in them, so that every cell of it opens."""
    concerned = population.filter(touched(period))
    made: dict[str, dict[str, list[int]]] = {}
    for grouping in TABLES:
        groups: dict[str, list[int]] = made.setdefault(grouping, {})
        for pk, group in GROUPINGS[grouping][1](concerned, office.area_path).order_by("pk").values_list("pk", "group"):
            groups.setdefault(group_key(group), []).append(pk)
    return made


def group_key(group: Any) -> str:
    """A group of a table as the key of its ids."""
    return NO_GROUP if group is None else str(group)


def ids_of(snapshot: dict[str, Any], key: str, *, part: str = "figures", base: bool = False) -> list[int]:
    """The records the figure counted when the snapshot was taken; raises KeyError for what it does not hold."""
    entry = snapshot[part][key]
    return list(entry["base_ids"] if base else entry["ids"])


def ids_in_group(snapshot: dict[str, Any], key: str, grouping: str, group: str, *, base: bool = False) -> list[int]:
    """The records behind one cell of a table; raises KeyError for what the snapshot does not hold."""
    inside = set(snapshot["members"][grouping][group])
    return [pk for pk in ids_of(snapshot, key, base=base) if pk in inside]


def differences(office: Unit, period: Period, snapshot: dict[str, Any]) -> list[dict[str, str]]:
    """The figures that would come out differently now: label, as in the snapshot, as of now."""
    population = Hazard.objects.filter(area_path__startswith=office.area_path)
    now = shown(compute(population, period))
    then = snapshot["figures"]
    return [
        {"key": key, "label": FIGURES[key].label, "then": then[key]["display"], "now": now[key]["display"]}
        for key in now
        if key in then and then[key]["display"] != now[key]["display"]
    ]


def overdue_rows(population: QuerySet[Hazard], period: Period, office: Unit) -> list[dict[str, Any]]:
    """附件1: hazards overdue when the period ended, longest first."""
    late = population.filter(overdue_at(period.end)).select_related("unit", "department").order_by("due_at", "pk")
    villages = dict(Area.objects.below(office.area_path).values_list("path", "name"))
    return [_overdue_row(hazard, period, villages, office) for hazard in late]


def _overdue_row(hazard: Hazard, period: Period, villages: dict[str, str], office: Unit) -> dict[str, Any]:
    due = clock.local(cast("datetime", hazard.due_at)).date()  # nothing is overdue without a deadline
    return {
        "id": hazard.pk,
        "number": hazard.number,
        "unit": hazard.unit.name,
        "village": villages.get(hazard.area_path[: len(office.area_path) + 5], ""),
        "department": hazard.department.name if hazard.department else "",
        "description": hazard.description,
        "level": Level(hazard.level).label,
        "due": due.isoformat(),
        "days": (clock.local(period.end).date() - due).days,
    }


def listed_rows(office: Unit, period: Period) -> list[dict[str, Any]]:
    """附件2: listings in force at the end of the period, and those delisted within it, with their last progress."""
    served = Listing.objects.filter(area_path__startswith=office.area_path, approved_at__lt=period.end)
    current = served.filter(delisted_at__isnull=True) | served.filter(delisted_at__gte=period.start)
    current = current.select_related("hazard__unit", "department").order_by("approved_at", "pk")
    latest = dict(
        ListingEvent.objects.filter(listing__in=current, action="report_progress", at__lt=period.end)
        .order_by("listing_id", "at")
        .values_list("listing_id", "note")
    )
    return [
        {
            "id": row.hazard_id,
            "listing": row.pk,
            "number": row.number or "",
            "unit": row.hazard.unit.name,
            "description": row.hazard.description,
            "kind": row.get_kind_display(),
            "tier": row.get_tier_display(),
            "department": row.department.name if row.department else "",
            "finish_by": clock.local(row.finish_by).date().isoformat() if row.finish_by else "",
            "state": row.state_label,
            "ended": row.delisted_at is not None,
            "missed": row.missed_reports,
            "progress": latest.get(row.pk, ""),
        }
        for row in current
    ]


def named_rows(office: Unit, period: Period) -> list[dict[str, Any]]:
    """Hazards the ladder put into this notice by name (step 列入通报)."""
    fired = LadderFiring.objects.filter(
        document="notice",
        fired_at__gte=period.start,
        fired_at__lt=period.end,
        hazard__area_path__startswith=office.area_path,
    )
    rows = fired.select_related("hazard__unit").order_by("hazard__due_at", "pk")
    return [
        {
            "id": row.hazard_id,
            "number": row.hazard.number,
            "unit": row.hazard.unit.name,
            "description": row.hazard.description,
            "due": clock.local(row.due_at).date().isoformat(),
            "reason": row.reason,
            "rectified": row.hazard.submitted_at is not None and row.hazard.submitted_at < period.end,
        }
        for row in rows
    ]


def named_tasks(office: Unit, period: Period) -> list[dict[str, Any]]:
    """Parts of tasks the ladder put into this notice by name (step 列入通报)."""
    fired = AssignmentFiring.objects.filter(
        document="notice",
        fired_at__gte=period.start,
        fired_at__lt=period.end,
        assignment__area_path__startswith=office.area_path,
    )
    rows = fired.select_related("assignment__unit", "assignment__task").order_by("due_at", "pk")
    return [
        {
            "id": row.assignment_id,
            "unit": row.assignment.unit.name,
            "title": str(row.assignment),
            "due": clock.local(row.due_at).date().isoformat(),
            "reason": row.reason,
        }
        for row in rows.exclude(assignment__state="cancelled")
    ]


def zero_villages(population: QuerySet[Hazard], period: Period, office: Unit) -> list[str]:
    """Villages below the office in which nothing was found in the period."""
    found = {row["group"] for row in by_group("village", population, period, ("new",), office.area_path)}
    villages = Area.objects.below(office.area_path).filter(level=Area.Level.VILLAGE).order_by("path")
    return [area.name for area in villages if area.path not in found]
