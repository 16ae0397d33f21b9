"""When a recurring task falls due: the period a day lies in and the day within it. Pure arithmetic, no rows."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


class Occurrence(NamedTuple):
    """One time a task is due: `key` is unique within the task, `label` is how it is said, `due_on` its last day."""

    key: str
    label: str
    due_on: date


class Span(NamedTuple):
    """A period with its key (2026Q3), its label (2026年第三季度) and its days, both inclusive."""

    key: str
    label: str
    first: date
    last: date


def span_of(period: str, day: date) -> Span:
    """The month, quarter, half or whole year `day` lies in."""
    months = MONTHS[period]
    index = (day.month - 1) // months
    first = date(day.year, index * months + 1, 1)
    last_month = first.month + months - 1
    last = date(day.year, last_month, calendar.monthrange(day.year, last_month)[1])
    return Span(*_named(period, day.year, index), first, last)


def _named(period: str, year: int, index: int) -> tuple[str, str]:
    if period == "month":
        return f"{year}-{index + 1:02}", f"{year}年{index + 1}月"
    if period == "quarter":
        return f"{year}Q{index + 1}", f"{year}年第{'一二三四'[index]}季度"
    if period == "half":
        return f"{year}H{index + 1}", f"{year}年{'上下'[index]}半年"
    return f"{year}", f"{year}年"


def once(day: date) -> Occurrence:
    """The single occurrence of a task due on `day`."""
    return Occurrence(day.isoformat(), f"{day.year}年{day.month}月{day.day}日前", day)


def in_period(period: str, day: date, month: int | None = None, on: int | None = None) -> Occurrence:
    """The occurrence of the period `day` lies in; `month` (within the period, from 1) and `on` name its day, else its last.

    A day the month does not have (30 February) is its last one.
    """
    span = span_of(period, day)
    if month is None and on is None:
        return Occurrence(span.key, span.label, span.last)
    place = min(span.first.month + (month or MONTHS[period]) - 1, span.last.month)
    last = calendar.monthrange(span.first.year, place)[1]
    return Occurrence(span.key, span.label, date(span.first.year, place, min(on or last, last)))


def following(period: str, day: date, month: int | None = None, on: int | None = None) -> Occurrence:
    """The occurrence of the period after the one `day` lies in."""
    return in_period(period, span_of(period, day).last + timedelta(days=1), month, on)
