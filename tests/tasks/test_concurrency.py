"""Many callers at once on PostgreSQL: one event, one assignment per unit and period, one person who was first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from django.db import connection
from django.utils import timezone

from common import clock
from common.errors import WrongState
from tasks.models import (
    Assignment,
    AssignmentEvent,
    Plan,
    PlanDraft,
    Task,
    TaskTerm,
    YearlyPaper,
    YearlyPaperEvent,
)
from tasks.transitions import drafts, yearly, yearly_drafts
from tasks.transitions.assigning import assign, open_recurring
from tasks.transitions.assignments import perform
from tasks.transitions.plans import TermData
from tests.tasks.builders import plan_of, submitted, task_data
from tests.tasks.drafts import PLAN

pytestmark = pytest.mark.django_db(transaction=True)
CALLERS = 6


def at_once(work):
    """What `work` gave each of six callers; a refusal is given as its kind."""

    def run(_):
        try:
            return work()
        except WrongState as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(CALLERS) as pool:
        return list(pool.map(run, range(CALLERS)))


def test_one_of_many_acceptances_holds_and_the_others_are_told(cast):
    record, officer = submitted(cast), cast.fresh("officer")
    answers = at_once(lambda: perform("accept", record.pk, officer).state)
    assert answers.count("done") == 1
    assert AssignmentEvent.objects.filter(assignment=record, action="accept").count() == 1


def test_a_task_given_out_by_many_at_once_is_opened_once_per_unit(cast):
    task, officer = plan_of(cast, task_data(cast)).tasks.get(), cast.fresh("officer")
    at_once(lambda: len(assign(officer, [task.pk]).opened))
    assert Assignment.objects.filter(task=task).count() == 2
    assert AssignmentEvent.objects.filter(action="assign").count() == 2


def test_a_period_opened_by_many_jobs_at_once_is_opened_once(cast):
    with clock.at(timezone.make_aware(datetime(2026, 7, 5, 9, 0))):
        task = plan_of(cast, task_data(cast, terms=(TermData(period=TaskTerm.Period.QUARTER),))).tasks.get()
        assign(cast.fresh("officer"), [task.pk])
    october = timezone.make_aware(datetime(2026, 10, 5, 9, 0))

    def job():
        with clock.at(october):
            return open_recurring()

    assert sum(at_once(job)) == 2
    assert Assignment.objects.filter(occurrence="2026Q4").count() == 2


def test_a_draft_confirmed_by_many_at_once_becomes_one_plan(cast):
    officer = cast.fresh("officer")
    draft = drafts.begin(officer, text=PLAN.replace("中新", "中心"))
    drafts.remember(
        officer, draft.pk, {"各村、社区": ("villages", None), "负有安全监管职责的部门": ("supervisors", None)}
    )
    answers = at_once(lambda: drafts.confirm(officer, draft.pk, give=True)[0].pk)
    assert sorted(map(str, set(answers))) == sorted(map(str, {Plan.objects.get().pk, WrongState}))
    assert answers.count(WrongState) == CALLERS - 1
    assert (Task.objects.count(), PlanDraft.objects.get().state) == (3, "confirmed")
    assert AssignmentEvent.objects.filter(action="assign").count() == Assignment.objects.count()


def test_a_paper_put_on_file_by_many_at_once_gets_one_number(cast):
    paper, _ = yearly_drafts.draft(cast.units["village"], 2026, "duties")
    grid, officer = cast.fresh("grid"), cast.fresh("officer")
    yearly.perform("edit", paper.pk, grid, items=[{"pk": None, "text": "每月检查一次"}])
    yearly.perform("file", paper.pk, grid)
    answers = at_once(lambda: yearly.perform("check", paper.pk, officer).receipt)
    assert answers.count(WrongState) == CALLERS - 1
    assert YearlyPaperEvent.objects.filter(action="check").count() == 1
    assert YearlyPaper.objects.get().receipt.endswith("1号")


def test_a_paper_begun_by_many_at_once_is_one(cast):
    grid = cast.fresh("grid")
    news = at_once(lambda: yearly_drafts.begin(grid, year=clock.today().year, kind="duties")[1])
    assert news.count(True) == 1
    assert YearlyPaperEvent.objects.filter(action="draft").count() == 1
