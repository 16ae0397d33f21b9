"""How often an enterprise looks at itself: the spans of a day, a week, a month, a quarter. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models

from common.months import first_of_month


class Cadence(models.TextChoices):
    """What is looked at how often: 日管控, 周排查, 月调度, and the check the principal leads (禄脿 4)."""

    DAY = "day", "日检查"
    WEEK = "week", "周检查"
    MONTH = "month", "月检查"
    LEAD_MONTH = "lead_month", "主要负责人带队检查（月）"
    LEAD_QUARTER = "lead_quarter", "主要负责人带队检查（季）"


LED = (Cadence.LEAD_MONTH, Cadence.LEAD_QUARTER)
_MONTHS = {Cadence.MONTH: 1, Cadence.LEAD_MONTH: 1, Cadence.LEAD_QUARTER: 3}


@dataclass(frozen=True, slots=True)
class Span:
    """From `first` to `last`, both days inclusive."""

    first: date
    last: date

    @property
    def days(self) -> list[date]:
        """Every day of it."""
        return [self.first + timedelta(days=count) for count in range((self.last - self.first).days + 1)]


def span_of(cadence: str, day: date) -> Span:
    """The span of `cadence` that holds `day`; weeks begin on Monday."""
    if cadence == Cadence.DAY:
        return Span(day, day)
    if cadence == Cadence.WEEK:
        monday = day - timedelta(days=day.weekday())
        return Span(monday, monday + timedelta(days=6))
    months = _MONTHS[Cadence(cadence)]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Span(first, first_of_month(first, months) - timedelta(days=1))


def before(cadence: str, span: Span) -> Span:
    """The span just before."""
    return span_of(cadence, span.first - timedelta(days=1))


def label(cadence: str, span: Span) -> str:
    """2026年11月25日, 2026年11月23日至29日, 2026年11月 or 2026年第4季度."""
    first, last = span.first, span.last
    if cadence == Cadence.DAY:
        return f"{first:%Y年%-m月%-d日}"
    if cadence == Cadence.WEEK:
        end = f"{last:%-d日}" if first.month == last.month else f"{last:%-m月%-d日}"
        return f"{first:%Y年%-m月%-d日}至{end}"
    if cadence == Cadence.LEAD_QUARTER:
        return f"{first.year}年第{(first.month + 2) // 3}季度"
    return f"{first:%Y年%-m月}"
