"""The last mornings in the inbox: what was older has been read, what came since is in each morning's digest."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db.models import F
from django.db.models.functions import Greatest

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


def finish(end: datetime) -> None:
    """What came before yesterday has been read, the past told last included."""
    yesterday = clock.midnight(clock.local(end).date() - timedelta(days=1))
    unread = Message.objects.filter(read_at=None, created_at__lt=yesterday)
    unread.update(read_at=Greatest(F("created_at"), yesterday - timedelta(hours=6)))


def _read_what_is_older() -> Story:
    for person in User.objects.filter(pk__in=Message.objects.undigested().values("recipient")):
        read_all(person)
    yield from ()
