"""The end of a stage becomes the deadline of the tasks that have none."""

from __future__ import annotations

from datetime import date

import pytest

from common.errors import Forbidden, Refused
from tasks.models import TaskTerm
from tasks.transitions.editing import due_by_stage
from tasks.transitions.plans import StageData
from tests.tasks.builders import plan_of, task_data

END = date(2026, 10, 31)


@pytest.fixture
def plan(cast):
    """Two tasks without a deadline, one with; a stage that ends and one that does not."""
    bare = [task_data(cast, title, terms=()) for title in ("排查", "整治")]
    stages = (StageData("排查阶段", None, END), StageData("巩固阶段", date(2026, 11, 1)))
    return plan_of(cast, *bare, task_data(cast, "总结"), stages=stages)


def give(cast, plan, stage, by="officer"):
    ids = list(plan.tasks.values_list("pk", flat=True))
    return due_by_stage(cast.fresh(by), ids, plan.stages.get(name=stage).pk)


def terms(plan):
    found = TaskTerm.objects.filter(task__plan=plan).order_by("task__order")
    return [(term.task.title, term.due_on, term.text) for term in found]


def test_every_task_without_a_deadline_gets_the_end_of_the_stage_and_the_others_keep_theirs(cast, plan):
    assert give(cast, plan, "排查阶段") == 2
    given = [("排查", END, "排查阶段"), ("整治", END, "排查阶段")]
    assert terms(plan) == [*given, ("总结", date(2026, 12, 31), "")]


def test_giving_it_twice_gives_nothing_more(cast, plan):
    give(cast, plan, "排查阶段")
    assert give(cast, plan, "排查阶段") == 0
    assert len(terms(plan)) == 3


def test_a_stage_without_an_end_gives_no_deadline(cast, plan):
    with pytest.raises(Refused, match="该阶段没有结束日期"):
        give(cast, plan, "巩固阶段")
    assert len(terms(plan)) == 1


def test_the_stage_of_another_plan_is_refused(cast, plan):
    other = plan_of(cast, task_data(cast, "别的", terms=()))
    with pytest.raises(Refused):
        due_by_stage(cast.fresh("officer"), [other.tasks.get().pk], plan.stages.get(name="排查阶段").pk)


def test_who_does_not_manage_the_tasks_gives_none(cast, plan):
    with pytest.raises(Forbidden):
        give(cast, plan, "排查阶段", by="grid")
    assert len(terms(plan)) == 1


def test_the_button_of_the_plan_gives_it_to_the_ticked_tasks(as_, cast, plan):
    task, stage = plan.tasks.get(title="整治"), plan.stages.get(name="排查阶段")
    page = as_("officer").post(f"/tasks/plans/{plan.pk}/assign/", {"ids": [task.pk], "stage": stage.pk}, follow=True)
    assert "已为1项未设时限的任务设定阶段时限" in page.content.decode()
    assert [row for row in terms(plan) if row[1] == END] == [("整治", END, "排查阶段")]
