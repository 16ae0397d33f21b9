"""Calendar months. No database, no clock."""

from __future__ import annotations

from datetime import date


def first_of_month(day: date, later: int = 0) -> date:
    """The first day of the month so many months after (negative: before) the one that holds `day`."""
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(year, month + 1, 1)
