"""The ladder as pure arithmetic."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from supervision.ladder import Edition, Rung, Traits, climb, edition_for, moment, plan
from supervision.ladder_defaults import halved, offsets_of

DUE = timezone.make_aware(datetime(2026, 9, 28, 17, 0))
LONG_AGO = DUE - timedelta(days=60)
RUNGS = tuple(Rung(code, days) for code, days in offsets_of("key").items())
DAY = timedelta(days=1)


def test_the_starting_offsets_are_those_of_the_design():
    assert list(offsets_of("general").values()) == [-7, -3, -1, 1, 7, 15, 30, 45, 60]
    assert list(offsets_of("major").values()) == [-4, -2, -1, 1, 4, 8, 15, 23, 30]


@pytest.mark.parametrize(("days", "half"), [(-7, -4), (-1, -1), (1, 1), (7, 4), (60, 30)])
def test_halved_intervals_never_fall_onto_the_deadline(days, half):
    assert halved(days) == half


def test_natural_days_keep_the_time_of_day_and_run_through_holidays():
    assert moment(DUE, Rung("urge", 7)) == DUE + 7 * DAY


@pytest.mark.django_db
def test_working_days_skip_the_national_day_holiday():
    after = moment(DUE, Rung("urge", 3, working=True))
    assert timezone.localtime(after).date() == date(2026, 10, 8)


def test_without_a_deadline_there_are_no_steps():
    assert plan(None, RUNGS) == []
    assert climb(None, RUNGS, set_at=LONG_AGO, fired=(), now=DUE).fire is None


def test_before_the_first_step_the_ladder_only_notes_when_to_look_again():
    result = climb(DUE, RUNGS, set_at=LONG_AGO, fired=(), now=DUE - 8 * DAY)
    assert (result.fire, result.merged, result.next_at) == (None, (), DUE - 7 * DAY)


def test_reminders_before_the_deadline_was_set_are_left_out():
    result = climb(DUE, RUNGS, set_at=DUE - DAY / 2, fired=(), now=DUE - DAY / 3)
    assert result.fire is None
    assert result.next_at == DUE + DAY


def test_after_downtime_the_highest_passed_step_fires_and_takes_the_others_along():
    result = climb(DUE, RUNGS, set_at=LONG_AGO, fired={"remind_1"}, now=DUE + 16 * DAY)
    assert result.fire is not None
    assert result.fire.code == "notice"
    assert [step.code for step in result.merged] == ["remind_2", "remind_3", "overdue", "urge"]
    assert result.next_at == DUE + 30 * DAY


def test_nothing_fires_below_what_has_fired():
    result = climb(DUE, RUNGS, set_at=LONG_AGO, fired={"talk"}, now=DUE + 31 * DAY)
    assert result.fire is None
    assert result.next_at == DUE + 45 * DAY


def test_above_the_last_step_there_is_nothing_to_wait_for():
    result = climb(DUE, RUNGS, set_at=LONG_AGO, fired={"publish"}, now=DUE + 61 * DAY)
    assert (result.fire, result.next_at) == (None, None)


def test_a_deadline_that_had_passed_when_it_was_set_fires_its_highest_step():
    result = climb(DUE, RUNGS, set_at=DUE + 40 * DAY, fired=(), now=DUE + 40 * DAY)
    assert result.fire is not None
    assert result.fire.code == "talk"
    assert "remind_1" not in [step.code for step in result.merged]


def test_the_deepest_area_and_then_the_newest_edition_in_force_holds():
    def edition(pk, area, day):
        return Edition(pk, "", "key", area, day, "", RUNGS)

    editions = [
        edition(1, "", date(2020, 1, 1)),
        edition(2, "0001.", date(2020, 1, 1)),
        edition(3, "0001.", date(2026, 9, 1)),
        edition(4, "0001.", date(2027, 1, 1)),
    ]
    chosen = [edition_for(editions, Traits("key", path), date(2026, 9, 5)) for path in ("0001.0002.", "0002.")]
    assert [found.pk for found in chosen if found] == [3, 1]
    assert edition_for(editions, Traits("major", "0001."), date(2026, 9, 5)) is None
