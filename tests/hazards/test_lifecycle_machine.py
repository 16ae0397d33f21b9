"""Whatever people press, in whatever order: the row equals its last event, and counts equal lists."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common import clock
from common.errors import RuleError
from hazards import transitions
from hazards.models import Hazard
from hazards.models.hazard import OPEN_STATES, TIMED_STATES
from reports.statistics import FIGURES, Period, compute, records
from tests.hazards.builders import hazard_in, values_for

ACTIONS = [action for action in transitions.RULES if action != "submit_report"]
ACTORS = ["head", "officer", "department", "grid", "safety", "principal"]
STEPS = st.lists(
    st.tuples(st.sampled_from(ACTIONS), st.sampled_from(ACTORS), st.integers(1, 400)), min_size=3, max_size=14
)


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, level=st.sampled_from(["general", "key", "major"]))
def test_any_sequence_of_presses_keeps_the_books_true(cast, photo, steps, level):
    shots = {name: [photo(name)] for name in ACTORS}
    with transaction.atomic():
        hazard = hazard_in(cast, "reported", level)
        hazard.evidence.create(attachment=shots["safety"][0], stage="before")
        moment = clock.now()
        for action, name, hours in steps:
            moment += timedelta(hours=hours)
            with clock.at(moment):
                press(action, hazard.pk, cast, name, shots[name])
                check_row(hazard.pk)
        with clock.at(moment + timedelta(minutes=1)):
            check_counts()
        transaction.set_rollback(True)


def press(action, pk, cast, name, photos):
    """One person tries one action; a refusal is an answer too."""
    values = values_for(action, cast, lambda: photos)
    with suppress(RuleError):
        transitions.perform(action, pk, cast.people[name], **values)


def check_row(pk: int) -> None:
    """The row is what its events say."""
    hazard = Hazard.objects.get(pk=pk)
    events = list(hazard.events.order_by("seq"))
    assert [event.seq for event in events] == list(range(1, hazard.version + 1))
    for before, after in pairwise(events):
        assert before.target == after.source
    if events:
        assert events[-1].target == hazard.state
    assert (hazard.state == "closed") == (hazard.closed_at is not None)
    assert hazard.deadline_no == sum("due" in event.data for event in events)
    if hazard.state in TIMED_STATES:
        assert hazard.due_at is not None
        assert hazard.next_step_at is not None
        assert hazard.submitted_at is None


def check_counts() -> None:
    """What is counted is what is listed."""
    today = Period(clock.today(), clock.today())
    values = compute(Hazard.objects.all(), today)
    for key, figure in FIGURES.items():
        if figure.kind == "count":
            assert values[key] == records(key, Hazard.objects.all(), today).count()
    assert values["overdue"] == Hazard.objects.overdue().count()
    assert values["stock"] == Hazard.objects.counted().filter(state__in=OPEN_STATES).count()
