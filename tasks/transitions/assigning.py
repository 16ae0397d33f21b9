"""Giving tasks to their units, and opening what recurs: one assignment per unit and occurrence, however often it is asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event
from tasks.models import ANSWERING, Assignment, AssignmentEvent, AssignmentState, Task, TaskTerm, TaskUnit
from tasks.occurrences import Occurrence, following, in_period, once, span_of
from tasks.transitions.access import may_task
from tasks.transitions.assignments import LIFECYCLE
from tasks.transitions.telling import tell_assigned
from units.models import Unit
from units.roles import Right

BATCH = 100
MOST_TASKS = 500


@dataclass
class Assigned:
    """What a call did: the assignments it opened, and per task it opened nothing for, why."""

    opened: list[Assignment] = field(default_factory=list)
    skipped: dict[int, str] = field(default_factory=dict)


def assign(
    actor: Any, task_ids: Collection[int], *, backfill: bool = False, roles: Collection[str] = ANSWERING
) -> Assigned:
    """Give the tasks to the units they name in `roles`; what has been given before is left alone.

    A term that has passed is not given out unless `backfill` says that the record is being caught up. Raises `NotInScope`
    when a task is unknown, `Forbidden` when one is not the actor's to give, `Refused` for more than 500 at once.
    """
    wanted = sorted(set(task_ids))
    if len(wanted) > MOST_TASKS:
        raise Refused(f"一次最多下达{MOST_TASKS}项任务。")
    with transaction.atomic():
        tasks = _locked(wanted)
        if len(tasks) < len(wanted):
            raise NotInScope
        if not all(may_task(actor, Right.MANAGE_TASK, task) for task in tasks):
            raise Forbidden("只能下达本单位归口或牵头的任务。")
        done = _open(tasks, actor, roles, lambda task: _given(task, backfill))
        for task in tasks:
            if task.pk not in done.skipped and task.issued_at is None:
                task.issued_at = clock.now()
        Task.objects.bulk_update(tasks, ["issued_at"])
        tell_assigned(done.opened, actor)
    return done


def _locked(ids: Collection[int]) -> list[Task]:
    rows = Task.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=ids)
    return list(rows.select_related("plan").prefetch_related("terms", "named__unit").order_by("pk"))


def _given(task: Task, backfill: bool) -> list[Occurrence | None] | str:
    """The occurrences to give out now (None: without a date), or why there are none."""
    terms, today = list(task.terms.all()), clock.today()
    if not terms:
        return [None]
    found = [_next(term, today) for term in terms]
    ahead = [occurrence for occurrence in found if backfill or occurrence.due_on >= today]
    if not ahead:
        latest = max(occurrence.due_on for occurrence in found)
        return f"完成时限{latest.year}年{latest.month}月{latest.day}日已过，确需补录的请勾选“补录已过时限的任务”"
    return list(ahead)


def _next(term: TaskTerm, today: date) -> Occurrence:
    if term.due_on is not None:
        return once(term.due_on)
    present = in_period(term.period, today, term.month, term.day)
    return present if present.due_on >= today else following(term.period, today, term.month, term.day)


def _open(tasks: Iterable[Task], actor: Any, roles: Collection[str], which: Any) -> Assigned:
    """Open what `which(task)` names for every unit in `roles`; the tasks are locked, so nobody opens the same meanwhile."""
    done, tasks = Assigned(), list(tasks)
    known = set(Assignment.objects.filter(task__in=tasks).values_list("task_id", "unit_id", "occurrence"))
    rows: list[Assignment] = []
    for task in tasks:
        occurrences, units = which(task), [row for row in task.named.all() if row.role in roles and _serves(row.unit)]
        if isinstance(occurrences, str):
            done.skipped[task.pk] = occurrences
        elif not units:
            done.skipped[task.pk] = "没有牵头或责任单位，请先指定"
        else:
            rows += _missing(task, units, occurrences, known, actor)
    done.opened = Assignment.objects.bulk_create(rows)
    AssignmentEvent.objects.bulk_create(
        new_event(
            AssignmentEvent, row, "assign", "下达任务", actor=actor, at=row.opened_at, target=AssignmentState.OPEN
        )
        for row in done.opened
    )
    return done


def _serves(unit: Unit) -> bool:
    return unit.is_active and unit.standing != Unit.Standing.MERGED


def _missing(
    task: Task, units: Iterable[TaskUnit], occurrences: Iterable[Occurrence | None], known: set[Any], actor: Any
) -> Iterator[Assignment]:
    for occurrence in occurrences:
        for row in units:
            place = (task.pk, row.unit_id, occurrence.key if occurrence else "")
            if place in known:
                continue
            known.add(place)
            yield _assignment(task, row, occurrence, actor)


def _assignment(task: Task, row: TaskUnit, occurrence: Occurrence | None, actor: Any) -> Assignment:
    at = clock.now()
    due = clock.end_of(occurrence.due_on) if occurrence else None
    return Assignment(
        plan_id=task.plan_id,
        task=task,
        unit=row.unit,
        area_path=row.unit.area_path,
        role=row.role,
        occurrence=occurrence.key if occurrence else "",
        period_label=occurrence.label if occurrence and occurrence.key != occurrence.due_on.isoformat() else "",
        due_at=due,
        original_due_at=due,
        next_step_at=at if due is not None and due > at else None,
        opened_by=actor,
        opened_at=at,
        updated_at=at,
    )


def open_recurring() -> int:
    """Open the occurrences of recurring tasks whose period has begun; returns how many. Safe to repeat and in parallel.

    Periods missed while nothing ran are opened too, but none that ended before the task was given out or after its plan.
    """
    opened, last = 0, 0
    again = TaskTerm.objects.exclude(period=TaskTerm.Period.ONCE).values("task_id")
    recurring = Task.objects.filter(issued_at__isnull=False, pk__in=again).order_by("pk").values_list("pk", flat=True)
    while ids := list(recurring.filter(pk__gt=last)[:BATCH]):
        last = ids[-1]
        with transaction.atomic():
            done = _open(_locked(ids), None, ANSWERING, _begun)
            tell_assigned(done.opened, None)
            opened += len(done.opened)
    return opened


def _begun(task: Task) -> list[Occurrence | None]:
    """The occurrences of recurring terms from the giving out until today, within the plan."""
    first, today = clock.local(task.issued_at or clock.now()).date(), clock.today()
    end = min(today, task.plan.ends_on or today)
    found: list[Occurrence | None] = []
    for term in task.terms.all():
        if term.period != TaskTerm.Period.ONCE:
            found += [one for one in _between(term, first, end) if one.due_on >= first]
    return found


def _between(term: TaskTerm, first: date, end: date) -> Iterator[Occurrence]:
    day = first
    while span_of(term.period, day).first <= end:
        yield in_period(term.period, day, term.month, term.day)
        day = following(term.period, day).due_on


def settle_merged() -> int:
    """Cancel what a merged unit still owes where its successor owes the same; returns how many.

    Everything else has moved to the successor with the merger itself (`units.merging`).
    """
    stranded = Assignment.objects.live().filter(unit__standing=Unit.Standing.MERGED)
    pairs = list(stranded.values_list("pk", "unit__merged_into__name"))
    for pk, successor in pairs:
        LIFECYCLE.perform("lapse", pk, None, note=f"承办单位已并入{successor}，由其同项任务承接")
    return len(pairs)
