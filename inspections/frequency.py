"""How often an enterprise is to be visited: policy rows per colour and grade of standardisation (C4; 茂林 8, 禄脿 24)."""

from __future__ import annotations

from datetime import date

from common import clock
from common.limits import limit
from inspections.models.records import watched_among
from units.models import Enterprise


def grade_on(enterprise: Enterprise, day: date) -> str:
    """The grade that counts on `day`: an expired one is none."""
    expired = enterprise.grade_until is not None and enterprise.grade_until < day
    return "" if expired else enterprise.grade


def visits_a_year(
    enterprise: Enterprise, area_path: str, on: date | None = None, *, is_watched: bool | None = None
) -> int:
    """Visits a year by policy: a redder level means more, a better grade fewer; under 差异化管理 at least what that asks for.

    `is_watched` is asked for where the caller does not know it.
    """
    day = on or clock.today()
    times = limit(f"visits.{enterprise.risk}.{grade_on(enterprise, day) or 'none'}", area_path, day).value
    if is_watched is None:
        is_watched = bool(watched_among([enterprise.unit_id], day))
    return max(times, limit("visits.watched", area_path, day).value) if is_watched else times


def cap(area_path: str, on: date | None = None) -> int:
    """How many 行政检查 an enterprise may get in a year at most (国办发〔2024〕54号; the number is the office's)."""
    return limit("inspection.cap", area_path, on).value
