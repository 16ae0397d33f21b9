"""The spans quotas are counted over: month, quarter, half-year, year."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.models.duties import PeriodKind

MONTHS = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.YEAR: 12}


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both inclusive."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def label(self) -> str:
        """2026年第3季度."""
        year, month = self.first.year, self.first.month
        months = self.last.month - month + 1
        if months == 1:
            return f"{year}年{month}月"
        if months == 3:
            return f"{year}年第{(month + 2) // 3}季度"
        return f"{year}年{'上' if month == 1 else '下'}半年" if months == 6 else f"{year}年"


def span_of(kind: str, day: date) -> Span:
    """The period of this kind that `day` lies in."""
    months = MONTHS[PeriodKind(kind)]
    begins = (day.month - 1) // months * months + 1
    ends = begins + months - 1
    return Span(date(day.year, begins, 1), date(day.year, ends, monthrange(day.year, ends)[1]))


def before(span: Span, kind: str) -> Span:
    """The period of this kind that ended when `span` began."""
    return span_of(kind, span.first - timedelta(days=1))
