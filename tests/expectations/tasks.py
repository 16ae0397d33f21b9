"""Plans, tasks, duties and indicators."""

from __future__ import annotations

from tests.expectations import task_duties
from tests.expectations.language import (
    ADMINS,
    DEPARTMENT,
    EDITORS,
    ELSEWHERE,
    EXPERT,
    FIRM,
    GRID,
    LEADER,
    OFFICE,
    READERS,
    READS_THE_STREET,
    RIVAL_DEPARTMENT,
    RIVALS,
    Route,
    act,
    both,
    page,
)

MANAGERS = EDITORS | DEPARTMENT | RIVAL_DEPARTMENT
OTHER_STREETS = RIVALS | RIVAL_DEPARTMENT
UNNAMED = FIRM | ELSEWHERE
NO_TASK = UNNAMED | EXPERT | ADMINS

# The plan is the office's, its task led by the department and the village's to do.
_LEDGER: dict[str, Route | tuple[Route, ...]] = {
    "assignment-list": page(READERS),
    "assignment-detail": page(READS_THE_STREET, UNNAMED, "assignment"),
    "assignment-action": (
        both(GRID, NO_TASK, "assignment_report"),
        both(OFFICE | DEPARTMENT, NO_TASK, "assignment_deadline"),
    ),
    "plan-list": page(READERS),
    "plan-new": both(MANAGERS),
    "plan-detail": page(READS_THE_STREET, UNNAMED, "plan"),
    "plan-edit": both(OFFICE, OTHER_STREETS, "plan"),
    "plan-assign": act(OFFICE | DEPARTMENT, OTHER_STREETS, "plan"),
    "task-new": both(OFFICE, OTHER_STREETS, "plan"),
    "task-detail": page(OFFICE | DEPARTMENT | GRID | LEADER, UNNAMED, "task"),
    "task-edit": both(OFFICE | DEPARTMENT, OTHER_STREETS, "task"),
}

PAGES: dict[str, Route | tuple[Route, ...]] = {**_LEDGER, **task_duties.PAGES}
API: dict[str, Route] = {**task_duties.API}
