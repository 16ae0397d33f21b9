"""How fast a quota must be met: arithmetic over days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.duties.pace import Quota, projected
from tasks.duties.periods import Span, before, span_of

YEAR = Span(date(2026, 1, 1), date(2026, 12, 31))
QUARTER = Span(date(2026, 7, 1), date(2026, 9, 30))


def quota(times: int, span: Span = YEAR, *, distinct: int = 0, since: date = date(2020, 1, 1), lead: int = 45) -> Quota:
    return Quota(times, distinct, span, span.last, since, lead)


def test_the_kth_of_twelve_is_due_when_k_twelfths_of_the_days_have_passed() -> None:
    assert quota(12).next_by(12) == date(2026, 1, 31)
    assert quota(12).next_by(7) == date(2026, 7, 2)


def test_the_last_is_due_ahead_of_the_end_but_never_earlier_than_half_an_interval() -> None:
    assert quota(1, QUARTER, lead=15).next_by(1) == date(2026, 9, 15)
    assert quota(12).next_by(1) == date(2026, 12, 16)


def test_a_met_quota_asks_for_nothing_more() -> None:
    assert quota(3).next_by(0) is None


def test_who_comes_in_mid_year_owes_the_part_of_the_year_that_is_theirs_rounded_up() -> None:
    late = quota(12, since=date(2026, 7, 1))
    assert late.needed == 7  # 184 of 365 days
    assert late.next_by(7) == date(2026, 7, 27)


def test_who_comes_after_the_end_owes_nothing() -> None:
    assert quota(4, since=date(2027, 1, 1)).needed == 0


@pytest.mark.parametrize(
    ("kind", "first", "last", "label"),
    [
        ("month", date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        ("quarter", date(2026, 1, 1), date(2026, 3, 31), "2026年第1季度"),
        ("half", date(2026, 1, 1), date(2026, 6, 30), "2026年上半年"),
        ("year", date(2026, 1, 1), date(2026, 12, 31), "2026年"),
    ],
)
def test_a_day_lies_in_one_period_of_each_kind(kind: str, first: date, last: date, label: str) -> None:
    assert span_of(kind, date(2026, 2, 28)) == Span(first, last)
    assert Span(first, last).label == label
    assert before(Span(first, last), kind).last.toordinal() == first.toordinal() - 1


def test_the_second_half_year_is_called_so() -> None:
    assert span_of("half", date(2026, 7, 1)).label == "2026年下半年"


def test_the_projection_goes_on_at_the_pace_so_far_and_never_below_what_is_done() -> None:
    assert projected(3, YEAR.first, YEAR.last, date(2026, 7, 1)) == 6
    assert projected(5, YEAR.first, YEAR.last, date(2025, 12, 1)) == 5


@given(times=st.integers(1, 40), lead=st.integers(0, 60), since=st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_the_due_days_rise_and_lie_in_the_own_time(times: int, lead: int, since: date) -> None:
    made = quota(times, since=since, lead=lead)
    days = [made.next_by(made.needed - done) for done in range(made.needed)]
    assert days == sorted(days)
    assert all(made.begins <= day <= YEAR.last for day in days)
