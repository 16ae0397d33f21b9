"""Recurrences as periods: 每年4月30日前 → once a year, by 30 April."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.plans.numerals import chinese_number

_PERIODS = (
    ("half", re.compile(r"^(?:每|逐)半年|^每学期")),
    ("quarter", re.compile(r"^(?:每|逐|按)季|^季")),
    ("year", re.compile(r"^(?:每|逐|按)年|^全年|^每年度")),
    ("month", re.compile(r"^(?:每个?|逐|按)月|^月")),
)
_MONTH = re.compile(r"^每年度?的?(\d{1,2}|[一二三四五六七八九十]{1,2})月(?:(\d{1,2})[日号]|底|末)?")
_DAY = re.compile(r"^每个?月(?:度)?的?(\d{1,2})[日号]")


@dataclass(frozen=True)
class Recurring:
    """A period with the day within it; None: the period's last day."""

    period: str
    month: int | None = None
    day: int | None = None
    text: str = ""


def recurring(phrases: Iterable[str]) -> tuple[list[Recurring], list[str]]:
    """The periods the phrases name, each once, and the phrases no period of the ledger can hold (每周, 每日)."""
    found: dict[tuple[str, int | None, int | None], Recurring] = {}
    left: list[str] = []
    for phrase in phrases:
        period = next((name for name, pattern in _PERIODS if pattern.search(phrase)), "")
        if not period:
            left.append(phrase)
            continue
        month, day = _day_of(phrase, period)
        found.setdefault((period, month, day), Recurring(period, month, day, phrase[:120]))
    return list(found.values()), left


def _day_of(phrase: str, period: str) -> tuple[int | None, int | None]:
    if period == "year" and (match := _MONTH.search(phrase)):
        month, day = chinese_number(match.group(1)), int(match.group(2) or 31)
        return (month, min(day, 31)) if 1 <= month <= 12 else (None, None)
    if period == "month" and (match := _DAY.search(phrase)):
        return None, min(int(match.group(1)), 31) or None
    return None, None
