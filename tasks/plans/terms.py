"""Recurrences as periods: 每年4月30日前 → once a year, by 30 April."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.plans.numerals import chinese_number

_PERIODS = (
    ("half", re.compile(r"^(?:每|逐|一)?半年|^每学期|^上、?下半年")),
    ("quarter", re.compile(r"^(?:每|逐|按|一)季|^季")),
    ("year", re.compile(r"^(?:每|逐|按|一)年|^全年|^年")),
    ("month", re.compile(r"^(?:每个?|逐|按|一个?)月|^月")),
)
_MONTHS = re.compile(r"(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(\d{1,2})[日号]|底|末)?")
_DAYS = re.compile(r"(\d{1,2})[日号]")
_WITHIN = re.compile(r"^每?(?:半年|季度?)的?(?P<which>末月|最后一个月|首月|第一个月)的?(?:(?P<day>\d{1,2})[日号])?")
_LENGTH = {"quarter": 3, "half": 6}


@dataclass(frozen=True)
class Recurring:
    """A period with the day within it; None: the period's last day."""

    period: str
    month: int | None = None
    day: int | None = None
    text: str = ""


def recurring(phrases: Iterable[str]) -> tuple[list[Recurring], list[str]]:
    """The periods the phrases name, each once, and the phrases no period of the ledger can hold (每周, 每月5日、20日)."""
    found: dict[tuple[str, int | None, int | None], Recurring] = {}
    left: list[str] = []
    for phrase in phrases:
        period = next((name for name, pattern in _PERIODS if pattern.search(phrase)), "")
        place = _place(phrase, period) if period else None
        if place is None:
            left.append(phrase)
            continue
        found.setdefault(place, Recurring(*place, phrase[:120]))
    return list(found.values()), left


def _place(phrase: str, period: str) -> tuple[str, int | None, int | None] | None:
    """Period, month and day; None where one period would have to fall due on several days."""
    if period == "year":
        return _in_year([(chinese_number(month), int(day or 31)) for month, day in _MONTHS.findall(phrase)])
    if period == "month":
        days = [min(int(day), 31) for day in _DAYS.findall(phrase)]
        return None if len(days) > 1 else (period, None, (days[0] if days else 0) or None)
    if inner := _WITHIN.search(phrase):
        is_last = inner.group("which") in ("末月", "最后一个月")
        return period, _LENGTH[period] if is_last else 1, min(int(inner.group("day") or 31), 31)
    return period, None, None


def _in_year(days: list[tuple[int, int]]) -> tuple[str, int | None, int | None] | None:
    """One month of the year; 6月、12月 are halves and 3月、6月、9月、12月 quarters."""
    days = [(month, min(day, 31)) for month, day in days if 1 <= month <= 12]
    months = [month for month, _ in days]
    if len(days) < 2:
        return ("year", *days[0]) if days else ("year", None, None)
    for period, length in (("half", 6), ("quarter", 3)):
        if len({day for _, day in days}) == 1 and months == list(range(months[0], 13, length)) and months[0] <= length:
            return period, months[0], days[0][1]
    return None
