"""Concluded visits prove duties: who led them, who held them."""

from __future__ import annotations

import pytest

from common import clock
from inspections import counted_visits
from tasks.counting import Ask
from tests.inspections.visiting import begun, finished

pytestmark = pytest.mark.django_db


def today(*subjects):
    """Counted today for these."""
    return Ask(subjects, clock.today(), clock.today())


def test_a_concluded_visit_counts_for_the_leader_who_led_it(cast):
    visit = begun(cast)
    visit.members.create(user=cast.leader, part="leader")
    assert not list(counted_visits.led(today(cast.leader.pk)))
    finished(cast, visit, "officer")
    counted = list(counted_visits.led(today(cast.leader.pk, cast.officer.pk)))
    assert [(row.subject, row.key) for row in counted] == [(cast.leader.pk, visit.pk)]


def test_a_patrol_counts_for_the_office_that_held_it(cast):
    visit = finished(cast, begun(cast), "officer")
    counted = list(counted_visits.patrols(today(cast.units["office"].pk)))
    assert [(row.key, row.unit) for row in counted] == [(visit.pk, cast.units["firm"].pk)]


def test_a_visit_to_a_village_counts_as_supervision_of_it(cast):
    visit = finished(cast, begun(cast, unit=cast.units["village"]), "officer")
    assert [row.key for row in counted_visits.supervisions(today(cast.units["village"].pk))] == [visit.pk]
