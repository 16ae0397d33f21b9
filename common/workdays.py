"""Working days of mainland China: statutory holidays and 调休 from `holidays`, overridden by `CalendarDay` rows.

A year whose adjusted days are not yet published counts with its statutory days alone: late knowledge must never stop a
deadline from being computed (`years_missing` warns instead). Days are dates in Asia/Shanghai.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from common.snapshot import Snapshot

FIRST_YEAR, LAST_YEAR = 2004, 2060
PUBLISHED_BY_MONTH = 11  # 国务院办公厅 publishes next year's arrangement in November
_WEEKEND = (6, 0)  # Saturday and Sunday as date.toordinal() % 7


@dataclass(frozen=True, slots=True)
class _Calendar:
    """Working days as sorted ordinals, so that every question is one bisection."""

    days: frozenset[int]
    order: tuple[int, ...]
    overridden_years: frozenset[int]


@cache
def _statutory() -> frozenset[int]:
    """Ordinals of the working days of all covered years without local overrides; computed once per process."""
    import holidays

    statutory = holidays.country_holidays("CN", years=range(FIRST_YEAR, LAST_YEAR + 1))
    first, last = date(FIRST_YEAR, 1, 1).toordinal(), date(LAST_YEAR, 12, 31).toordinal()
    days = {n for n in range(first, last + 1) if n % 7 not in _WEEKEND}
    days -= {day.toordinal() for day in statutory}
    return frozenset(days | {day.toordinal() for day in statutory.weekend_workdays if day.year >= FIRST_YEAR})


def _load() -> _Calendar:
    from common.models import CalendarDay

    days = set(_statutory())
    years = set()
    for day, is_work in CalendarDay.objects.values_list("date", "is_workday"):
        years.add(day.year)
        (days.add if is_work else days.discard)(day.toordinal())
    return _Calendar(frozenset(days), tuple(sorted(days)), frozenset(years))


_calendar: Snapshot[_Calendar] = Snapshot(_load)
invalidate = _calendar.invalidate


def is_workday(day: date) -> bool:
    """Whether offices work on `day`; outside the covered years Monday to Friday."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day.toordinal() in _calendar.get().days
    return day.weekday() < 5


def add_workdays(day: date, count: int) -> date:
    """The `count`-th working day after `day`; the start day is excluded (行政处罚法 第八十五条).

    0 returns `day` itself; a negative count goes back. Raises ValueError beyond the covered years.
    """
    if count == 0:
        return day
    order = _calendar.get().order
    place = (
        bisect_right(order, day.toordinal()) + count - 1 if count > 0 else bisect_left(order, day.toordinal()) + count
    )
    if not 0 <= place < len(order):
        raise ValueError(f"{day} + {count} working days lies outside {FIRST_YEAR}–{LAST_YEAR}")
    return date.fromordinal(order[place])


def next_workday(day: date) -> date:
    """The first working day after `day`."""
    return add_workdays(day, 1)


def first_workday_of_month(year: int, month: int) -> date:
    """The first working day of the month."""
    return next_workday(date(year, month, 1) - timedelta(days=1))


@cache
def _is_published(year: int) -> bool:
    """Whether the library knows the adjusted working weekends of `year`."""
    import holidays

    return any(day.year == year for day in holidays.country_holidays("CN", years=year).weekend_workdays)


def years_missing(today: date) -> list[int]:
    """Years whose adjusted days nobody knows yet: this year always, the next from November on. Warn; never raise."""
    years = [today.year, today.year + 1] if today.month >= PUBLISHED_BY_MONTH else [today.year]
    entered = _calendar.get().overridden_years
    return [year for year in years if year not in entered and not _is_published(year)]
