"""Figures over a population: in one query for all figures, in one more per grouping."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, QuerySet
from django.db.models.functions import Substr

from hazards.models import Hazard
from hazards.models.hazard import Category, Channel, Level
from reports.statistics.figures import FIGURES, touched
from reports.statistics.periods import Period
from units.models import Area, Sector, Unit
from units.models.areas import PATH_STEP

_LIFETIME = ExpressionWrapper(F("closed_at") - F("confirmed_at"), output_field=DurationField())
VILLAGE_STEP = PATH_STEP + 1
# The columns of a table of groups, on the statistics page and in a notice.
TABLE_KEYS = ("new", "closed", "stock", "overdue", "fell_due", "on_time", "closing_rate", "on_time_rate")


def records(key: str, population: QuerySet[Hazard], period: Period, *, base: bool = False) -> QuerySet[Hazard]:
    """The records figure `key` counts (its denominator when `base`): what opens behind the number."""
    figure = FIGURES[key]
    condition = figure.base if base and figure.base else figure.rows
    return population.filter(confirmed_at__isnull=False).filter(condition(period))


def _aggregates(keys: Iterable[str], period: Period) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    for key in keys:
        figure = FIGURES[key]
        rows = figure.rows(period)
        parts[key] = Avg(_LIFETIME, filter=rows) if figure.kind == "days" else Count("pk", filter=rows)
        if figure.base:
            parts[f"{key}__base"] = Count("pk", filter=figure.base(period))
    return parts


def value_of(key: str, row: dict[str, Any]) -> int | float | None:
    """The figure's value from an aggregate row: a count, a ratio (None for 0/0) or days (None when nothing closed)."""
    figure, value = FIGURES[key], row[key]
    if figure.kind == "rate":
        return value / row[f"{key}__base"] if row[f"{key}__base"] else None
    if figure.kind == "days":
        return round(value.total_seconds() / 86400, 1) if value is not None else None
    return int(value)


def compute(population: QuerySet[Hazard], period: Period, keys: Iterable[str] = FIGURES) -> dict[str, Any]:
    """All the figures of `population` over `period`, in one query."""
    keys = list(keys)
    row = population.filter(touched(period)).order_by().aggregate(**_aggregates(keys, period))
    return {key: value_of(key, row) for key in keys}


def _village(population: QuerySet[Hazard], area_path: str) -> QuerySet[Hazard]:
    return population.annotate(group=Substr("area_path", 1, len(area_path) + VILLAGE_STEP))


def _column(name: str) -> Any:
    return lambda population, area_path: population.annotate(group=F(name))


def _village_names(groups: list[Any]) -> dict[Any, str]:
    return dict(Area.objects.filter(path__in=groups).values_list("path", "name"))


def _unit_names(groups: list[Any]) -> dict[Any, str]:
    return dict(Unit.objects.filter(pk__in=groups).values_list("pk", "name"))


def _sector_names(groups: list[Any]) -> dict[Any, str]:
    return dict(Sector.objects.filter(pk__in=groups).values_list("pk", "name"))


# group key → (label, how rows are grouped, how a group is named)
GROUPINGS: dict[str, tuple[str, Any, Any]] = {
    "village": ("村（社区）", _village, _village_names),
    "department": ("监管部门", _column("department_id"), _unit_names),
    "sector": ("行业领域", _column("sector_id"), _sector_names),
    "unit": ("责任单位", _column("unit_id"), _unit_names),
    "level": ("等级", _column("level"), lambda groups: dict(Level.choices)),
    "channel": ("来源", _column("channel"), lambda groups: dict(Channel.choices)),
    "category": ("类别", _column("category"), lambda groups: dict(Category.choices)),
}


def in_group(grouping: str, group: Any, population: QuerySet[Hazard], area_path: str = "") -> QuerySet[Hazard]:
    """The records of one row of `by_group`; None is the row of those without the mark."""
    grouped: QuerySet[Hazard] = GROUPINGS[grouping][1](population, area_path)
    return grouped.filter(**({"group__isnull": True} if group is None else {"group": group}))


def by_group(
    grouping: str, population: QuerySet[Hazard], period: Period, keys: Iterable[str], area_path: str = ""
) -> list[dict[str, Any]]:
    """One row per group with `group`, `name` and the figures; two queries whatever the number of rows."""
    keys = list(keys)
    _, group_rows, group_names = GROUPINGS[grouping]
    touched_rows = group_rows(population.filter(touched(period)).order_by(), area_path)
    rows = list(touched_rows.values("group").annotate(**_aggregates(keys, period)))
    names = group_names([row["group"] for row in rows])
    named = [
        {"group": row["group"], "name": names.get(row["group"], "未填写")} | {key: value_of(key, row) for key in keys}
        for row in rows
    ]
    return [row for row in named if any(row[key] for key in keys)]


def rank(rows: list[dict[str, Any]], key: str, tie: str = "new") -> list[dict[str, Any]]:
    """Rows with a value, best first; ties rank by more verified findings, so that finding is never punished."""
    higher = FIGURES[key].higher_is_better is not False
    with_value = [row for row in rows if row.get(key) is not None]
    ordered = sorted(with_value, key=lambda row: (-row[key] if higher else row[key], -(row.get(tie) or 0), row["name"]))
    return [row | {"rank": position} for position, row in enumerate(ordered, 1)]


def table(grouping: str, population: QuerySet[Hazard], period: Period, area_path: str = "") -> list[dict[str, Any]]:
    """All groups with `rank`, best on-time rate first; those where nothing fell due follow with neither rank nor rate."""
    return in_order(by_group(grouping, population, period, TABLE_KEYS, area_path))


def in_order(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows by on-time rate with their `rank`, then those without one, who found most first."""
    ranked = rank(rows, "on_time_rate")
    placed = {row["group"] for row in ranked}
    rest = sorted((row for row in rows if row["group"] not in placed), key=lambda row: (-row["new"], row["name"]))
    return [*ranked, *(row | {"rank": None} for row in rest)]
