"""Spans of time over which figures are computed; half-open, in Asia/Shanghai."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common import clock
from common.clock import midnight
from common.months import first_of_month

QUARTERS = "一二三四"


@dataclass(frozen=True)
class Period:
    """From 00:00 of `first` to 24:00 of `last`, both dates inclusive."""

    first: date
    last: date

    @classmethod
    def month(cls, year: int, month: int) -> Period:
        """A calendar month."""
        first = date(year, month, 1)
        return cls(first, first_of_month(first, 1) - timedelta(days=1))

    @classmethod
    def quarter(cls, year: int, quarter: int) -> Period:
        """A calendar quarter, 1 to 4."""
        return cls(date(year, quarter * 3 - 2, 1), cls.month(year, quarter * 3).last)

    @classmethod
    def year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def days(cls, count: int) -> Period:
        """The last `count` days up to and including today."""
        today = clock.today()
        return cls(today - timedelta(days=count - 1), today)

    @classmethod
    def this_month(cls) -> Period:
        """The current month up to and including today."""
        today = clock.today()
        return cls(today.replace(day=1), today)

    @property
    def start(self) -> datetime:
        """The first moment."""
        return midnight(self.first)

    @property
    def end(self) -> datetime:
        """The first moment after the period, never later than now: nothing is known of the future."""
        return min(midnight(self.last + timedelta(days=1)), clock.now())

    @property
    def span(self) -> str:
        """month, quarter or year when it is exactly one of these, else an empty text."""
        year, month = self.first.year, self.first.month
        whole = {
            "month": Period.month(year, month),
            "quarter": Period.quarter(year, (month + 2) // 3),
            "year": Period.year(year),
        }
        return next((name for name, period in whole.items() if self == period), "")

    @property
    def label(self) -> str:
        """2026年10月, 2026年第三季度 or 2026年 where it is exactly that, else both dates."""
        year, month = self.first.year, self.first.month
        if self.span == "month":
            return f"{year}年{month}月"
        if self.span == "quarter":
            return f"{year}年第{QUARTERS[month // 3]}季度"
        if self.span == "year":
            return f"{year}年"
        return f"{self.first:%Y年%-m月%-d日}至{self.last:%Y年%-m月%-d日}"

    @property
    def word(self) -> str:
        """本月, 本季度, 本年 or 本期: how a text calls it."""
        return {"month": "本月", "quarter": "本季度", "year": "本年"}.get(self.span, "本期")

    def year_earlier(self) -> Period:
        """The same span one year earlier (同比)."""
        return Period(_shift_year(self.first, -1), _shift_year(self.last, -1))

    def before(self) -> Period:
        """The span of the same kind before this one (环比): the previous month, quarter or year, else as many days."""
        last = self.first - timedelta(days=1)
        match self.span:
            case "month":
                return Period.month(last.year, last.month)
            case "quarter":
                return Period.quarter(last.year, last.month // 3)
            case "year":
                return Period.year(last.year)
        return Period(last - (self.last - self.first), last)

    def year_to_date(self) -> Period:
        """From 1 January to the end of this period (累计)."""
        return Period(date(self.last.year, 1, 1), self.last)


def _shift_year(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
