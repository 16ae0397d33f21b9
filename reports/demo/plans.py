"""The street's three-year plan comes in through the import: read, looked over, corrected, its names said once, confirmed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

from common import clock
from common.clock import midnight
from common.months import first_of_month
from reports.demo.calendar import office_hours
from reports.demo.play import Stage, Story
from reports.demo.world import World
from tasks.management.commands.score_plans import FOLDER
from tasks.models import Assignment, AssignmentState, Plan, PlanDraft, TaskTerm, UnitWording
from tasks.transitions import drafts
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import perform
from tasks.wordings import of_draft
from units.models import Unit, User

SEED = 20260203
TAKEN_IN = 295  # natural days before the end
WAITING = 1
SECOND = 22  # natural days before the end the second batch is given out, at the earliest in the month of the end
# Worked on like the year's own plan; of the others a part is reported on, most of it later.
FOLLOWED = ("5", "11", "39")
REPORTED = 0.1
SAID = ("已制定方案并部署到人", "正在摸底建账", "按月推进，问题已督促整改", "已组织学习，责任分解到岗")
NOBODY = UnitWording.Meaning.NOBODY
_MEANT = {
    "生态环境办公室": "生态环境和农业农村综合服务中心",
    "街道": "禄脿街道安委办",
    "禄脿场监管所": "禄脿市场监管所",
}

# A second document on the office's desk: read, not yet confirmed.
SUMMER = """禄脿街道夏季消防安全工作方案（演示）
一、主要任务
（一）排查小场所
1.检查“九小场所”。6月30日前完成一遍检查，检查率100%。（牵头单位：消防工作站，责任单位：各村、社区依职责分工负责）
2.整治飞线充电。9月底前建成集中充电点不少于20个。（责任单位：城管中心牵头，各村、社区配合）
（二）提升能力
3.开展疏散演练。每半年至少组织1次演练。（责任单位：社建办、消防工做站）
4.开展夜查。每月25日前报送夜查情况。（消防工作站、派出所）
二、工作要求
各单位要压实责任。
"""


def enter(stage: Stage, street: World, end: datetime) -> None:
    """Let both documents come in."""
    stage.enter(_nine(end - timedelta(days=TAKEN_IN)), _import_plan(stage, street, _second(end)))
    stage.enter(end - timedelta(days=WAITING), _paste_summer(street))


def _nine(moment: datetime) -> datetime:
    return midnight(moment.date()) + timedelta(hours=9)


def _second(end: datetime) -> datetime:
    """Not before the month of the end, so that nothing monthly is overdue at once; on its first day in the weeks before."""
    early = _nine(end - timedelta(days=SECOND))
    month = _nine(midnight(first_of_month(clock.local(end).date())))
    return max(early, month) if month < end - timedelta(days=1) else early


def _import_plan(stage: Stage, street: World, second: datetime) -> Story:
    office = street.people["office"]
    draft = drafts.begin(office, text=(FOLDER / "lubiao.txt").read_text(encoding="utf-8"))
    _correct(street, draft)
    drafts.remember(office, draft.pk, _meanings(street, draft))
    plan, _ = drafts.confirm(office, draft.pk)
    dice = random.Random(SEED)
    dated = TaskTerm.objects.filter(task__plan=plan)
    ahead = dated.exclude(due_on__lt=clock.today()).values("task")
    later = plan.tasks.filter(pk__in=ahead).exclude(no__in=FOLLOWED)
    now = plan.tasks.exclude(pk__in=dated.values("task")) | plan.tasks.filter(no__in=FOLLOWED)
    assign(office, [task.pk for task in now])
    _report_some(stage, street, plan, dice)
    caught_up = plan.tasks.filter(pk__in=dated.values("task")).exclude(pk__in=ahead)
    assign(office, [task.pk for task in caught_up], backfill=True)
    yield from _catch_up(street, list(Assignment.objects.filter(task__in=caught_up).order_by("pk")))
    yield second
    assign(office, [task.pk for task in later])
    _report_some(stage, street, plan, dice)


def _catch_up(street: World, parts: list[Assignment]) -> Iterator[datetime]:
    """What was due before the plan came into the system is put on record as done."""
    yield clock.now() + timedelta(hours=6)
    for part in parts:
        words = {"text": "该项任务在录入系统前已完成，资料存本单位。", "no_evidence_reason": "补录，资料为纸质"}
        perform("submit_completion", part.pk, _person(street, part), **words)
    yield clock.now() + timedelta(days=2)
    for part in parts:
        perform("accept", part.pk, street.people["office2"], opinion="补录属实，同意办结")


def _person(street: World, part: Assignment) -> User:
    return street.people_of(part.unit)[0]


def _report_some(stage: Stage, street: World, plan: Plan, dice: random.Random) -> None:
    """Some units report once within three weeks; the others have only been told."""
    parts = Assignment.objects.filter(plan=plan, state=AssignmentState.OPEN, reports=None).select_related(
        "unit", "task"
    )
    for part in parts.exclude(task__no__in=FOLLOWED).order_by("pk"):
        if dice.random() < REPORTED:
            moment = office_hours(clock.now() + timedelta(days=dice.randint(2, 18), hours=dice.randint(0, 5)), dice)
            stage.enter(moment, _report(street, part, dice.choice((15, 30, 45, 60)), dice.choice(SAID)))


def _report(street: World, part: Assignment, percent: int, said: str) -> Story:
    perform("report_progress", part.pk, _person(street, part), percent=percent, text=said)
    yield from ()


def _correct(street: World, draft: PlanDraft) -> None:
    """What the text says too loosely to give to anybody."""
    row = draft.rows.get(no="4")
    drafts.correct_row(street.people["office"], row.pk, row.version, lead=["街道安委办"], responsible=["其他有关部门"])


def _meanings(street: World, draft: PlanDraft) -> dict[str, tuple[str, Unit | None]]:
    """What is suggested is taken; for the rest the office knows, or nobody here is meant."""
    meant: dict[str, tuple[str, Unit | None]] = {}
    for each in of_draft(draft):
        if each.is_settled:
            continue
        if name := _MEANT.get(each.wording):
            meant[each.wording] = (UnitWording.Meaning.UNIT, street.units[name])
        elif each.match.meaning:
            meant[each.wording] = (each.match.meaning, each.units[0] if each.match.key else None)
        else:
            meant[each.wording] = (NOBODY, None)
    return meant


def _paste_summer(street: World) -> Story:
    drafts.begin(street.people["office2"], text=SUMMER)
    yield from ()
