"""The last mornings in the inbox: what was older has been read, what came since is in each morning's digest."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from common import clock
from messaging.jobs import send_digests
from messaging.models import Message
from messaging.transitions import read_all
from reports.demo.play import Stage, Story, daily
from units.models import User

MORNINGS = 7  # natural days before the end


def enter(stage: Stage, end: datetime) -> None:
    """Everybody has read what is older; from then on a digest every morning, after the ladder has climbed."""
    first = clock.local(end).date() - timedelta(days=MORNINGS)
    stage.enter(clock.midnight(first) + timedelta(hours=8), _read_what_is_older())
    stage.enter(*daily(first, time(8, 10), send_digests))


def _read_what_is_older() -> Story:
    for person in User.objects.filter(pk__in=Message.objects.undigested().values("recipient")):
        read_all(person)
    yield from ()
