"""Yesterday's backup restored: numbers go on where the office's paper ends, steps that went out do not go out again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from audit.models import AuditEntry
from common import clock, numbering, outside
from common.numbering import take
from hazards import transitions as hazards
from hazards.models import HazardEvent
from messaging.models import Message
from supervision import unit_rules
from supervision.jobs import watch_numbers
from supervision.models import LadderFiring, Letter, UnitMonth, UnitRule
from supervision.transitions.climb import escalate
from supervision.transitions.offices import letter_numbers as take_letters
from supervision.transitions.unit_months import open_month
from supervision.unit_rules import MonthFigures
from tests.supervision.faults import backup, dies_at
from tests.supervision.world import DAY, START, confirmed, restore_ladder
from units.models import Unit

pytestmark = pytest.mark.django_db(transaction=True)
URGED, TALKED = START + 27 * DAY, START + 51 * DAY


@pytest.fixture(autouse=True)
def notes(settings, tmp_path):
    """Notes beside this test's database."""
    settings.OUTSIDE_NOTES = str(tmp_path)
    numbering._noted = numbering._Noted()
    return tmp_path


@pytest.fixture
def first(cast):
    restore_ladder()
    return confirmed(cast, days=20)


def climb(at) -> dict:
    with clock.at(at):
        return escalate().as_dict()["fired"]


def given(series: str = "甲", count: int = 1) -> int:
    with transaction.atomic():
        return take(series, 2026, count)


def letter_numbers() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("number", flat=True))


def gaps() -> list[tuple[int, int]]:
    entries = AuditEntry.objects.filter(action="supervision.numbers_recovered").order_by("pk")
    return [(entry.after["first"], entry.after["last"]) for entry in entries]


def test_after_a_restore_the_next_number_follows_the_highest_ever_given(cast):
    assert given() == 1
    with backup() as restore:
        assert [given(), given(), given(count=3)] == [2, 3, 6]
        restore()
        assert [given(), given(count=2)] == [7, 9]
    assert gaps() == [(2, 6)]
    message = Message.objects.filter(recipient=cast.officer, kind="supervision.number_gap").get()
    assert "2至6号" in message.title
    assert message.urgent


def test_the_watch_finds_the_gap_before_anybody_asks_for_a_number(cast):
    given()
    with backup() as restore:
        given()
        restore()
        assert [watch_numbers(), watch_numbers()] == [1, 0]
        assert given() == 3
    assert gaps() == [(2, 2)]


def test_a_series_the_backup_does_not_know_at_all_goes_on(cast):
    given("别的")
    with backup() as restore:
        given("新的", 4)
        restore()
        assert given("新的") == 5
    assert gaps() == [(1, 4)]


def test_without_a_restore_nothing_is_skipped(cast):
    for _ in range(3):
        given()
        with transaction.atomic():
            take("甲", 2026, 5)
            transaction.set_rollback(True)
    assert given() == 4
    assert watch_numbers() == 0
    assert gaps() == []


def test_what_a_dying_process_did_not_note_is_noted_by_the_watch(cast):
    given()
    assert dies_at(1, given, commit="after")
    assert watch_numbers() == 0
    with backup() as restore:
        given()
        restore()
        assert given() == 4
    assert gaps() == [(3, 3)]


def test_another_database_beside_the_same_notes_counts_from_one(cast, notes):
    given(count=9)
    outside_folder = outside.folder()
    with transaction.atomic():
        from common.models import NumberSeries

        NumberSeries.objects.all().delete()
    assert given() == 1
    assert outside.folder() != outside_folder


def test_a_step_that_went_out_before_the_restore_does_not_go_out_again(cast, first):
    with backup() as restore:
        assert climb(URGED) == {"urge": 1}
        (number,) = letter_numbers()
        restore()
        assert climb(URGED + timedelta(hours=1)) == {}
        assert letter_numbers() == []
        assert LadderFiring.objects.get(merged_into="").code == "urge"
        event = HazardEvent.objects.get(action="ladder")
        assert "恢复备份之前已于2026年9月28日" in event.note
        assert not Message.objects.filter(kind="supervision.ladder").exists()
        assert climb(START + 36 * DAY) == {"notice": 1}
        assert climb(TALKED) == {"talk": 1}
        assert given_again(cast.units["office"]) == int(number.split("〕")[1][:-1]) + 1


def given_again(office: Unit) -> int:
    """The number of the next 督促函 of the office."""
    with transaction.atomic():
        (number,) = take_letters(office, "urge", 1)
    return int(number.split("〕")[1][:-1])


def test_what_the_backup_knows_is_not_entered_twice(first):
    climb(URGED)
    with backup() as restore:
        climb(TALKED)
        restore()
        assert climb(TALKED + timedelta(hours=1)) == {}
    assert LadderFiring.objects.filter(code="urge").count() == 1
    assert LadderFiring.objects.filter(code="talk").count() == 1
    assert Letter.objects.count() == 1


def test_a_deadline_the_backup_does_not_have_fires_for_itself(cast, first):
    with backup() as restore:
        with clock.at(START + 5 * DAY):
            asked = {"due": START + 22 * DAY, "reason": "x", "protection": "x"}
            hazards.perform("request_extension", first.pk, cast.safety, **asked)
            hazards.perform("grant_extension", first.pk, cast.head)
        climb(START + 24 * DAY)
        restore()
        assert climb(START + 24 * DAY) == {"overdue": 1}
    assert set(LadderFiring.objects.values_list("deadline_no", flat=True)) == {1}


def test_a_step_fired_after_the_recall_is_noted_again(first):
    with backup() as restore:
        climb(URGED)
        restore()
        climb(URGED)
        climb(TALKED)
        restore()
        assert climb(TALKED) == {}
    assert sorted(LadderFiring.objects.filter(merged_into="").values_list("code", flat=True)) == ["talk", "urge"]


MONTH, JUDGED = date(2026, 9, 1), timezone.make_aware(datetime(2026, 10, 9, 9, 0))


def push(cast) -> dict:
    """The firm's September is opened, unless it is, and the ladder climbs."""
    with clock.at(JUDGED):
        open_month(cast.units["office"], MONTH, [MonthFigures(cast.units["firm"].pk, "unit", 10, 5)])
        return escalate().as_dict()["fired"]


@pytest.mark.parametrize("known", ["nothing", "that the month was opened"])
def test_a_unit_pushed_before_the_restore_is_not_pushed_again(cast, known):
    unit_rules.seed(UnitRule)
    outside.folder()  # the installation is older than its backup
    with clock.at(JUDGED):
        if known != "nothing":
            open_month(cast.units["office"], MONTH, [MonthFigures(cast.units["firm"].pk, "unit", 10, 5)])
    with backup() as restore:
        assert push(cast) == {"poor": 1}
        restore()
        assert climb(JUDGED) == {}
        assert push(cast) == {}
    assert not Letter.objects.exists()
    month = UnitMonth.objects.get()
    assert set(month.firings.values_list("code", "merged_into")) == {("low", "poor"), ("poor", "")}
    assert (month.ladder_step, month.next_step_at) == ("poor", None)
    assert month.events.get(action="ladder").label == "按期整改率低或连续偏低（补记）"
    assert given_again(cast.units["office"]) == 2
