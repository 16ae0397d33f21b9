"""Plans and tasks by hand: heads corrected, tasks added, changed, and stages given as deadlines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused, Stale
from tasks.models import Action, Assignment, Plan, PlanStage, Task, TaskTerm, TaskUnit
from tasks.transitions.access import may_plan, may_task
from tasks.transitions.plans import StageData, TaskData, TermData, UnitData, add_tasks, named_rows, term_rows
from units.roles import Right

_WORDS = ("no", "title", "text", "measures", "leader", "quantities")


def edit_plan(actor: Any, pk: int, stages: Sequence[StageData] | None = None, **facts: Any) -> Plan:
    """Correct the head of a plan and, where `stages` are given, its stages. Raises `NotInScope`, `Forbidden`."""
    names = ("title", "number", "issuer", "starts_on", "ends_on")
    with transaction.atomic():
        plan = managed(actor, pk)
        for name in names:
            setattr(plan, name, facts[name])
        plan.save(update_fields=names)
        if stages is not None:
            _edit_stages(plan, stages)
    return plan


def _edit_stages(plan: Plan, stages: Sequence[StageData]) -> None:
    """A stage keeps its row, and with it its place in the text and saved addresses, by its place in the order."""
    kept = list(plan.stages.all())
    for row, stage in zip(kept, stages, strict=False):
        row.name, row.starts_on, row.ends_on = stage.name, stage.starts_on, stage.ends_on
    PlanStage.objects.bulk_update(kept, ["name", "starts_on", "ends_on"])
    plan.stages.filter(pk__in=[row.pk for row in kept[len(stages) :]]).delete()
    last = kept[-1].order if kept else 0
    fresh = enumerate(stages[len(kept) :], last + 1)
    PlanStage.objects.bulk_create(
        PlanStage(plan=plan, order=place, name=stage.name, starts_on=stage.starts_on, ends_on=stage.ends_on)
        for place, stage in fresh
    )


def add_task(actor: Any, pk: int, data: TaskData) -> Task:
    """Add one task to the plan; it is given out separately. Raises `NotInScope`, `Forbidden`."""
    with transaction.atomic():
        plan = managed(actor, pk)
        return add_tasks(plan, [data])[0]


def managed(actor: Any, pk: int) -> Plan:
    """The plan, locked, if the actor manages it; in a transaction. Raises `NotInScope`, `Forbidden`."""
    plan = Plan.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if plan is None:
        raise NotInScope
    if not may_plan(actor, Right.MANAGE_TASK, plan):
        raise Forbidden("只能修改本单位归口的方案。")
    return plan


def edit_task(
    actor: Any,
    pk: int,
    version: int | None,
    *,
    action: str,
    units: Sequence[UnitData],
    terms: Sequence[TermData],
    **words: Any,
) -> Task:
    """Change what a task says, names and is due by.

    What has been given out stays: a unit taken off keeps its assignment until it is cancelled, and deadlines of assignments
    are moved on each of them, with a reason. Raises `NotInScope`, `Forbidden`, `Stale`, and `Refused` for taking off a unit
    that still owes the task.
    """
    with transaction.atomic():
        task = Task.objects.select_for_update(no_key=True, of=("self",)).select_related("plan").filter(pk=pk).first()
        if task is None:
            raise NotInScope
        if not may_task(actor, Right.MANAGE_TASK, task):
            raise Forbidden("只能修改本单位归口或牵头的任务。")
        if version is not None and version != task.version:
            raise Stale
        _keep_owing(task, units)
        for name in _WORDS:
            setattr(task, name, words[name])
        task.action = _action(task.plan, action)
        task.version, task.updated_at = task.version + 1, clock.now()
        task.save()
        _rename(task, units)
        kept = _with_texts(task, terms)
        task.terms.all().delete()
        TaskTerm.objects.bulk_create(term_rows(task, kept))
    return task


def _keep_owing(task: Task, units: Sequence[UnitData]) -> None:
    kept = {data.unit.pk for data in units}
    owing = Assignment.objects.live().filter(task=task).exclude(unit__in=kept)
    names = "、".join(sorted(set(owing.values_list("unit__name", flat=True))))
    if names:
        raise Refused(f"{names}的该项任务尚未办结，请先取消其任务再移除单位。")


def _action(plan: Plan, name: str) -> Action | None:
    if not name:
        return None
    known = plan.actions.filter(name=name).first()
    last = plan.actions.order_by("-order").values_list("order", flat=True).first() or 0
    return known or Action.objects.create(plan=plan, order=last + 1, name=name)


def _rename(task: Task, units: Sequence[UnitData]) -> None:
    texts = dict(task.named.values_list("unit_id", "name"))
    task.named.all().delete()
    rows = named_rows(task, units)
    for row in rows:
        row.name = row.name or texts.get(row.unit_id, "")
    TaskUnit.objects.bulk_create(rows)


def _with_texts(task: Task, terms: Sequence[TermData]) -> list[TermData]:
    """The terms, those that stay with the words of the document."""
    known = {(term.due_on, term.period, term.month, term.day): term.text for term in task.terms.all()}
    return [replace(data, text=known.get(_place(data), data.text)) for data in terms]


def _place(data: TermData) -> tuple[Any, ...]:
    return (data.due_on, data.period, data.month, data.day)


def due_by_stage(actor: Any, task_ids: Sequence[int], stage_id: int) -> int:
    """Give tasks without any term the end of the stage as their deadline; returns how many. Others stay as they are.

    Raises `Forbidden`, and `Refused` where the stage has no end.
    """
    with transaction.atomic():
        tasks = list(
            Task.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=task_ids).select_related("plan")
        )
        if not all(may_task(actor, Right.MANAGE_TASK, task) for task in tasks):
            raise Forbidden("只能修改本单位归口或牵头的任务。")
        bare = [task for task in tasks if not task.terms.exists()]
        stage = bare[0].plan.stages.filter(pk=stage_id).first() if bare else None
        if bare and (stage is None or stage.ends_on is None):
            raise Refused.at("stage", "该阶段没有结束日期，不能作为完成时限。")
        TaskTerm.objects.bulk_create(
            TaskTerm(task=task, due_on=stage.ends_on, text=stage.name) for task in bare if stage and stage.ends_on
        )
    return len(bare)
