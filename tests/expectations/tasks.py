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
    Way,
    act,
    both,
    page,
    verbs,
)

MANAGERS = EDITORS | DEPARTMENT | RIVAL_DEPARTMENT
OTHER_STREETS = RIVALS | RIVAL_DEPARTMENT
UNNAMED = FIRM | ELSEWHERE
NO_TASK = UNNAMED | EXPERT | ADMINS

_FILERS = GRID | DEPARTMENT | RIVAL_DEPARTMENT
_SEES_THE_LIST = OFFICE | GRID | LEADER

# The plan is the office's, its task led by the department and the village's to do.
_LEDGER: dict[str, Route | tuple[Route, ...]] = {
    "assignment-list": page(READERS),
    "assignment-detail": page(READS_THE_STREET, UNNAMED, "assignment"),
    "assignment-bulk": act(MANAGERS, on="remind_tasks"),
    "assignment-action": (
        both(GRID, NO_TASK, "assignment_report"),
        both(OFFICE | DEPARTMENT, NO_TASK, "assignment_deadline"),
    ),
    "task-import": both(MANAGERS),
    "task-template": page(MANAGERS),
    "yearly-list": page(READERS),
    "yearly-new": both(_FILERS),
    "yearly-detail": page(_SEES_THE_LIST, DEPARTMENT | UNNAMED, "yearly"),
    "yearly-paper": page(_SEES_THE_LIST, DEPARTMENT | UNNAMED, "yearly_paper"),
    "yearly-action": (
        both(GRID, NO_TASK | DEPARTMENT, "yearly_edit"),
        both(OFFICE, NO_TASK | DEPARTMENT, "yearly_check"),
    ),
    "wall-chart": page(READERS),
    "wall-screen": page(READERS),
    "task-plan-list": page(READERS),
    "task-plan-new": both(MANAGERS),
    "plan-detail": page(READS_THE_STREET, UNNAMED, "task_plan"),
    "plan-edit": both(OFFICE, OTHER_STREETS, "task_plan"),
    "plan-assign": act(OFFICE | DEPARTMENT, OTHER_STREETS, "task_plan"),
    "task-new": both(OFFICE, OTHER_STREETS, "task_plan"),
    "task-detail": page(OFFICE | DEPARTMENT | GRID | LEADER, UNNAMED, "task"),
    "task-edit": both(OFFICE | DEPARTMENT, OTHER_STREETS, "task"),
}

# The draft is the office's; a department imports its own.
_NO_DRAFT = OTHER_STREETS | DEPARTMENT
_DRAFTS: dict[str, Route | tuple[Route, ...]] = {
    "plan-import": both(MANAGERS),
    "plan-draft": page(OFFICE, _NO_DRAFT, "plan_draft"),
    "plan-draft-head": both(OFFICE, _NO_DRAFT, "plan_draft"),
    "plan-draft-names": both(OFFICE, _NO_DRAFT, "plan_draft"),
    "plan-draft-confirm": act(OFFICE, _NO_DRAFT, "plan_draft"),
    "plan-draft-discard": act(OFFICE, _NO_DRAFT, "plan_draft"),
    "plan-draft-row": both(OFFICE, _NO_DRAFT, "plan_draft_row"),
}

REPORTERS = READERS - LEADER
_API = {
    "/api/v1/tasks/": Route(Way(READERS), Way(MANAGERS)),
    "/api/v1/tasks/{id}/": page(READS_THE_STREET, UNNAMED, "task"),
    "/api/v1/tasks/{id}/actions/assign/": act(OFFICE | DEPARTMENT, OTHER_STREETS, "task"),
    "/api/v1/assignments/": page(READERS),
    "/api/v1/assignments/files/": act(REPORTERS),
    "/api/v1/assignments/{id}/": page(READS_THE_STREET, UNNAMED, "assignment"),
} | verbs(
    "/api/v1/assignments/",
    "assignment",
    UNNAMED,
    {
        **dict.fromkeys(("start", "report_progress", "submit_completion", "withdraw"), GRID),
        **dict.fromkeys(
            ("accept", "return_completion", "change_deadline", "remind", "cancel", "reopen"), OFFICE | DEPARTMENT
        ),
    },
)

_DRAFTS_API = {
    "/api/v1/plans/": page(READERS),
    "/api/v1/plans/{id}/": page(READS_THE_STREET, UNNAMED, "task_plan"),
    "/api/v1/plan-drafts/": both(MANAGERS),
    "/api/v1/plan-drafts/{id}/": page(OFFICE, _NO_DRAFT, "plan_draft"),
} | {
    f"/api/v1/plan-drafts/{{id}}/actions/{name}/": act(OFFICE, _NO_DRAFT, "plan_draft")
    for name in ("correct", "remember", "confirm", "discard")
}

_YEARLY_API = {
    "/api/v1/yearly-papers/": Route(Way(READERS), Way(_FILERS)),
    "/api/v1/yearly-papers/{id}/": page(_SEES_THE_LIST, DEPARTMENT | UNNAMED, "yearly"),
} | verbs(
    "/api/v1/yearly-papers/",
    "yearly",
    DEPARTMENT | UNNAMED,
    {
        **dict.fromkeys(("edit", "add_new", "file", "withdraw", "amend"), GRID),
        **dict.fromkeys(("check", "return_paper"), OFFICE),
    },
)

PAGES: dict[str, Route | tuple[Route, ...]] = {**_LEDGER, **_DRAFTS, **task_duties.PAGES}
API: dict[str, Route] = {**_API, **_DRAFTS_API, **_YEARLY_API, **task_duties.API}
