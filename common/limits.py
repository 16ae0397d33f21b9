"""Time limits as data: which limit holds where and when, and the moment it ends (domain-rules §11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from common import clock, workdays
from common.limit_defaults import DEFAULTS, FROM_THE_BEGINNING
from common.models import LimitUnit, TimeLimit
from common.snapshot import Snapshot

LABELS: dict[str, str] = {default.key: default.label for default in DEFAULTS}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in force: `value` in `unit` (hours, natural or working days, times), with its legal basis."""

    value: int
    unit: str
    basis: str
    effective_from: date

    def __str__(self) -> str:
        counts_days = self.unit in (LimitUnit.WORKING, LimitUnit.NATURAL)
        return f"{self.value}{'个' if counts_days else ''}{LimitUnit(self.unit).label}"

    def after(self, moment: datetime) -> datetime:
        """The last moment of the limit counted from the aware `moment`.

        Hours are exact and run through holidays. Days exclude the start day and end at 24:00 Asia/Shanghai (23:59:59) of
        the last one; natural days are not moved when they end on a holiday, for a danger does not take one.
        """
        if self.unit == LimitUnit.HOURS:
            return moment + timedelta(hours=self.value)
        return clock.end_of(self._shift(moment, self.value))

    def before(self, moment: datetime) -> datetime:
        """The first moment of the span of this length that ends at `moment`: 00:00 of the day so many days before."""
        if self.unit == LimitUnit.HOURS:
            return moment - timedelta(hours=self.value)
        return clock.midnight(self._shift(moment, -self.value))

    def latest_before(self, moment: datetime) -> datetime:
        """The last moment that is still this long before `moment`: 24:00 of that day, never later than `moment`."""
        if self.unit == LimitUnit.HOURS:
            return moment - timedelta(hours=self.value)
        return min(clock.end_of(self._shift(moment, -self.value)), moment)

    def _shift(self, moment: datetime, days: int) -> date:
        if self.unit in (LimitUnit.TIMES, LimitUnit.PERCENT):
            raise ValueError("a limit that counts times or shares has no end in time")
        start = clock.local(moment).date()
        return workdays.add_workdays(start, days) if self.unit == LimitUnit.WORKING else start + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class _Edition:
    area_path: str
    limit: Limit


def _load() -> dict[str, list[_Edition]]:
    """Every edition by key, the most specific area and the newest date first; code defaults come last."""
    editions: dict[str, list[_Edition]] = {}
    columns = ("key", "area_path", "value", "unit", "basis", "effective_from")
    for key, path, *limit in TimeLimit.objects.values_list(*columns):
        editions.setdefault(key, []).append(_Edition(path, Limit(*limit)))
    for default in DEFAULTS:
        fallback = Limit(default.value, default.unit, default.basis, FROM_THE_BEGINNING)
        editions.setdefault(default.key, []).append(_Edition("", fallback))
    for rows in editions.values():
        rows.sort(key=lambda edition: (len(edition.area_path), edition.limit.effective_from), reverse=True)
    return editions


_editions: Snapshot[dict[str, list[_Edition]]] = Snapshot(_load)
invalidate = _editions.invalidate


def limit(key: str, area_path: str = "", on: date | None = None) -> Limit:
    """The limit `key` for the area `area_path` as it stood on `on` (default today).

    The row of the nearest enclosing area wins, then the latest that had come into force. Raises KeyError for a key nobody
    defined: a misspelt key is a defect, not a limit of zero days.
    """
    day = on or clock.today()
    for edition in _editions.get()[key]:
        if edition.limit.effective_from <= day and area_path.startswith(edition.area_path):
            return edition.limit
    raise KeyError(f"no time limit {key!r} in force on {day}")
