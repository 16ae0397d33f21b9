"""Exactly once, whatever dies: killed at every statement and every commit, two beats, replays, clocks, an old backup."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection

from common import clock
from hazards.models import Hazard, HazardEvent
from messaging.models import Message
from supervision import unit_rules
from supervision.jobs import climb_ladder
from supervision.models import (
    AssignmentFiring,
    LadderFiring,
    Letter,
    LetterEvent,
    UnitFiring,
    UnitMonth,
    UnitMonthEvent,
    UnitRule,
)
from supervision.transitions.climb import escalate
from supervision.transitions.unit_months import open_month
from supervision.unit_rules import MonthFigures
from tasks.models import Assignment
from tests.supervision.faults import backup, dies_at
from tests.supervision.test_task_ladder import GIVEN, given
from tests.supervision.world import DAY, START, confirmed, many, restore_ladder

pytestmark = pytest.mark.django_db(transaction=True)
LATE = START + 27 * DAY
STEPS = 5  # three reminders, 提示函 and 督促函 have passed
MOST = 80  # statements of one run over two hazards, with room


@pytest.fixture
def first(cast):
    """A hazard that is due for its 督促函."""
    restore_ladder()
    return confirmed(cast, days=20)


def add(first: Hazard, count: int) -> None:
    """Hazards like `first` as it was before it climbed, each with a number of its own."""
    for row in many(first, count):
        Hazard.objects.filter(pk=row.pk).update(number=f"H-{row.pk}", next_step_at=START, ladder_step="")


def climb() -> None:
    with clock.at(LATE):
        escalate(batch=1)


def assert_each_once(hazards: int) -> None:
    fired = Counter(LadderFiring.objects.values_list("hazard", "round", "deadline_no", "code"))
    assert set(fired.values()) == {1}
    assert len(fired) == STEPS * hazards
    assert HazardEvent.objects.filter(action="ladder").count() == hazards
    assert Letter.objects.count() == LetterEvent.objects.count() == hazards
    told = set(Message.objects.filter(kind="supervision.ladder").values_list("about_id", flat=True))
    assert len(told) == hazards
    assert numbers() == list(range(1, hazards + 1))


def numbers() -> list[int]:
    """The serial numbers of all letters, in order."""
    return sorted(int(text.split("〕")[1][:-1]) for text in Letter.objects.values_list("number", flat=True))


@pytest.mark.parametrize("commit", ["", "before", "after"])
def test_killed_at_every_statement_every_step_fires_once(first, commit):
    """Two fresh hazards per statement, so that every statement of a whole run is the last one of some process."""
    waiting = 1
    for statement in range(1, MOST):
        waiting += 2
        add(first, 2)
        if not dies_at(statement, climb, commit=commit):
            break
        climb()
    else:
        pytest.fail("the run has more statements than the test looks at")
    assert statement > (1 if commit else 20)
    assert_each_once(waiting)


def urge_tasks() -> None:
    with clock.at(GIVEN + 40 * DAY):  # ten days after the deadline: 督促 has come, 通报 has not
        escalate()


@pytest.mark.parametrize("commit", ["", "before", "after"])
def test_killed_at_every_statement_a_late_task_is_urged_once(cast, commit):
    restore_ladder()
    for statement in range(1, MOST):
        given(cast)
        died = dies_at(statement, urge_tasks, commit=commit)
        urge_tasks()
        if not died:
            break
    assert statement > (1 if commit else 15)
    fired = Counter(AssignmentFiring.objects.values_list("assignment", "deadline_no", "code"))
    assert set(fired.values()) == {1}
    late = Assignment.objects.count()
    assert Letter.objects.count() == LetterEvent.objects.count() == late
    assert numbers() == list(range(1, late + 1))


@pytest.mark.parametrize("commit", ["", "before", "after"])
def test_killed_at_every_statement_a_unit_is_pushed_once_a_month(cast, commit):
    restore_ladder()
    unit_rules.seed(UnitRule)
    for statement in range(1, MOST):
        push = partial(push_firm, cast, date(2027 + statement // 12, statement % 12 + 1, 1))
        died = dies_at(statement, push, commit=commit)
        push()
        if not died:
            break
    assert statement > (2 if commit else 18)
    assert_pushed_once(statement)


def assert_pushed_once(months: int) -> None:
    pushed = Counter(UnitFiring.objects.values_list("unitmonth", "code"))
    assert set(pushed.values()) == {1}
    assert set(UnitMonth.objects.values_list("ladder_step", "next_step_at", "version")) == {("poor", None, 1)}
    events = Counter(UnitMonthEvent.objects.values_list("action", flat=True))
    assert events == {"open": months, "ladder": months}
    assert Letter.objects.count() == LetterEvent.objects.count() == UnitMonth.objects.count() == months
    assert numbers() == list(range(1, months + 1))


def push_firm(cast, month: date, at=LATE) -> None:
    """The month is opened and judged by one process that may die anywhere in it."""
    with clock.at(at):
        open_month(cast.units["office"], month, [MonthFigures(cast.units["firm"].pk, "unit", 10, 5, 0, 0)])
        escalate()


def test_two_beats_and_replayed_messages_fire_once(first):
    add(first, 9)

    def beat(place: int) -> None:
        try:
            with clock.at(LATE):
                climb_ladder()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(beat, range(6)))
    assert_each_once(10)


def test_a_clock_that_jumps_ahead_and_back_fires_nothing_twice(first):
    for moment in (LATE, LATE - 20 * DAY, LATE + timedelta(minutes=1), LATE - DAY, LATE):
        with clock.at(moment):
            escalate()
    assert_each_once(1)


def test_yesterdays_backup_restored_fires_what_it_does_not_know_of_once(first):
    climb()
    with backup() as restore:
        add(first, 3)
        climb()
        restore()
        assert Hazard.objects.count() == 1
        climb()
        assert_each_once(1)
        add(first, 3)
        climb()
        assert_each_once(4)


def test_two_beats_and_a_jumping_clock_push_a_unit_once(cast):
    restore_ladder()
    unit_rules.seed(UnitRule)

    def beat(place: int) -> None:
        try:
            push_firm(cast, date(2026, 8, 1), LATE - (place % 3) * DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(beat, range(6)))
    push_firm(cast, date(2026, 8, 1), LATE + DAY)
    assert_pushed_once(1)
