"""Making plans: a confirmed draft, the decisions of a meeting or a ledger become a plan with its tasks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from tasks.models import Action, Plan, PlanStage, Task, TaskTerm, TaskUnit
from units.access import require
from units.models import Unit
from units.roles import Right, Scope, scope_of

LONGEST_TITLE = 200
_LATEST_TERM = date(2100, 1, 1)


@dataclass(frozen=True)
class StageData:
    """A stage of a plan to be made; `span` are its offsets in the text."""

    name: str
    starts_on: date | None = None
    ends_on: date | None = None
    span: tuple[int, int] | None = None


@dataclass(frozen=True)
class UnitData:
    """A unit in its role; `name` is how the text calls it. The first mention of a unit holds, lead before responsible."""

    unit: Unit
    role: str
    name: str = ""


@dataclass(frozen=True)
class TermData:
    """One due day, or a period of `TaskTerm.Period` with the day within it."""

    due_on: date | None = None
    period: str = TaskTerm.Period.ONCE
    month: int | None = None
    day: int | None = None
    text: str = ""


@dataclass(frozen=True)
class TaskData:
    """A task to be made. `action` names its action of the same plan; nothing needs to be known but the title."""

    title: str
    no: str = ""
    text: str = ""
    measures: str = ""
    action: str = ""
    leader: str = ""
    units: Sequence[UnitData] = ()
    terms: Sequence[TermData] = ()
    quantities: Sequence[str] = ()
    spans: dict[str, Any] = field(default_factory=dict)
    key: str | None = None


def create_plan(
    actor: Any,
    *,
    title: str,
    tasks: Iterable[TaskData] = (),
    owner: Unit | None = None,
    stages: Iterable[StageData] = (),
    actions: Iterable[str] = (),
    fingerprint: str | None = None,
    once: UUID | None = None,
    **facts: Any,
) -> Plan:
    """A plan with everything in it, in one transaction; nothing is assigned yet.

    `facts` are the other fields of `Plan` (source, number, issuer, starts_on, ends_on, text). `owner` defaults to the
    actor's unit. The same `once` gives the same plan again. Raises `Forbidden`, `NotInScope` where a unit named is out of the
    actor's reach, `Refused` for an empty title, ends before starts, or a `fingerprint` the owner has already.
    """
    owner = _owner(actor, owner)
    _check(title, facts)
    made = list(tasks)
    with transaction.atomic():
        if once and (sent := Plan.objects.filter(once=once, created_by=actor).first()):
            return sent
        plan = Plan(
            owner=owner, area_path=owner.area_path, title=title.strip()[:LONGEST_TITLE], fingerprint=fingerprint,
            once=once, created_by=actor, created_at=clock.now(), **facts,
        )  # fmt: skip
        _store_once(plan)
        PlanStage.objects.bulk_create(_stages(plan, stages))
        add_tasks(plan, made, actions)
    return plan


def _owner(actor: Any, owner: Unit | None) -> Unit:
    require(actor, Right.MANAGE_TASK)
    unit: Unit = owner or actor.hat.unit
    scope = scope_of(actor.hat.role, Right.MANAGE_TASK)
    if unit.pk != actor.hat.unit_id and scope != Scope.STREET:
        raise Forbidden("只能登记本部门的方案。")
    if not unit.area_path.startswith(actor.hat.unit.area_path):
        raise NotInScope("归口单位不在您的管辖范围内。")
    return unit


def _check(title: str, facts: dict[str, Any]) -> None:
    if not title.strip():
        raise Refused.at("title", "请填写方案名称。")
    starts, ends = facts.get("starts_on"), facts.get("ends_on")
    if starts and ends and ends < starts:
        raise Refused.at("ends_on", "结束日期不能早于起始日期。")


def _store_once(plan: Plan) -> None:
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        known = (
            Plan.objects.filter(owner=plan.owner, fingerprint=plan.fingerprint).first() if plan.fingerprint else None
        )
        if known is None:
            raise
        day = clock.local(known.created_at)
        raise Refused(
            f"同一份方案已于{day.year}年{day.month}月{day.day}日导入（“{known.title}”），不重复导入。"
        ) from None


def _stages(plan: Plan, stages: Iterable[StageData]) -> list[PlanStage]:
    return [
        PlanStage(
            plan=plan,
            order=place,
            name=stage.name[:80],
            starts_on=stage.starts_on,
            ends_on=stage.ends_on,
            span_start=stage.span[0] if stage.span else None,
            span_end=stage.span[1] if stage.span else None,
        )
        for place, stage in enumerate(stages, 1)
    ]


def add_tasks(plan: Plan, tasks: Sequence[TaskData], actions: Iterable[str] = ()) -> list[Task]:
    """Add tasks behind those the plan has, and the actions they name; in the caller's transaction, in a few statements."""
    known = {action.name: action for action in plan.actions.all()}
    names = [name[:160] for name in dict.fromkeys([*actions, *(task.action for task in tasks)]) if name]
    fresh = [Action(plan=plan, order=len(known) + place, name=name) for place, name in enumerate(_new(names, known), 1)]
    known |= {action.name: action for action in Action.objects.bulk_create(fresh)}
    last = plan.tasks.order_by("-order").values_list("order", flat=True).first() or 0
    rows = Task.objects.bulk_create(
        Task(
            plan=plan,
            action=known.get(data.action[:160]),
            area_path=plan.area_path,
            order=last + place,
            no=data.no[:20],
            title=(data.title.strip() or data.text.strip())[:LONGEST_TITLE],
            text=data.text,
            measures=data.measures,
            leader=data.leader[:80],
            quantities=list(data.quantities),
            spans=data.spans,
            key=data.key,
            updated_at=clock.now(),
        )
        for place, data in enumerate(tasks, 1)
    )
    pairs = list(zip(rows, tasks, strict=True))
    TaskUnit.objects.bulk_create(row for task, data in pairs for row in named_rows(task, data.units))
    TaskTerm.objects.bulk_create(row for task, data in pairs for row in term_rows(task, data.terms))
    return rows


def _new(names: Iterable[str], known: dict[str, Action]) -> list[str]:
    return [name for name in names if name not in known]


def named_rows(task: Task, units: Iterable[UnitData]) -> list[TaskUnit]:
    """One row per unit, in its heaviest role."""
    weight = {TaskUnit.Role.LEAD: 0, TaskUnit.Role.RESPONSIBLE: 1, TaskUnit.Role.COOPERATING: 2}
    kept: dict[int, UnitData] = {}
    for data in sorted(units, key=lambda unit: weight[TaskUnit.Role(unit.role)]):
        kept.setdefault(data.unit.pk, data)
    return [TaskUnit(task=task, unit=data.unit, role=data.role, name=data.name[:120]) for data in kept.values()]


def term_rows(task: Task, terms: Iterable[TermData]) -> list[TaskTerm]:
    """The terms, each once. Refuses a day nobody can mean."""
    rows = []
    for data in dict.fromkeys(terms):
        if data.due_on and data.due_on > _LATEST_TERM:
            raise Refused.at("terms", f"完成时限“{data.due_on}”不合理，请检查年份。")
        rows.append(
            TaskTerm(
                task=task, period=data.period, due_on=data.due_on, month=data.month, day=data.day, text=data.text[:120]
            )
        )
    return rows
