"""The charts of the dashboard: figures with their lists, drawn by charts.js and readable as tables."""

from __future__ import annotations

from typing import Any

from common.charts import Chart, Series
from hazards.models.hazard import Level
from reports.scoping import records_url
from reports.statistics import FIGURES, GROUPINGS, Period

TREND = ("new", "closed", "stock")
LEVEL_TONES = {Level.MAJOR: "red", Level.KEY: "orange", Level.GENERAL: "blue"}
SHOWN_GROUPS = 8


def trend(months: list[dict[str, Any]]) -> Chart:
    """新增、销号、期末存量 of the months, oldest first."""
    periods = [Period(row["first"], row["last"]) for row in months]
    series = [
        Series(FIGURES[key].label, [row[key] for row in months], [records_url(key, period) for period in periods])
        for key in TREND
    ]
    labels = [_short(period) for period in periods]
    return Chart("trend", "近12个月新增、销号与存量", "line", labels, series, axis="月份", unit="条")


def _short(period: Period) -> str:
    """1月 carries its year, so that the axis tells the years apart."""
    first = period.first
    return f"{first.year}年{first.month}月" if first.month == 1 else f"{first.month}月"


def levels(rows: list[dict[str, Any]], period: Period) -> Chart:
    """The stock by level, the gravest first, each in its own colour."""
    by_level = {row["group"]: row["stock"] for row in rows}
    order = list(LEVEL_TONES)
    series = Series(
        "存量",
        [by_level.get(level, 0) for level in order],
        [records_url("stock", period, "level", level) for level in order],
    )
    tones = list(LEVEL_TONES.values())
    labels = [level.label for level in order]
    return Chart("levels", "存量隐患等级构成", "pie", labels, [series], axis="等级", unit="条", tones=tones)


def hot_spots(grouping: str, rows: list[dict[str, Any]], period: Period) -> Chart:
    """Where stock and overdue gather, the most overdue first."""
    hottest = sorted(rows, key=lambda row: (-row["overdue"], -row["stock"], row["name"]))[:SHOWN_GROUPS]

    def series(key: str, name: str, tone: str) -> Series:
        urls = [records_url(key, period, grouping, row["group"]) for row in hottest]
        return Series(name, [row[key] for row in hottest], urls, tone)

    label = GROUPINGS[grouping][0]
    made = [series("stock", "存量", "blue"), series("overdue", "逾期", "red")]
    names = [row["name"] for row in hottest]
    return Chart("hot-spots", f"{label}存量与逾期", "bar", names, made, axis=label, unit="条", lying=True)
