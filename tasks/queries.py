"""Reads across plans, tasks and assignments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from common import clock
from common.wording import cn_date
from tasks.models import (
    LIVE_STATES,
    RUNNING_STATES,
    Assignment,
    AssignmentState,
    Plan,
    PlanStage,
    ProgressReport,
    Task,
    TaskTerm,
    TaskUnit,
)
from units.roles import Right


def counts(rows: QuerySet[Assignment]) -> dict[str, int]:
    """How many are done, running, waiting for review and late, in one query; cancelled ones count nowhere."""
    late = Q(state__in=RUNNING_STATES, due_at__lt=clock.now())
    return rows.order_by().aggregate(
        total=Count("pk", filter=~Q(state=AssignmentState.CANCELLED)),
        live=Count("pk", filter=Q(state__in=LIVE_STATES)),
        submitted=Count("pk", filter=Q(state=AssignmentState.SUBMITTED)),
        done=Count("pk", filter=Q(state=AssignmentState.DONE)),
        late=Count("pk", filter=late),
    )


def plans(user: Any) -> QuerySet[Plan]:
    """Plans in the user's scope, each with how many tasks, assignments, finished and late ones it has."""
    mine = Assignment.objects.for_user(user).filter(plan=OuterRef("pk")).order_by().values("plan")
    late = mine.filter(state__in=RUNNING_STATES, due_at__lt=clock.now())
    return Plan.objects.for_user(user).select_related("owner").defer("text").annotate(
        task_count=_count(Task.objects.for_user(user).filter(plan=OuterRef("pk")).order_by().values("plan")),
        given_count=_count(mine.exclude(state=AssignmentState.CANCELLED)),
        done_count=_count(mine.filter(state=AssignmentState.DONE)),
        late_count=_count(late),
    )  # fmt: skip


def _count(rows: QuerySet[Any]) -> Any:
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)


def assignments(user: Any) -> QuerySet[Assignment]:
    """Assignments in the user's scope with what a row shows."""
    evidence = ProgressReport.attachments.through.objects.filter(progressreport__assignment=OuterRef("pk"))
    return (
        Assignment.objects.for_user(user)
        .select_related("task__action", "plan", "unit")
        .defer("plan__text", "task__text")
        .annotate(has_evidence=Exists(evidence))
    )


def to_do(user: Any) -> QuerySet[Assignment]:
    """What the user's own unit still has to do, the most urgent first."""
    mine = Assignment.objects.for_user(user, Right.REPORT_TASK)
    return mine.filter(state__in=RUNNING_STATES).select_related("task", "plan").order_by("due_at", "pk")


def to_judge(user: Any) -> QuerySet[Assignment]:
    """What waits for the user's review: of their own plans for a department, of everything else for the office."""
    waiting = Assignment.objects.for_user(user, Right.MANAGE_TASK).filter(state=AssignmentState.SUBMITTED)
    return waiting.exclude(submitted_by=user).select_related("task", "plan", "unit").order_by("submitted_at", "pk")


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Of these attachments, those of reports on assignments the user may read."""
    through = ProgressReport.attachments.through.objects.filter(
        attachment_id__in=ids, progressreport__assignment__in=Assignment.objects.for_user(user)
    )
    return set(through.values_list("attachment_id", flat=True))


def named_of(tasks: Any) -> dict[int, dict[str, list[str]]]:
    """Task → role → names of the units, in the order of the text."""
    found: dict[int, dict[str, list[str]]] = {}
    for task, role, name in (
        TaskUnit.objects.filter(task__in=tasks).order_by("pk").values_list("task_id", "role", "unit__name")
    ):
        found.setdefault(task, {}).setdefault(role, []).append(name)
    return found


@dataclass(frozen=True)
class StageRow:
    """A stage with what is due in it."""

    stage: PlanStage
    total: int
    done: int
    late: int


def stages(user: Any, plan: Plan) -> list[StageRow]:
    """The plan's stages with the assignments in the user's scope due in each; two queries."""
    rows = Assignment.objects.for_user(user).filter(plan=plan).exclude(state=AssignmentState.CANCELLED)
    facts = list(rows.order_by().values_list("due_at", "state"))
    now = clock.now()
    found = []
    for stage in plan.stages.all():
        inside = [(due, state) for due, state in facts if due and in_stage(stage, clock.local(due).date())]
        done = sum(state == AssignmentState.DONE for _, state in inside)
        late = sum(state in RUNNING_STATES and due < now for due, state in inside)
        found.append(StageRow(stage, len(inside), done, late))
    return found


def in_stage(stage: PlanStage, day: date) -> bool:
    """Whether `day` lies in the stage; an open end reaches without limit, a stage without dates holds nothing."""
    if stage.starts_on is None and stage.ends_on is None:
        return False
    return (stage.starts_on is None or stage.starts_on <= day) and (stage.ends_on is None or day <= stage.ends_on)


@dataclass(frozen=True)
class TaskRow:
    """A task of a plan as its page lists it."""

    task: Task
    named: dict[str, list[str]]
    terms: list[str]
    given: int
    done: int
    late: int


def tasks_of(user: Any, plan: Plan) -> list[TaskRow]:
    """The plan's tasks in the user's scope in its order, with units, terms and counts; a constant number of queries."""
    tasks = list(Task.objects.for_user(user).filter(plan=plan).select_related("action").defer("text"))
    named = named_of(tasks)
    terms: dict[int, list[str]] = {}
    for term in TaskTerm.objects.filter(task__in=tasks):
        terms.setdefault(term.task_id, []).append(said(term))
    mine = Assignment.objects.for_user(user).filter(plan=plan).exclude(state=AssignmentState.CANCELLED)
    late = Q(state__in=RUNNING_STATES, due_at__lt=clock.now())
    counted = {
        task: numbers
        for task, *numbers in mine.order_by()
        .values_list("task_id")
        .annotate(
            given=Count("pk"), done=Count("pk", filter=Q(state=AssignmentState.DONE)), late=Count("pk", filter=late)
        )
    }
    none = [0, 0, 0]
    return [
        TaskRow(task, named.get(task.pk, {}), terms.get(task.pk, []), *counted.get(task.pk, none)) for task in tasks
    ]


def said(term: TaskTerm) -> str:
    """A term in words: its day, or its period with the day the text names."""
    if term.due_on:
        return cn_date(term.due_on)
    words = str(term.get_period_display())
    if term.day is None:
        return words
    if term.period == TaskTerm.Period.MONTH:
        return f"{words}{term.day}日前"
    if term.period == TaskTerm.Period.YEAR:
        return f"{words}{term.month or 12}月{term.day}日前"
    return f"{words}{f'第{term.month}个月' if term.month else '末月'}{term.day}日前"


def passage(task: Task) -> str:
    """The passage of the plan's text the task was read from; empty where it was not read."""
    span = task.spans.get("task") if isinstance(task.spans, dict) else None
    if not span or len(span) != 2:
        return ""
    return task.plan.text[span[0] : span[1]]
