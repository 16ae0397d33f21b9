"""The one clock. Every rule reads time here, so that a test, a replay or the demonstration history can set it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time

from django.utils import timezone

_moment: ContextVar[datetime | None] = ContextVar("clock_moment", default=None)


def now() -> datetime:
    """The current aware moment (UTC-based; shown in Asia/Shanghai)."""
    return _moment.get() or timezone.now()


def today() -> date:
    """The current date in Asia/Shanghai."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """`moment`, which must be aware, in Asia/Shanghai."""
    if moment.tzinfo is None:
        raise ValueError("a moment has a time zone")
    return moment.astimezone(timezone.get_default_timezone())


def midnight(day: date) -> datetime:
    """00:00 of `day` in Asia/Shanghai."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date | datetime) -> datetime:
    """当日24时: the last second that still belongs to `day` in Asia/Shanghai; an aware moment stays as it is."""
    if isinstance(day, datetime):
        return day
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at the aware `moment` inside the block, for this thread or task only."""
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)
