"""What an evaluation is drafted from, as plain data with the ids behind every figure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from common import clock
from common.wording import percent
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

LISTED = 100


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
    parts = Assignment.objects.filter(plan=plan).exclude(state=AssignmentState.CANCELLED)
    end = clock.end_of(until)
    late = Q(due_at__lt=end) & (Q(done_at__isnull=True) | Q(done_at__gt=end))
    done = Q(state=AssignmentState.DONE, done_at__lte=end)
    counts = {"all": Count("pk"), "done": Count("pk", filter=done), "late": Count("pk", filter=late)}
    total = parts.aggregate(**counts)
    return {
        **total,
        "tasks": plan.tasks.count(),
        "by_action": _by(parts, "task__action__name", counts),
        "by_unit": _by(parts, "unit__name", counts),
        "overdue": _overdue(parts.filter(late)),
    }


def _by(parts: QuerySet[Any], column: str, counts: dict[str, Any]) -> list[dict[str, Any]]:
    rows = parts.values(column).annotate(**counts).order_by(column)
    return [{"name": row[column] or "（未分行动）", **{key: row[key] for key in counts}} for row in rows]


def _overdue(rows: QuerySet[Any]) -> list[dict[str, Any]]:
    found = rows.select_related("task", "unit").order_by("due_at", "pk")[:LISTED]
    return [
        {"id": row.pk, "title": str(row), "unit": row.unit.name, "due": clock.local(row.due_at).date().isoformat()}
        for row in found
    ]


def _indicators(office: Unit, until: date) -> list[dict[str, Any]]:
    values = IndicatorValue.objects.filter(area_path=office.area_path, month__lte=month_of(until))
    newest = {value.indicator_id: value for value in values.order_by("indicator_id", "-month").distinct("indicator_id")}
    rows = Indicator.objects.filter(area_path__in=["", office.area_path])
    return [_indicator(row, newest.get(row.pk)) for row in rows]


def _indicator(row: Indicator, value: IndicatorValue | None) -> dict[str, Any]:
    ratio = value.ratio if value else None
    return {
        "id": row.pk,
        "name": row.name,
        "target": f"{row.get_direction_display()}{percent(row.target, 0)}",
        "value": str(percent(ratio)) if ratio is not None else "—",
        "fraction": f"{value.numerator}/{value.denominator}" if value else "—",
        "met": row.is_met_by(ratio),
    }


def _duties(office: Unit, until: date) -> list[dict[str, Any]]:
    """Per duty: how many of the periods that ended within a year before `until` were met."""
    year = until.replace(year=until.year - 1, day=min(until.day, 28))
    ended = DutyStanding.objects.filter(area_path__startswith=office.area_path, due_on__gt=year, due_on__lte=until)
    met = {row["code"]: row["n"] for row in _count(ended.filter(next_by__isnull=True))}
    missed = _count(ended.in_state(StandingState.MISSED, clock.today()))  # type: ignore[attr-defined]
    short = {row["code"]: row["n"] for row in missed}
    names = dict(ended.order_by("duty__effective_from").values_list("code", "duty__name"))
    return [
        {"code": code, "name": name, "met": met.get(code, 0), "missed": short.get(code, 0)}
        for code, name in sorted(names.items(), key=lambda pair: pair[1])
    ]


def _count(rows: Iterable[Any]) -> Any:
    return rows.values("code").annotate(n=Count("pk")).order_by("code")  # type: ignore[attr-defined]
