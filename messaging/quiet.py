"""Quiet hours: when something may leave the system for a person's pocket."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from common import clock
from messaging.models import Preference


def next_moment(preference: Preference | None, moment: datetime) -> datetime:
    """`moment`, or the end of the quiet hours it falls into (Asia/Shanghai; they may run over midnight)."""
    preference = preference or Preference()
    start, end = preference.quiet_from, preference.quiet_until
    local = clock.local(moment)
    if not _is_within(local.time(), start, end):
        return moment
    day = local.date() + timedelta(days=1 if local.time() >= end else 0)
    return datetime.combine(day, end, tzinfo=local.tzinfo)


def _is_within(at: time, start: time, end: time) -> bool:
    if start <= end:
        return start <= at < end
    return at >= start or at < end
