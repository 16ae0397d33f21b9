"""The ladder under real concurrency on PostgreSQL: many workers, and one killed in the middle of a batch."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connection, transaction

from common import clock
from common.errors import Refused, WrongState
from common.street.processes import wait_until
from hazards.models import Hazard, HazardEvent
from supervision.models import LadderFiring, Letter
from supervision.transitions import letters, listings
from supervision.transitions.climb import escalate
from supervision.transitions.offices import letter_numbers
from tests.supervision.world import DAY, START, confirmed, many, restore_ladder

pytestmark = pytest.mark.django_db(transaction=True)
LATE = START + 21 * DAY
WORKER = """
import django; django.setup()
from datetime import datetime
from common import clock
from supervision.transitions import letters, listings
from supervision.transitions.climb import escalate
with clock.at(datetime.fromisoformat({at!r})):
    escalate(batch=10)
"""


@pytest.fixture
def crowd(cast):
    """Forty-one hazards that all became overdue yesterday."""
    restore_ladder()
    first = confirmed(cast, days=20)
    return [first, *many(first, 40)]


def in_threads(count, work):
    def run(place):
        try:
            return work(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def assert_each_step_once(hazards):
    fired = Counter(LadderFiring.objects.values_list("hazard", "round", "deadline_no", "code"))
    assert set(fired.values()) == {1}
    assert len(fired) == 4 * len(hazards)
    events = HazardEvent.objects.filter(action="ladder").values_list("hazard", flat=True)
    assert sorted(events) == sorted(hazard.pk for hazard in hazards)
    numbers = Letter.objects.values_list("number", flat=True)
    assert len(numbers) == len(set(numbers)) == len(hazards)
    assert sorted(int(number.split("〕")[1][:-1]) for number in numbers) == list(range(1, len(hazards) + 1))


def test_eight_workers_at_once_fire_every_step_once(crowd):
    def work(place):
        with clock.at(LATE):
            return escalate(batch=3).as_dict()

    results = in_threads(8, work)
    assert_each_step_once(crowd)
    assert sum(result["fired"].get("overdue", 0) for result in results) == len(crowd)
    assert not any(result["failed"] for result in results)


def test_a_worker_passes_over_rows_another_one_holds(crowd):
    held = [hazard.pk for hazard in crowd[:20]]
    with transaction.atomic():
        list(Hazard.objects.select_for_update().filter(pk__in=held))

        def work(place):
            with clock.at(LATE):
                return escalate().as_dict()["due"]

        assert in_threads(1, work) == [len(crowd) - len(held)]
    with clock.at(LATE):
        assert escalate().due == len(held)
    assert_each_step_once(crowd)


def test_a_worker_killed_in_the_middle_of_a_batch_leaves_nothing_half_done(crowd):
    last = crowd[-1]
    with transaction.atomic():
        # An uncommitted event with the key the worker is about to write makes it wait between two of its statements.
        HazardEvent.objects.create(
            hazard=last, seq=999, at=LATE, action="x", label="x", actor_name="x", key=f"ladder:{last.pk}:1:overdue"
        )
        worker = start_worker()
        assert wait_until(lambda: len(waiting()) == 1, 120)
        (backend,) = waiting()
        worker.send_signal(signal.SIGKILL)
        assert worker.wait(10) == -signal.SIGKILL
        transaction.set_rollback(True)
    assert wait_until(lambda: backend not in backends(), 30)
    done = Letter.objects.count()
    assert done == 40
    assert not LadderFiring.objects.filter(hazard=last).exists()
    with clock.at(LATE):
        assert escalate().as_dict() == {"due": 1, "fired": {"overdue": 1}, "merged": 3, "failed": 0}
        assert escalate().due == 0
    assert_each_step_once(crowd)


def start_worker() -> subprocess.Popen[bytes]:
    """A separate process that runs the escalation against the test database."""
    name = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    command = [sys.executable, "-c", WORKER.format(at=LATE.isoformat())]
    return subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address})


def waiting() -> list[int]:
    """Process ids of the backends that wait for a lock."""
    return [pid for pid, waits_for in activity() if waits_for == "Lock"]


def backends() -> set[int]:
    """Process ids of all backends of the test database."""
    return {pid for pid, _ in activity()}


def activity() -> list[tuple[int, str]]:
    """(process id, kind of wait) of every backend, read afresh although a transaction is open."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT pid, wait_event_type FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchall()


def test_numbers_never_repeat_and_leave_no_gap_under_concurrency(cast):
    office = cast.units["office"]

    def work(place):
        taken = []
        for _ in range(10):
            with transaction.atomic():
                taken += letter_numbers(office, "urge", 1)
        return taken

    numbers = [number for taken in in_threads(6, work) for number in taken]
    assert sorted(int(number.split("〕")[1][:-1]) for number in numbers) == list(range(1, 61))


def test_many_people_approving_at_once_make_one_event_and_one_number(cast):
    restore_ladder()
    with clock.at(START):
        listing = listings.propose(cast.officer, confirmed(cast).pk, reason="久拖不改")

    def work(place):
        person = cast.fresh(("head", "leader")[place % 2])
        with clock.at(START):
            try:
                return listings.perform("approve", listing.pk, person, leader="王五", waiver="急").number
            except WrongState:
                return None

    numbers = [number for number in in_threads(6, work) if number]
    assert numbers == ["甲街安督〔2026〕1号"]
    assert listing.events.filter(action="approve").count() == 1
    assert HazardEvent.objects.filter(hazard=listing.hazard, action="list").count() == 1


def test_many_people_proposing_at_once_make_one_listing(cast):
    restore_ladder()
    hazard = confirmed(cast)

    def work(place):
        with clock.at(START):
            try:
                return listings.propose(cast.fresh(("officer", "department")[place % 2]), hazard.pk, reason="x").pk
            except Refused as refusal:
                return refusal.message

    results = in_threads(6, work)
    assert sorted(map(str, results))[1:] == [listings.ALREADY] * 5


def test_two_answers_at_once_make_one(cast):
    with clock.at(START):
        typed = {"title": "x", "matter": "x", "demand": "x", "due_at": START + DAY}
        letter = letters.draft(cast.officer, kind="hint", to_unit=cast.units["firm"], **typed)
        letters.perform("send", letter.pk, cast.head)

    def work(place):
        with clock.at(START):
            try:
                return letters.perform(
                    "answer", letter.pk, cast.fresh(("safety", "principal")[place % 2]), text="已办"
                ).pk
            except WrongState:
                return None

    assert len([pk for pk in in_threads(4, work) if pk]) == 1
    assert letter.answers.count() == letter.events.filter(action="answer").count() == 1
