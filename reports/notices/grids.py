"""The tables of a notice, from its snapshot: the paper prints their text, the page links their cells to the records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from common.papers import Column
from common.wording import DASH
from reports.notices.snapshot import YEAR_KEYS, display, group_key

PARTS = ("figures", "year", "last_year")
RANKED = ("new", "closed", "stock", "overdue", "fell_due", "on_time", "on_time_rate")
_RANKED_TITLES = ("新增", "销号", "存量", "逾期", "到期", "按期", "按期整改率")


@dataclass(frozen=True)
class Cell:
    """Text of a cell; `key` is the figure whose records it counts (with `asked`: which part or group), `hazard` one record."""

    text: str
    key: str = ""
    asked: Mapping[str, str] = field(default_factory=dict)
    hazard: int | None = None


@dataclass(frozen=True)
class Grid:
    """One table."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


def summary(snapshot: dict[str, Any]) -> Grid:
    """表1 总体情况: the period, the year to date, the same span last year."""
    columns = (Column("指标", 2.0), Column("本期"), Column("今年累计"), Column("去年同期"))
    rows = tuple(
        (Cell(snapshot["figures"][key]["label"]), *(_figure(snapshot, key, part) for part in PARTS))
        for key in YEAR_KEYS
    )
    return Grid(columns, rows, "表1 隐患排查治理总体情况")


def _figure(snapshot: dict[str, Any], key: str, part: str) -> Cell:
    return Cell(snapshot[part][key]["display"], key, {} if part == "figures" else {"part": part})


def villages(snapshot: dict[str, Any]) -> Grid | None:
    """表2 各村（社区）, ranked by on-time rate."""
    caption = "表2 各村（社区）整改情况（按期整改率排序，无到期隐患的不排名）"
    return _ranking(snapshot["villages"], "village", "村（社区）", caption)


def departments(snapshot: dict[str, Any]) -> Grid | None:
    """表3 监管部门."""
    return _ranking(snapshot["departments"], "department", "监管部门", "表3 各监管部门整改情况")


def _ranking(rows: list[dict[str, Any]], grouping: str, first: str, caption: str) -> Grid | None:
    if not rows:
        return None
    figures = (Column(title, 1.5 if title.endswith("率") else 1.0) for title in _RANKED_TITLES)
    columns = (Column("序", 0.7), Column(first, 2.4), *figures)
    return Grid(columns, tuple(_ranked_row(row, grouping) for row in rows), caption)


def _ranked_row(row: dict[str, Any], grouping: str) -> tuple[Cell, ...]:
    asked = {"by": grouping, "group": group_key(row["group"])}
    figures = (Cell(display(key, row[key]), key, asked) for key in RANKED)
    return (Cell(str(row["rank"] or DASH)), Cell(row["name"]), *figures)


def overdue(snapshot: dict[str, Any]) -> Grid | None:
    """附件1: every hazard overdue when the period ended."""
    columns = (
        Column("序", 0.6), Column("隐患编号", 1.7), Column("责任单位", 1.8), Column("隐患描述", 2.8, "left"),
        Column("等级", 0.8), Column("期限", 1.6), Column("逾期天数", 0.8),
    )  # fmt: skip
    rows = tuple(_overdue_row(place, row) for place, row in enumerate(snapshot["overdue"], 1))
    return Grid(columns, rows) if rows else None


def _overdue_row(place: int, row: dict[str, Any]) -> tuple[Cell, ...]:
    number = Cell(row["number"], hazard=row["id"])
    words = (row["unit"], row["description"], row["level"], _day(row["due"]), str(row["days"]))
    return (Cell(str(place)), number, *map(Cell, words))


def listed(snapshot: dict[str, Any]) -> Grid | None:
    """附件2: hazards under a listing, with their progress."""
    columns = (
        Column("序", 0.5), Column("督办文号", 1.8), Column("责任单位", 1.6), Column("隐患描述", 2.4, "left"),
        Column("种类", 1.0), Column("整改期限", 1.6), Column("进展", 1.8, "left"),
    )  # fmt: skip
    rows = tuple(_listed_row(place, row) for place, row in enumerate(snapshot["listed"], 1))
    return Grid(columns, rows) if rows else None


def _listed_row(place: int, row: dict[str, Any]) -> tuple[Cell, ...]:
    number = Cell(row["number"] or DASH, hazard=row["id"])
    words = (row["unit"], row["description"], row["kind"], _day(row["finish_by"]), row["progress"] or row["state"])
    return (Cell(str(place)), number, *map(Cell, words))


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%Y.%-m.%-d}" if text else DASH
