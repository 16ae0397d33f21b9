"""Each person is told once, whatever repeats."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, time

import pytest
from django.db import connection
from django.utils import timezone

from common import clock
from messaging import quiet
from messaging.models import Delivery, Message, Preference
from messaging.queries import unread_count
from messaging.transitions import notify, open_message, read_all
from tests.cast import build_cast

NOON = timezone.make_aware(datetime(2026, 3, 5, 12, 0))
NIGHT = timezone.make_aware(datetime(2026, 3, 5, 23, 0))


def tell(people, **changes):
    fields = {"kind": "test.kind", "title": "隐患逾期", "url": "/hazards/1/", "key": "hazard:1:overdue"} | changes
    return notify(people, **fields)


@pytest.fixture
def mail(settings, cast):
    """A mail server, and an address for the officer."""
    settings.EMAIL_HOST = "mail.invalid"
    cast.officer.email = "officer@example.com"
    cast.officer.save()


@pytest.mark.django_db
def test_a_repeated_job_tells_nobody_twice(cast):
    assert tell([cast.officer, cast.head]) == 2
    assert tell([cast.officer, cast.head, cast.grid]) == 1
    assert Message.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_many_threads_tell_each_person_once():
    cast = build_cast()

    def work(number):
        try:
            tell([cast.officer, cast.head])
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(16)))
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_telling_a_thousand_people_costs_the_same_queries(cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        tell(list(cast.people.values()))


@pytest.mark.django_db
def test_a_message_says_what_it_is_about_and_why_it_came(cast):
    tell([cast.officer], about=cast.units["firm"], why="您是该企业的监管人员")
    message = Message.objects.get()
    assert (message.about_type, message.about_id) == ("units.unit", str(cast.units["firm"].pk))
    assert message.why == "您是该企业的监管人员"


@pytest.mark.django_db
def test_people_who_left_are_not_told(cast):
    cast.grid.is_active = False
    assert tell([cast.grid]) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_message_never_leads_elsewhere(cast, url):
    with pytest.raises(ValueError, match="path of this site"):
        tell([cast.officer], url=url)


@pytest.mark.django_db
def test_only_urgent_messages_leave_at_once(cast, mail):
    with clock.at(NOON):
        tell([cast.officer])
        tell([cast.officer, cast.head], key="urgent", urgent=True)
    delivery = Delivery.objects.get()
    assert (delivery.recipient, delivery.message.urgent, delivery.next_try_at) == (cast.officer, True, NOON)


@pytest.mark.django_db
def test_an_urgent_message_waits_for_the_end_of_quiet_hours(cast, mail):
    with clock.at(NIGHT):
        tell([cast.officer], urgent=True)
    assert Delivery.objects.get().next_try_at == timezone.make_aware(datetime(2026, 3, 6, 7, 30))


@pytest.mark.django_db
def test_a_muted_channel_is_not_used(cast, mail):
    Preference.objects.create(user=cast.officer, muted=["EMAIL"])
    tell([cast.officer], urgent=True)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(
    ("at", "start", "end", "expected"),
    [
        ((5, 12, 0), (21, 0), (7, 30), (5, 12, 0)),
        ((5, 21, 0), (21, 0), (7, 30), (6, 7, 30)),
        ((5, 3, 0), (21, 0), (7, 30), (5, 7, 30)),
        ((5, 7, 30), (21, 0), (7, 30), (5, 7, 30)),
        ((5, 13, 0), (12, 0), (14, 0), (5, 14, 0)),
        ((5, 13, 0), (9, 0), (9, 0), (5, 13, 0)),
    ],
)
def test_quiet_hours_end_when_they_end(at, start, end, expected):
    def moment(day, hour, minute):
        return timezone.make_aware(datetime(2026, 3, day, hour, minute))

    preference = Preference(quiet_from=time(*start), quiet_until=time(*end))
    assert quiet.next_moment(preference, moment(*at)) == moment(*expected)


@pytest.mark.django_db
def test_opening_counts_down_and_keeps_the_first_time(cast):
    tell([cast.officer])
    tell([cast.officer], key="second")
    message = Message.objects.first()
    with clock.at(NOON):
        open_message(message)
    with clock.at(NIGHT):
        open_message(message)
    message.refresh_from_db()
    assert message.read_at == NOON
    assert unread_count(cast.officer) == 1
    assert read_all(cast.officer) == 1
    assert unread_count(cast.officer) == 0
