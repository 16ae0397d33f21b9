"""Assignments climb the same ladder: reminders, 提示单, 督促函, 通报; each step once, nothing without a deadline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from common import clock
from messaging.models import Message
from reports.notices.snapshot import named_tasks
from reports.statistics import Period
from supervision.models import AssignmentFiring, Letter
from supervision.task_ladder import rungs_of, why_still
from supervision.transitions.climb import escalate
from tasks.models import Assignment
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import perform
from tasks.transitions.plans import UnitData
from tests.supervision.world import restore_ladder
from tests.tasks.builders import LEAD, day, plan_of, task_data

GIVEN = timezone.make_aware(datetime(2026, 9, 1, 9, 0))
DUE = date(2026, 9, 30)
END = timezone.make_aware(datetime(2026, 9, 30, 23, 59, 59))


def given(cast, *terms):
    """The village's part of a task given out on 1 September, due on the 30th."""
    with clock.at(GIVEN):
        task = plan_of(cast, task_data(cast, terms=terms or (day(DUE.isoformat()),))).tasks.get()
        assign(cast.fresh("officer"), [task.pk], backfill=True)
    return Assignment.objects.filter(unit=cast.units["village"]).latest("pk")


def climb_on(days):
    """A run of the ladder so many days after the deadline."""
    with clock.at(END + timedelta(days=days)):
        return escalate()


def codes(record):
    return list(record.firings.filter(merged_into="").order_by("pk").values_list("code", flat=True))


def test_each_step_comes_at_its_day_and_only_once(cast):
    record = given(cast)
    for days in (-8, -7, -7, -1, 1, 1, 7, 15, 40):
        climb_on(days)
    assert codes(record) == ["remind_1", "remind_3", "overdue", "urge", "notice"]


def test_a_late_task_brings_a_hint_and_then_a_numbered_urging_letter_to_the_unit(cast):
    record = given(cast)
    climb_on(1)
    climb_on(7)
    letters = Letter.objects.filter(to_unit=record.unit).order_by("pk")
    assert [(letter.kind, letter.state) for letter in letters] == [("hint", "sent"), ("urge", "sent")]
    assert all(letter.number for letter in letters)
    assert "已逾期7天" in letters[1].matter
    assert letters[1].due_at is not None
    assert Message.objects.filter(recipient=cast.people["grid"], kind="supervision.ladder").count() == 2


def test_an_office_that_is_late_itself_gets_no_letter_of_its_own_and_is_reported_upward(cast):
    with clock.at(GIVEN):
        units = (UnitData(cast.units["office"], LEAD),)
        task = plan_of(cast, task_data(cast, units=units, terms=(day(DUE.isoformat()),))).tasks.get()
        assign(cast.fresh("officer"), [task.pk], backfill=True)
    for days in (1, 7, 15):
        climb_on(days)
    record = Assignment.objects.get()
    assert codes(record) == ["overdue", "urge", "notice"]
    assert not Letter.objects.exists()
    told = Message.objects.filter(kind="supervision.ladder").values_list("recipient__username", "title")
    assert {name for name, title in told if title.startswith("逾期提示")} == {"officer", "head"}
    assert {name for name, title in told if title.startswith("督促")} == {"officer", "head", "leader"}
    assert "不向自己发函" in record.events.get(data__step="urge").note


def test_the_page_says_where_on_the_ladder_the_task_stands_and_why(cast, as_):
    record = given(cast)
    climb_on(1)
    climb_on(7)
    letter = Letter.objects.get(kind="urge", to_unit=record.unit)
    with clock.at(END + timedelta(days=8)):
        rungs = rungs_of(record, cast.fresh("grid"))
        page = as_("grid").get(record.get_absolute_url()).content.decode()
    assert [(rung.code, rung.state) for rung in rungs] == [
        ("remind_1", "merged"),
        ("remind_3", "merged"),
        ("overdue", "fired"),
        ("urge", "fired"),
        ("notice", "next"),
    ]
    assert "已逾期7天；依据《任务督办阶梯》T+7日“督促”" in page
    assert letter.number in page
    assert letter.get_absolute_url() in page
    assert "下一步：2026年10月15日" in page


@pytest.mark.parametrize(("days", "said"), [(-2, "按期报告完成"), (8, "逾期8天报告完成")])
def test_the_page_of_a_finished_task_counts_no_further_than_its_report(cast, as_, days, said):
    record = given(cast)
    with clock.at(END + timedelta(days=days)):
        perform("submit_completion", record.pk, cast.fresh("grid"), text="完成", no_evidence_reason="无")
        perform("accept", record.pk, cast.fresh("officer"))
    with clock.at(END + timedelta(days=90)):
        page = as_("grid").get(record.get_absolute_url()).content.decode()
    assert f"完成时限2026年9月30日，{said}。" in page


@pytest.mark.parametrize(
    ("terms", "state", "said"),
    [
        ((), {}, "未设完成时限"),
        ((day("2020-12-31"),), {}, "下达时已过时限"),
        ((day("2026-09-30"),), {"state": "submitted"}, "审核期间不再升级"),
        ((day("2026-09-30"),), {"state": "done"}, "已办结或取消"),
    ],
)
def test_the_page_says_why_nothing_will_fire(cast, terms, state, said):
    with clock.at(GIVEN):
        task = plan_of(cast, task_data(cast, terms=terms)).tasks.get()
        assign(cast.fresh("officer"), [task.pk], backfill=True)
        Assignment.objects.update(**{"percent": 0, **state})
        record = Assignment.objects.get(unit=cast.units["village"])
        assert said in why_still(record)
        assert not [rung for rung in rungs_of(record, cast.fresh("grid")) if rung.state == "next"]


def test_after_downtime_the_highest_step_takes_the_lower_ones_along(cast):
    record = given(cast)
    climb_on(16)
    assert codes(record) == ["notice"]
    assert record.firings.filter(merged_into="notice").count() == 4
    assert not Letter.objects.exists()


def test_what_is_reported_complete_does_not_climb_until_it_comes_back(cast):
    record = given(cast)
    with clock.at(END - timedelta(days=10)):
        perform("submit_completion", record.pk, cast.fresh("grid"), text="完成", no_evidence_reason="无")
    climb_on(2)
    assert codes(record) == []
    with clock.at(END + timedelta(days=2, hours=2)):
        perform("return_completion", record.pk, cast.fresh("officer"), reason="佐证不足")
        escalate()
    assert codes(record) == ["overdue"]


def test_a_moved_deadline_starts_the_ladder_anew(cast):
    record = given(cast)
    climb_on(1)
    with clock.at(END + timedelta(days=2)):
        later = END + timedelta(days=20)
        perform("change_deadline", record.pk, cast.fresh("officer"), due_at=later, reason="上级调整")
    climb_on(3)
    assert codes(record) == ["overdue"]
    climb_on(21)
    assert codes(record) == ["overdue", "overdue"]


def test_neither_a_task_without_a_deadline_nor_one_caught_up_ever_climbs(cast):
    given(cast, day("2020-12-31"))
    with clock.at(GIVEN):
        task = plan_of(cast, task_data(cast, terms=())).tasks.get()
        assign(cast.fresh("officer"), [task.pk])
    climb_on(400)
    assert not AssignmentFiring.objects.exists()


def test_the_step_of_the_notice_puts_the_unit_into_the_next_notice(cast):
    record = given(cast)
    climb_on(15)
    rows = named_tasks(cast.units["office"], Period.month(2026, 10))
    assert {row["id"] for row in rows} == set(Assignment.objects.values_list("pk", flat=True))
    assert next(row for row in rows if row["id"] == record.pk)["unit"] == "甲村"


@pytest.mark.django_db(transaction=True)
def test_four_runs_at_once_fire_each_step_once(cast):
    restore_ladder()
    record = given(cast)
    start = Barrier(4)

    def run():
        start.wait()
        climb_on(7)
        connection.close()

    threads = [Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes(record) == ["urge"]
    assert Letter.objects.filter(to_unit=record.unit).count() == 1
