"""Plans, tasks and assignments made by the real transitions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from tasks.models import Assignment, Plan, TaskUnit
from tasks.transitions.assigning import assign
from tasks.transitions.assignments import perform
from tasks.transitions.plans import TaskData, TermData, UnitData, create_plan
from tests.cast import Cast

START = timezone.make_aware(datetime(2026, 9, 1, 9, 0))
LEAD, RESPONSIBLE, COOPERATING = TaskUnit.Role.LEAD, TaskUnit.Role.RESPONSIBLE, TaskUnit.Role.COOPERATING


def day(text: str) -> TermData:
    """A term due on one day."""
    return TermData(due_on=date.fromisoformat(text))


def task_data(cast: Cast, title: str = "压实部门责任", **more: Any) -> TaskData:
    """A task the department leads and the village is responsible for, due at the year's end."""
    units = (UnitData(cast.units["department"], LEAD), UnitData(cast.units["village"], RESPONSIBLE))
    return TaskData(title, **{"no": "1", "units": units, "terms": (day("2026-12-31"),), **more})


def plan_of(cast: Cast, *tasks: TaskData, by: str = "officer", **facts: Any) -> Plan:
    """A plan of the street's office with these tasks."""
    return create_plan(cast.fresh(by), title="三年行动方案", tasks=tasks or (task_data(cast),), **facts)


def assigned(cast: Cast, unit: str = "village", *tasks: TaskData, **facts: Any) -> Assignment:
    """The unit's assignment of the first task of a new plan, given by the office."""
    plan = plan_of(cast, *tasks, **facts)
    assign(cast.fresh("officer"), [task.pk for task in plan.tasks.all()], backfill=True)
    return Assignment.objects.filter(task__plan=plan, unit=cast.units[unit]).order_by("pk")[0]


def submitted(cast: Cast, unit: str = "village", by: str = "grid") -> Assignment:
    """An assignment reported complete by `by`."""
    record = assigned(cast, unit)
    return perform(
        "submit_completion", record.pk, cast.fresh(by), text="已全部完成", no_evidence_reason="会议传达，无书面材料"
    )
