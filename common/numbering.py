"""Document numbers: one counter per series and year, never repeated, never skipped in silence.

The highest number of every series is noted outside the database as well (`common.outside`). A database restored from a
backup would give numbers a second time; instead the next one follows the highest ever given, and whoever listens
(`on_gap`) is told which numbers the database has forgotten.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.db import connection, transaction

from common import clock, outside

NOTES = "numbers.log"
_TAKE = """
    INSERT INTO common_numberseries (series, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (series, year) DO UPDATE SET last = common_numberseries.last + EXCLUDED.last
    RETURNING last
"""
_HELD = "SELECT last FROM common_numberseries WHERE series = %s AND year = %s FOR UPDATE"
_RAISE = """
    INSERT INTO common_numberseries (series, year, last) VALUES (%s, %s, %s)
    ON CONFLICT (series, year) DO UPDATE SET last = GREATEST(common_numberseries.last, EXCLUDED.last)
"""
_ALL = "SELECT series, year, last FROM common_numberseries WHERE year > 0"
Series = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers `first` to `last` of a series were given and the restored database knows nothing of them."""

    series: str
    year: int
    first: int
    last: int


_listeners: list[Callable[[Gap], None]] = []


def on_gap(listener: Callable[[Gap], None]) -> None:
    """Tell `listener` of every gap, in the transaction that closes it."""
    if listener not in _listeners:
        _listeners.append(listener)


class _Noted:
    """The highest number of every series in the notes; reads only what was added since it looked last."""

    def __init__(self) -> None:
        self.path: Path | None = None
        self._offset = 0
        self._highest: dict[Series, int] = {}

    def highest(self) -> dict[Series, int]:
        """By series and year; empty where no notes are kept."""
        folder = outside.folder()
        path = folder / NOTES if folder else None
        if path != self.path or (path and path.exists() and path.stat().st_size < self._offset):
            self.path, self._offset, self._highest = path, 0, {}
        if path is None:
            return {}
        lines, self._offset = outside.read(path, self._offset)
        for line in lines:
            self._take_in(line)
        return self._highest

    def _take_in(self, line: str) -> None:
        series, year, last, *_ = [*line.split("\t"), "", ""]
        if year.isdecimal() and last.isdecimal():
            key = (series, int(year))
            self._highest[key] = max(self._highest.get(key, 0), int(last))


_noted = _Noted()


def take(series: str, year: int, count: int = 1) -> int:
    """The next number of `series` in `year`, starting at 1; with `count`, the last of so many in a row.

    Runs inside the caller's transaction and holds the row until it ends: a document that is rolled back gives its number
    back, a voided document keeps it. Raises RuntimeError outside a transaction, where a failure would leave a gap.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken in the transaction that stores its document")
    last = _add(series, year, count)
    seen = _noted.highest().get((series, year), 0)
    if seen > last - count:
        _tell(Gap(series, year, last - count + 1, seen))
        last = seen + count
        _raise(series, year, last)
    _note_after_commit({(series, year): last})
    return last


def _add(series: str, year: int, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [series, year, count])
        return int(cursor.fetchone()[0])


def _raise(series: str, year: int, last: int) -> int | None:
    """Let the series stand at `last` at least; where it stood before, None when it is there already."""
    with connection.cursor() as cursor:
        cursor.execute(_HELD, [series, year])
        row = cursor.fetchone()
        before = int(row[0]) if row else 0
        if before >= last:
            return None
        cursor.execute(_RAISE, [series, year, last])
    return before


def _tell(gap: Gap) -> None:
    for listener in _listeners:
        listener(gap)


def _note_after_commit(numbers: dict[Series, int]) -> None:
    path = _noted.path
    if path is not None and numbers:
        at = clock.now().isoformat()
        lines = [f"{series}\t{year}\t{last}\t{at}" for (series, year), last in sorted(numbers.items())]
        transaction.on_commit(partial(outside.append, path, lines), robust=True)


def reconcile() -> list[Gap]:
    """Compare all series with the notes: raise what a restored database forgot, note what a dying process did not.

    Cheap enough for every start and every few minutes; safe to repeat and to run twice at once.
    """
    with transaction.atomic():
        seen = dict(_noted.highest())
        if _noted.path is None:
            return []
        with connection.cursor() as cursor:
            cursor.execute(_ALL)
            known = {(series, year): last for series, year, last in cursor.fetchall()}
        gaps = []
        for (series, year), last in sorted(seen.items()):
            before = _raise(series, year, last) if last > known.get((series, year), 0) else None
            if before is not None:
                gaps.append(Gap(series, year, before + 1, last))
        for gap in gaps:
            _tell(gap)
        _note_after_commit({key: last for key, last in known.items() if last > seen.get(key, 0)})
    return gaps


def document_number(prefix: str, year: int, n: int) -> str:
    """`禄街安办发〔2026〕12号`: hexagonal brackets, full year, no leading zeros, no 第 (GB/T 9704-2012, 7.2.5)."""
    return f"{prefix}〔{year}〕{n}号"
