"""Working days: statutory calendar, local overrides, arithmetic."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from common import workdays
from common.models import CalendarDay
from common.snapshot import forget_all

pytestmark = pytest.mark.django_db
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 1), False),  # National Day
        (date(2026, 10, 10), True),  # Saturday worked for it
        (date(2026, 2, 14), True),  # Saturday before Spring Festival
        (date(2026, 2, 17), False),
        (date(2026, 11, 21), False),  # plain Saturday
        (date(2026, 11, 23), True),
    ],
)
def test_the_statutory_calendar_with_its_adjusted_weekends_holds(day: date, expected: bool) -> None:
    assert workdays.is_workday(day) is expected


def test_an_entered_day_overrides_the_statutory_calendar_at_once_and_deleting_it_restores_it() -> None:
    assert workdays.is_workday(date(2026, 11, 23))
    day = CalendarDay.objects.create(date=date(2026, 11, 23), is_workday=False, note="本地停电放假")
    assert not workdays.is_workday(date(2026, 11, 23))
    assert workdays.add_workdays(date(2026, 11, 20), 1) == date(2026, 11, 24)
    day.delete()
    assert workdays.is_workday(date(2026, 11, 23))


def test_another_process_follows_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr("common.snapshot.time.monotonic", lambda: now)
    assert workdays.is_workday(date(2026, 11, 23))
    CalendarDay.objects.bulk_create([CalendarDay(date=date(2026, 11, 23), is_workday=False)])
    assert workdays.is_workday(date(2026, 11, 23))
    now += 61
    assert not workdays.is_workday(date(2026, 11, 23))


@pytest.mark.django_db(transaction=True)
def test_a_value_read_before_the_commit_is_read_again_after_it() -> None:
    with transaction.atomic():
        CalendarDay.objects.create(date=date(2026, 11, 23), is_workday=False)
        assert not workdays.is_workday(date(2026, 11, 23))
        held = workdays._calendar._held
    assert held is not None
    assert workdays._calendar._held is None


def test_the_start_day_is_excluded_and_holidays_are_stepped_over() -> None:
    assert workdays.add_workdays(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert workdays.add_workdays(date(2026, 10, 3), 1) == date(2026, 10, 8)
    assert workdays.add_workdays(date(2026, 10, 12), -2) == date(2026, 10, 9)
    assert workdays.add_workdays(date(2026, 10, 3), 0) == date(2026, 10, 3)
    assert workdays.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)


def test_the_first_working_day_of_a_month_is_found_after_a_holiday() -> None:
    assert workdays.first_workday_of_month(2026, 10) == date(2026, 10, 8)
    assert workdays.first_workday_of_month(2026, 11) == date(2026, 11, 2)


@given(day=DAYS, count=st.integers(1, 60))
@settings(max_examples=60, deadline=None)
def test_counting_forward_and_measuring_agree(day: date, count: int) -> None:
    end = workdays.add_workdays(day, count)
    assert workdays.is_workday(end)
    assert sum(workdays.is_workday(day + timedelta(n)) for n in range(1, (end - day).days + 1)) == count


def test_next_year_is_missed_from_november_until_its_days_are_entered() -> None:
    assert workdays.years_missing(date(2098, 3, 1)) == [2098]
    assert workdays.years_missing(date(2026, 6, 1)) == []
    forget_all()
    missing = {year for year in (2059, 2060) if not workdays._is_published(year)}
    assert set(workdays.years_missing(date(2059, 11, 3))) == missing == {2059, 2060}
    CalendarDay.objects.create(date=date(2060, 2, 8), is_workday=True)
    assert workdays.years_missing(date(2059, 11, 3)) == [2059]


def test_a_date_beyond_the_calendar_is_an_ordinary_week_and_an_impossible_count_is_refused() -> None:
    assert workdays.is_workday(date(1999, 1, 4))
    assert not workdays.is_workday(date(2099, 1, 3))
    with pytest.raises(ValueError, match="outside"):
        workdays.add_workdays(date(2060, 12, 31), 5)


def test_a_million_questions_take_seconds_and_one_query(django_assert_num_queries: object) -> None:
    workdays._statutory()
    day = date(2026, 10, 10)
    with django_assert_num_queries(1):  # type: ignore[operator]
        started = time.perf_counter()
        for _ in range(100_000):
            workdays.is_workday(day)
        assert time.perf_counter() - started < 1.0
