"""The records of tasks the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.tasks import duty_world
from tests.tasks.builders import assigned

# Name of a record with an action → (record, action).
ACTIONS: dict[str, tuple[str, str]] = {
    "assignment_report": ("assignment", "report_progress"),
    "assignment_deadline": ("assignment", "change_deadline"),
}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    return _ledger(cast) | duty_world.build(cast, photo)


def _ledger(cast: Cast) -> dict[str, Any]:
    assignment = assigned(cast)
    return {"assignment": assignment, "task": assignment.task, "plan": assignment.plan}
