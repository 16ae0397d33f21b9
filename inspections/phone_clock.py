"""When something on a phone really happened: its own moment, put right by how far its clock is off when it sends."""

from __future__ import annotations

from datetime import datetime, timedelta

LATEST_ARRIVAL = timedelta(days=30)  # how long something may wait on a phone before its own time is not believed


def skew(client_now: datetime | None, now: datetime) -> timedelta:
    """How far the phone's clock is ahead of ours; nothing where it did not say."""
    return client_now - now if client_now is not None else timedelta(0)


def seconds(off: timedelta) -> int:
    """A skew as the database keeps it."""
    return int(max(-(2**31), min(2**31 - 1, off.total_seconds())))


def real(client_at: datetime | None, client_now: datetime | None, now: datetime) -> datetime:
    """The moment `client_at` by our clock; `now` where it is not told, lies ahead, or waited too long."""
    if client_at is None or client_now is None:
        return now
    moment = client_at - skew(client_now, now)
    return moment if now - LATEST_ARRIVAL <= moment <= now else now
