"""Every step has its own time limit, and the limit in force is the one that shows and rules."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from common import clock, limits
from common.models import TimeLimit
from common.workbench import groups
from hazards import transitions
from hazards.models import HazardEvent
from messaging.models import Message
from tests.hazards.builders import hazard_in, pending_plan

MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def due_of(user, key: str):
    """The deadline shown on the first row of a workbench group."""
    group = next(found for found in groups(user) if found.key == key)
    return clock.local(group.rows[0].due).date().isoformat()


def test_a_major_hazard_without_a_date_owes_its_plan_in_seven_working_days(cast):
    with clock.at(MONDAY):
        hazard = hazard_in(cast, "reported", "major")
        done = transitions.perform("confirm", hazard.pk, cast.officer, responsible_person="李四", level_reason="符合")
        assert clock.local(done.due_at).date().isoformat() == "2026-11-25"
        pending_plan(hazard, cast)
        approved = transitions.perform("approve_plan", hazard.pk, cast.department)
        assert approved.original_due_at == approved.due_at


@pytest.mark.parametrize(
    ("state", "group", "shown"),
    [
        ("reported", "verify", "2026-11-17"),
        ("submitted", "review", "2026-11-23"),
        ("reviewed", "sign-off", "2026-11-23"),
    ],
)
def test_the_workbench_shows_until_when_a_step_must_be_done(cast, state, group, shown):
    with clock.at(MONDAY):
        hazard_in(cast, state, "key")
        assert due_of(cast.head, group) == shown


def test_a_changed_limit_shows_at_once(cast):
    with clock.at(MONDAY):
        hazard_in(cast, "reported")
        today = MONDAY.date()
        TimeLimit.objects.create(
            key="hazard.verify", value=3, unit="natural", basis="x", effective_from=today, set_by="x"
        )
        limits.invalidate()
        assert due_of(cast.officer, "verify") == "2026-11-19"


def test_urging_stands_in_the_timeline_and_reaches_people_once_a_day(cast):
    with clock.at(MONDAY):
        hazard = hazard_in(cast, "rectifying")
        rows = type(hazard).objects.filter(pk=hazard.pk)
        assert [transitions.urge(cast.officer, rows) for _ in range(2)] == [1, 0]
        assert HazardEvent.objects.get(hazard=hazard).label == "催办"
        assert Message.objects.filter(recipient=cast.safety, title__startswith="催办").count() == 1
