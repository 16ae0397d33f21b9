"""The records of tasks the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from tasks.models import YearlyPaper
from tasks.transitions import drafts
from tasks.transitions.yearly_drafts import draft
from tests.cast import Cast
from tests.tasks import duty_world
from tests.tasks.builders import assigned
from tests.tasks.drafts import PLAN

# Name of a record with an action → (record, action).
ACTIONS: dict[str, tuple[str, str]] = {
    "evaluation_edit": ("evaluation", "edit"),
    "evaluation_approve": ("evaluation", "approve"),
    "meeting_amend": ("meeting", "amend"),
    "meeting_confirm": ("meeting", "confirm"),
    "assignment_report": ("assignment", "report_progress"),
    "assignment_deadline": ("assignment", "change_deadline"),
    "yearly_edit": ("yearly", "edit"),
    "yearly_check": ("yearly_filed", "check"),
}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    return _ledger(cast) | _drafts(cast) | duty_world.build(cast, photo)


def _ledger(cast: Cast) -> dict[str, Any]:
    assignment = assigned(cast)
    yearly, _ = draft(cast.units["village"], 2025, "duties")
    filed, _ = draft(cast.units["village"], 2026, "duties")
    YearlyPaper.objects.filter(pk=filed.pk).update(state="filed")
    return {
        "assignment": assignment,
        "task": assignment.task,
        "task_plan": assignment.plan,
        "yearly": yearly,
        "yearly_filed": filed,
    }


def _drafts(cast: Cast) -> dict[str, Any]:
    read = drafts.begin(cast.fresh("officer"), text=PLAN)
    return {"plan_draft": read, "plan_draft_row": read.rows.all()[0]}
