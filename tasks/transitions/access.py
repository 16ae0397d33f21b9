"""Which person holds which right over this very assignment or task (permission matrix)."""

from __future__ import annotations

from typing import Any

from tasks.models import Assignment, Plan, Task, TaskUnit
from units.roles import Right, Scope, scope_of


def may(actor: Any, right: str, record: Assignment) -> bool:
    """Whether `actor` holds `right` over the assignment.

    Only the unit itself reports. The office of the area manages; a department does for its own plans and the parts it
    leads, but never judges the part that is its own.
    """
    hat = getattr(actor, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return False
    if right == Right.REPORT_TASK:
        return bool(hat.unit_id == record.unit_id)
    if scope == Scope.STREET:
        return record.area_path.startswith(hat.unit.area_path)
    return directs(hat, record.task) and hat.unit_id != record.unit_id


def may_task(actor: Any, right: str, task: Task) -> bool:
    """Whether `actor` manages the task: the office of its street, or the department that owns its plan or leads it."""
    hat = getattr(actor, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return False
    if scope == Scope.STREET:
        return task.area_path.startswith(hat.unit.area_path)
    return directs(hat, task)


def may_plan(actor: Any, right: str, plan: Plan) -> bool:
    """Whether `actor` manages the plan: the office of its street or the department that owns it."""
    hat = getattr(actor, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return False
    return plan.area_path.startswith(hat.unit.area_path) if scope == Scope.STREET else plan.owner_id == hat.unit_id


def directs(hat: Any, task: Task) -> bool:
    """Whether the hat's unit owns the task's plan or leads the task."""
    if task.plan.owner_id == hat.unit_id:
        return True
    return task.named.filter(unit_id=hat.unit_id, role=TaskUnit.Role.LEAD).exists()
