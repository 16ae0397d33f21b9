"""Calendar months across the turn of the year."""

from __future__ import annotations

from datetime import date

import pytest

from common.months import first_of_month


@pytest.mark.parametrize(
    ("day", "later", "first"),
    [
        (date(2026, 3, 31), 0, date(2026, 3, 1)),
        (date(2026, 3, 31), -1, date(2026, 2, 1)),
        (date(2026, 1, 1), -1, date(2025, 12, 1)),
        (date(2026, 12, 5), 1, date(2027, 1, 1)),
        (date(2026, 11, 30), 14, date(2028, 1, 1)),
    ],
)
def test_the_first_day_of_a_month_before_or_after(day, later, first):
    assert first_of_month(day, later) == first
