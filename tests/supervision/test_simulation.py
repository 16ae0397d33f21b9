"""The simulation of a ladder: the same counts as the real run on the same data, and nothing written."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest

from common import clock
from hazards import transitions as hazards
from hazards.models import Hazard
from messaging.models import Message
from supervision.models import LadderFiring, Letter, Listing, Measure
from supervision.simulation.hazard_past import HazardPast
from supervision.simulation.replay import Tally, replay
from supervision.transitions import listings
from supervision.transitions.climb import escalate
from supervision.transitions.policies import editions
from tests.supervision.world import DAY, START, confirmed, photo, rectified

END = START + 92 * DAY
WINDOW = START - DAY, END


@pytest.fixture
def quarter(cast):
    """Three months: extended, failed in review, raised to 重大, listed by hand, closed in time, never touched."""
    long, wide, listed, poor, good = (confirmed(cast, days=days) for days in (20, 20, 20, 10, 20))
    lives = {
        10: lambda: extend(cast, long),
        12: lambda: raise_level(cast, wide),
        14: lambda: listings.propose(cast.officer, listed.pk, reason="久拖不改"),
        16: lambda: fail(cast, poor),
        18: lambda: rectified(cast, good),
    }
    confirmed(cast, "general", days=2)
    confirmed(cast, "major", days=10)
    for day in range(92):
        with clock.at(START + day * DAY + timedelta(minutes=1)):
            escalate()
            if day in lives:
                lives[day]()
                escalate()
    return Hazard.objects.all()


def extend(cast, hazard):
    hazards.perform("request_extension", hazard.pk, cast.safety, due=clock.now() + 40 * DAY, reason="x", protection="x")
    hazards.perform("grant_extension", hazard.pk, cast.head)


def raise_level(cast, hazard):
    hazards.perform("change_level", hazard.pk, cast.officer, level="major", reason="扩大", criterion=None)


def fail(cast, hazard):
    shots = [photo(cast.safety)]
    hazards.perform("submit_rectification", hazard.pk, cast.safety, measures="已改", spent=0, photos=shots)
    hazards.perform("fail_review", hazard.pk, cast.department, reason="仍有", due=clock.now() + 8 * DAY)


def simulated(since: datetime = WINDOW[0], until: datetime = WINDOW[1]) -> Tally:
    """All editions in force, over all hazards."""
    held = editions.get()
    return replay(HazardPast(), Hazard.objects.all(), held, {edition.pk for edition in held}, (since, until))


def test_the_simulated_counts_equal_the_real_ones(quarter):
    tally, written = simulated(), Letter.objects.exclude(key=None)
    assert tally.steps == Counter(LadderFiring.objects.filter(merged_into="").values_list("code", flat=True))
    assert tally.letters == Counter(written.values_list("kind", flat=True))
    assert tally.units == Counter(written.values_list("to_unit", flat=True))
    told = Message.objects.filter(kind="supervision.ladder").values_list("recipient", flat=True)
    assert tally.told == Counter(told)
    proposed = Counter(Measure.objects.values_list("kind", flat=True))
    proposed["list"] = Listing.objects.exclude(key=None).count()
    assert +tally.proposals == +proposed
    assert min(proposed["list"], proposed["talk"], tally.letters["urge"]) > 0


def test_a_part_of_the_period_counts_only_what_falls_into_it(quarter):
    since, until = START + 30 * DAY, START + 60 * DAY
    inside = LadderFiring.objects.filter(merged_into="", fired_at__gte=since, fired_at__lt=until)
    assert simulated(since, until).steps == Counter(inside.values_list("code", flat=True))


def test_the_simulation_writes_nothing(quarter):
    before = [model.objects.count() for model in (LadderFiring, Letter, Listing, Measure, Message)]
    places = list(Hazard.objects.order_by("pk").values_list("next_step_at", "version", "ladder_step"))
    simulated()
    assert before == [model.objects.count() for model in (LadderFiring, Letter, Listing, Measure, Message)]
    assert places == list(Hazard.objects.order_by("pk").values_list("next_step_at", "version", "ladder_step"))


def test_hazards_out_of_reach_are_not_looked_at(quarter):
    edition = next(edition for edition in editions.get() if edition.level == "key")
    assert set(HazardPast().within_reach(edition, *WINDOW)) <= set(Hazard.objects.all())
    assert HazardPast().within_reach(edition, END + 200 * DAY, END + 290 * DAY).count() == 0
