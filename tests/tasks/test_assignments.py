"""An assignment from giving out to done: what each step writes, refuses and tells."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common import clock
from common.errors import Forbidden, Refused
from messaging.models import Message
from tasks.models import Assignment, ProgressReport
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import perform
from tests.tasks.builders import assigned, day, plan_of, submitted, task_data


def test_giving_out_opens_one_assignment_per_unit_and_tells_its_people_once(cast):
    plan = plan_of(cast, task_data(cast), task_data(cast, "第二项"))
    opened = assign(cast.fresh("officer"), [task.pk for task in plan.tasks.all()]).opened
    assert sorted(row.unit.name for row in opened) == sorted([cast.units["department"].name, "甲村"] * 2)
    told = Message.objects.filter(recipient=cast.people["grid"])
    assert [message.title for message in told] == ["下达任务2项：三年行动方案"]


def test_giving_out_twice_opens_nothing_new(cast):
    plan = plan_of(cast)
    task = plan.tasks.get()
    assign(cast.fresh("officer"), [task.pk])
    assert assign(cast.fresh("officer"), [task.pk]).opened == []
    assert Assignment.objects.count() == 2


def test_a_term_that_has_passed_is_given_out_only_when_caught_up_on_purpose(cast):
    task = plan_of(cast, task_data(cast, terms=(day("2020-12-31"),))).tasks.get()
    done = assign(cast.fresh("officer"), [task.pk])
    assert done.opened == []
    assert "2020年12月31日已过" in done.skipped[task.pk]
    assert len(assign(cast.fresh("officer"), [task.pk], backfill=True).opened) == 2


def test_another_department_does_not_give_out_a_task_it_neither_owns_nor_leads(cast):
    task = plan_of(cast, task_data(cast, units=())).tasks.get()
    with pytest.raises(Forbidden):
        assign(cast.fresh("department"), [task.pk])


def test_progress_keeps_percent_text_figures_and_files(cast, photo):
    record = assigned(cast)
    figures = [{"of": "每季度不少于3次", "value": "2次"}]
    after = perform(
        "report_progress",
        record.pk,
        cast.fresh("grid"),
        text="已检查两次",
        percent=60,
        figures=figures,
        files=[photo("grid")],
    )
    report = after.reports.get()
    assert (after.state, after.percent, after.latest) == ("in_progress", 60, "已检查两次")
    assert report.figures == figures
    assert report.attachments.count() == 1


@pytest.mark.parametrize("percent", [None, -1, 100, 101])
def test_progress_of_a_hundred_percent_is_reported_as_completion(cast, percent):
    with pytest.raises(Refused) as refused:
        perform("report_progress", assigned(cast).pk, cast.fresh("grid"), text="x", percent=percent)
    assert "percent" in refused.value.fields


def test_files_of_somebody_else_are_no_evidence(cast, photo):
    with pytest.raises(Forbidden):
        perform("report_progress", assigned(cast).pk, cast.fresh("grid"), text="x", percent=1, files=[photo("officer")])


def test_completion_needs_evidence_or_the_reason_there_is_none(cast):
    with pytest.raises(Refused) as refused:
        perform("submit_completion", assigned(cast).pk, cast.fresh("grid"), text="完成")
    assert "files" in refused.value.fields


def test_acceptance_ends_it_and_tells_the_unit(cast):
    record = perform("accept", submitted(cast).pk, cast.fresh("officer"), opinion="同意")
    assert (record.state, record.percent) == ("done", 100)
    assert record.reports.get().outcome == ProgressReport.Outcome.ACCEPTED
    assert Message.objects.filter(recipient=cast.people["grid"], title__startswith="任务审核通过").exists()


def test_whoever_reported_does_not_judge_in_another_hat(cast):
    record = submitted(cast)
    Assignment.objects.filter(pk=record.pk).update(submitted_by=cast.people["officer"])
    with pytest.raises(Forbidden):
        perform("accept", record.pk, cast.fresh("officer"))


def test_a_return_falls_back_to_the_percent_reported_on_the_way(cast):
    record = assigned(cast)
    perform("report_progress", record.pk, cast.fresh("grid"), text="过半", percent=60)
    perform("submit_completion", record.pk, cast.fresh("grid"), text="完成", no_evidence_reason="无")
    returned = perform("return_completion", record.pk, cast.fresh("head"), reason="佐证不足")
    assert (returned.state, returned.percent, returned.round) == ("in_progress", 60, 1)
    assert returned.submitted_at is None


def test_a_moved_deadline_keeps_the_first_one(cast):
    record = assigned(cast)
    before = record.due_at
    later = clock.now() + timedelta(days=400)
    moved = perform("change_deadline", record.pk, cast.fresh("officer"), due_at=later, reason="上级部署调整")
    assert (moved.due_at, moved.original_due_at) == (later, before)
    event = moved.events.order_by("-pk")[0]
    assert event.data["due_before"] == before.isoformat()


def test_a_deadline_is_not_moved_into_the_past(cast):
    with pytest.raises(Refused):
        perform("change_deadline", assigned(cast).pk, cast.fresh("officer"), due_at=clock.now(), reason="x")


def test_one_reminder_a_day_is_enough(cast):
    record = assigned(cast)
    perform("remind", record.pk, cast.fresh("officer"))
    with pytest.raises(Refused):
        perform("remind", record.pk, cast.fresh("head"))
    with clock.at(clock.now() + timedelta(days=1)):
        perform("remind", record.pk, cast.fresh("head"))
