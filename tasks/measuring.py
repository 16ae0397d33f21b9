"""What computes an indicator: named counts the rooms announce, as they announce what counts for duties.

A room above registers in `AppConfig.ready`:

    measuring.register(Measure("hazards.major_on_time", "到期重大隐患按期销号", count, missing, page))

`count(scope)` gives numerator and denominator for the street at the end of the month; `missing(scope)` names those that are in
the denominator and not in the numerator, at most `SHOWN` of them; `outside(scope)`, where there is one, those that one might
look for in the denominator and why they are not in it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from common import clock

SHOWN = 200


class Within(NamedTuple):
    """Which street, and up to which day (the month's last, or today in the running month)."""

    area_path: str
    first: date
    last: date


def within(area_path: str, month: date, until: date | None = None) -> Within:
    """The month in a street, up to `until` (default today) while it runs."""
    last = month.replace(day=monthrange(month.year, month.month)[1])
    return Within(area_path, month.replace(day=1), min(last, until or clock.today()))


class Fraction(NamedTuple):
    """A count of a count."""

    numerator: int
    denominator: int


class Missing(NamedTuple):
    """One thing that keeps an indicator from its target."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Measure:
    """One named computation."""

    key: str
    label: str
    count: Callable[[Within], Fraction]
    missing: Callable[[Within], Iterable[Missing]]
    outside: Callable[[Within], Iterable[Missing]] | None = None


_measures: dict[str, Measure] = {}


def register(measure: Measure) -> None:
    """Let indicators be computed by it from now on."""
    _measures[measure.key] = measure


def find(key: str) -> Measure | None:
    """The measure with this key; None where its room is not installed."""
    return _measures.get(key)
