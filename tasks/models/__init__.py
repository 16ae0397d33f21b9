"""What must be done: plans with their tasks, and what each unit owes for them."""

from tasks.models.assignments import (
    LIVE_STATES,
    RUNNING_STATES,
    Assignment,
    AssignmentEvent,
    AssignmentState,
    ProgressReport,
)
from tasks.models.plans import ANSWERING, Action, Plan, PlanStage, Task, TaskTerm, TaskUnit

__all__ = [
    "ANSWERING",
    "LIVE_STATES",
    "RUNNING_STATES",
    "Action",
    "Assignment",
    "AssignmentEvent",
    "AssignmentState",
    "Plan",
    "PlanStage",
    "ProgressReport",
    "Task",
    "TaskTerm",
    "TaskUnit",
]
