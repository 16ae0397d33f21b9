"""Real threads on real PostgreSQL: many press, one acts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection

from common.errors import WrongState
from hazards import transitions
from hazards.models import Hazard, HazardEvent
from tests.hazards.builders import hazard_in

THREADS = 12


def all_at_once(work):
    """Run `work(i)` in THREADS threads and return results or exceptions."""

    def one(index):
        try:
            return work(index)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


@pytest.mark.django_db(transaction=True)
def test_many_people_confirm_and_one_event_is_written(cast):
    hazard = hazard_in(cast, "reported")
    people = [cast.officer, cast.head, cast.department, cast.grid]
    results = all_at_once(lambda i: transitions.perform("confirm", hazard.pk, people[i % 4], responsible_person="李四"))
    lost = [result for result in results if isinstance(result, WrongState)]
    assert len(lost) == THREADS - 1
    assert "已被测试" in str(lost[0])
    assert hazard.events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_numbers_never_repeat_and_leave_no_gap(cast, photo):
    shots = [photo("safety") for _ in range(THREADS)]
    results = all_at_once(
        lambda i: transitions.report(cast.fresh("safety"), unit=cast.units["firm"], description="x", photos=[shots[i]])
    )
    numbers = sorted(int(hazard.number.rsplit("-", 1)[1]) for hazard in results)
    assert numbers == list(range(1, THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_one_form_sent_many_times_reports_one_hazard(cast, photo):
    once, shot = uuid4(), photo("safety")
    results = all_at_once(
        lambda i: transitions.report(
            cast.fresh("safety"), unit=cast.units["firm"], description="x", photos=[shot], once=once
        )
    )
    assert {getattr(result, "pk", result) for result in results} == {Hazard.objects.get().pk}


@pytest.mark.django_db
@pytest.mark.parametrize("change", [lambda events: events.update(note="改"), lambda events: events.delete()])
def test_the_event_log_refuses_to_be_changed(cast, photo, change):
    hazard = transitions.report(cast.safety, unit=cast.units["firm"], description="x", photos=[photo("safety")])
    with pytest.raises(IntegrityError, match="append-only"):
        change(HazardEvent.objects.filter(hazard=hazard))
