"""Recurring tasks open by themselves, once per unit and period, and not beyond their plan."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.utils import timezone

from common import clock
from tasks.models import Assignment, TaskTerm
from tasks.occurrences import following, in_period
from tasks.transitions.assigning import assign, open_recurring, settle_merged
from tasks.transitions.plans import TermData
from tests.tasks.builders import plan_of, task_data
from units.merging import move_references
from units.models import Unit

QUARTERLY = TermData(period=TaskTerm.Period.QUARTER, text="每季度")


def on(text: str):
    return clock.at(timezone.make_aware(datetime.fromisoformat(f"{text}T08:00")))


@pytest.mark.parametrize(
    ("period", "day", "month", "on_day", "key", "label", "due"),
    [
        ("month", "2026-02-10", None, None, "2026-02", "2026年2月", "2026-02-28"),
        ("month", "2028-02-10", 1, 30, "2028-02", "2028年2月", "2028-02-29"),
        ("quarter", "2026-08-31", None, None, "2026Q3", "2026年第三季度", "2026-09-30"),
        ("quarter", "2026-08-31", 1, 15, "2026Q3", "2026年第三季度", "2026-07-15"),
        ("half", "2026-06-30", None, None, "2026H1", "2026年上半年", "2026-06-30"),
        ("year", "2026-11-01", 4, 30, "2026", "2026年", "2026-04-30"),
    ],
)
def test_an_occurrence_is_named_by_its_period_and_due_on_its_day(period, day, month, on_day, key, label, due):
    found = in_period(period, date.fromisoformat(day), month, on_day)
    assert found == (key, label, date.fromisoformat(due))


def test_the_occurrence_after_the_last_quarter_is_of_next_year():
    assert following("quarter", date(2026, 12, 31)).key == "2027Q1"


def given(cast, *terms, **facts):
    task = plan_of(cast, task_data(cast, terms=terms), **facts).tasks.get()
    assign(cast.fresh("officer"), [task.pk])
    return task


def keys(cast):
    found = Assignment.objects.filter(unit=cast.units["village"]).order_by("occurrence")
    return list(found.values_list("occurrence", flat=True))


def test_each_period_opens_once_however_often_the_job_runs(cast):
    with on("2026-07-05"):
        given(cast, QUARTERLY)
    with on("2026-10-01"):
        assert open_recurring() == 2
        assert open_recurring() == 0
    assert keys(cast) == ["2026Q3", "2026Q4"]


def test_periods_that_passed_while_nothing_ran_are_opened_too(cast):
    with on("2026-07-05"):
        given(cast, QUARTERLY)
    with on("2027-02-01"):
        open_recurring()
    assert keys(cast) == ["2026Q3", "2026Q4", "2027Q1"]


def test_nothing_opens_after_the_plan_has_ended(cast):
    with on("2026-07-05"):
        given(cast, QUARTERLY, ends_on=date(2026, 9, 30))
    with on("2026-11-01"):
        assert open_recurring() == 0


def test_a_yearly_day_that_has_passed_is_given_out_for_next_year(cast):
    with on("2026-09-01"):
        given(cast, TermData(period=TaskTerm.Period.YEAR, month=4, day=30, text="每年4月30日前"))
        assert open_recurring() == 0
    assert keys(cast) == ["2027"]
    assert clock.local(Assignment.objects.first().due_at).date() == date(2027, 4, 30)


def test_a_task_not_given_out_does_not_recur(cast):
    with on("2026-09-01"):
        plan_of(cast, task_data(cast, terms=(QUARTERLY,)))
        assert open_recurring() == 0


def merge(source, target):
    move_references(source, target)
    Unit.objects.filter(pk=source.pk).update(standing=Unit.Standing.MERGED, merged_into=target)


def test_what_a_merged_unit_owes_moves_to_its_successor(cast):
    village = cast.units["village"]
    with on("2026-09-01"):
        given(cast, QUARTERLY)
        successor = Unit.objects.create(kind=Unit.Kind.VILLAGE, name="甲新村", area=cast.areas["other_village"])
        merge(village, successor)
        assert settle_merged() == 0
    moved = Assignment.objects.get(unit=successor)
    assert moved.area_path == successor.area_path
    with on("2026-10-05"):
        open_recurring()
    assert Assignment.objects.filter(unit=successor).count() == 2


def test_a_part_both_had_is_cancelled_for_the_merged_unit_and_stays_with_the_successor(cast):
    with on("2026-09-01"):
        given(cast, QUARTERLY)
        merge(cast.units["village"], cast.units["department"])
        assert settle_merged() == 1
        assert settle_merged() == 0
    stranded = Assignment.objects.get(unit=cast.units["village"])
    assert stranded.state == "cancelled"
    assert "已并入甲街道应急管理综合服务中心" in stranded.events.get(action="lapse").note
