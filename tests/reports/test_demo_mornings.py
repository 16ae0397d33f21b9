"""The demonstration's last mornings: a digest a day of what came since, nothing of what was read long before."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common import clock
from messaging.models import Digest, Message
from messaging.transitions import notify
from reports.demo import mornings
from reports.demo.play import Stage

pytestmark = pytest.mark.django_db


def told(person, days):
    """Somebody is told so many days before the end."""
    notify([person], kind="x", title=f"{days}日前", key=str(days))
    yield from ()


def test_what_came_in_the_last_days_is_in_the_digest_of_its_morning(cast):
    end = clock.now()
    stage = Stage(end)
    for days in (40, 3, 2):
        stage.enter(end - timedelta(days=days), told(cast.head, days))
    mornings.enter(stage, end)
    stage.play()
    assert Digest.objects.filter(recipient=cast.head).count() == 2
    assert set(Message.objects.filter(digest=None).values_list("title", flat=True)) == {"40日前"}
    assert not Message.objects.filter(read_at=None, title="40日前").exists()
