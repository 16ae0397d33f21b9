"""What an evaluation is drafted from, as plain data with the ids behind every figure."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from common import clock
from tasks.indicators.words import shown, target_of
from tasks.measuring import find, within
from tasks.models import (
    Assignment,
    AssignmentState,
    DutyStanding,
    Indicator,
    IndicatorValue,
    Plan,
    StandingState,
)
from tasks.models.indicators import month_of
from units.models import Unit


def take(plan: Plan, office: Unit, until: date) -> dict[str, Any]:
    """Tasks of the plan, indicators and duties of the street as they stand at the end of `until`."""
    return {
        "at": clock.now().isoformat(),
        "plan": {"id": plan.pk, "title": plan.title, "number": plan.number},
        "until": until.isoformat(),
        "tasks": _tasks(plan, until),
        "indicators": _indicators(office, until),
        "duties": _duties(office, until),
    }


def _tasks(plan: Plan, until: date) -> dict[str, Any]:
    """Counts over the parts of the plan's tasks; every count is a count of `parts`, which keeps them."""
    end = clock.end_of(until)
    late = Q(due_at__lt=end) & (Q(done_at__isnull=True) | Q(done_at__gt=end))
    done = Q(state=AssignmentState.DONE, done_at__lte=end)
    live = Assignment.objects.filter(plan=plan, opened_at__lte=end).exclude(state=AssignmentState.CANCELLED)
    rows = live.annotate(done=_is(done), late=_is(late)).order_by("task__action__order", "task__order", "unit__name")
    columns = ("pk", "task__action_id", "task__action__name", "unit_id", "unit__name", "done", "late")
    found = [dict(zip(_PART, row, strict=True)) for row in rows.values_list(*columns)]
    return {
        **_counted(found),
        "tasks": plan.tasks.count(),
        "by_action": _by(found, "action"),
        "by_unit": sorted(_by(found, "unit"), key=lambda row: row["name"]),
        "overdue": _overdue(live.filter(late)),
        "parts": [{key: row[key] for key in KEPT} for row in found],
    }


_PART = ("id", "action", "action_name", "unit", "unit_name", "done", "late")
KEPT = ("id", "action", "unit", "done", "late")


def _is(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def _counted(parts: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "all": len(parts),
        "done": sum(bool(part["done"]) for part in parts),
        "late": sum(bool(part["late"]) for part in parts),
    }


def _by(parts: list[dict[str, Any]], group: str) -> list[dict[str, Any]]:
    """The counts of every group, in the order its first part comes; 0 is the group of what has none."""
    groups: dict[int, list[dict[str, Any]]] = {}
    for part in parts:
        groups.setdefault(part[group] or 0, []).append(part)
    return [
        {"id": key, "name": inside[0][f"{group}_name"] or "（未分行动）", **_counted(inside)}
        for key, inside in groups.items()
    ]


def _overdue(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    found = rows.select_related("task", "unit").order_by("due_at", "pk")
    return [
        {"id": row.pk, "title": str(row), "unit": row.unit.name, "due": clock.local(row.due_at).date().isoformat()}
        for row in found
    ]


def _indicators(office: Unit, until: date) -> list[dict[str, Any]]:
    values = IndicatorValue.objects.filter(area_path=office.area_path, month__lte=month_of(until))
    newest = {value.indicator_id: value for value in values.order_by("indicator_id", "-month").distinct("indicator_id")}
    rows = Indicator.objects.filter(area_path__in=["", office.area_path])
    return [_indicator(row, newest.get(row.pk), until) for row in rows]


def _indicator(row: Indicator, value: IndicatorValue | None, until: date) -> dict[str, Any]:
    ratio = value.ratio if value else None
    return {
        "id": row.pk,
        "name": row.name,
        "target": target_of(row),
        "value": shown(row, ratio),
        "fraction": f"{value.numerator}/{value.denominator}" if value else "—",
        "met": row.is_met_by(ratio),
        "behind": _behind(row, value, until) if value else None,
    }


def _behind(row: Indicator, value: IndicatorValue, until: date) -> dict[str, Any]:
    """Where a value comes from, and who was missing from its numerator when the evaluation was drafted."""
    measure = find(row.measure) if row.measure else None
    scope = within(value.area_path, value.month, until)
    return {
        "value": value.pk,
        "month": value.month.isoformat(),
        "source": value.get_source_display(),
        "note": value.note,
        "missing": [each._asdict() for each in measure.missing(scope)] if measure else None,
    }


def _duties(office: Unit, until: date) -> list[dict[str, Any]]:
    """Per duty the standings of the periods that ended within a year before `until`: which were met, which were not."""
    year = until.replace(year=until.year - 1, day=min(until.day, 28))
    ended = DutyStanding.objects.filter(area_path__startswith=office.area_path, due_on__gt=year, due_on__lte=until)
    missed = _ids(ended.in_state(StandingState.MISSED, clock.today()))  # type: ignore[attr-defined]
    met = _ids(ended.filter(next_by__isnull=True))
    names = dict(ended.order_by("duty__effective_from").values_list("code", "duty__name"))
    return [
        {
            "code": code,
            "name": name,
            "met": len(met.get(code, ())),
            "missed": len(missed.get(code, ())),
            "ids": {"met": met.get(code, []), "missed": missed.get(code, [])},
        }
        for code, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _ids(rows: QuerySet[Any]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for code, pk in rows.order_by("pk").values_list("code", "pk"):
        found.setdefault(code, []).append(pk)
    return found
