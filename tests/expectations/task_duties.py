"""Duties, records entered by hand, posts."""

from __future__ import annotations

from tests.expectations.language import (
    BUSINESS,
    DEPARTMENT,
    EDITORS,
    EVERYBODY,
    EXPERT,
    FIRM,
    GRID,
    LEADER,
    OFFICE,
    READERS,
    RIVALS,
    Route,
    Way,
    act,
    both,
    page,
    people,
    verbs,
)

_SEES_THE_VILLAGE = OFFICE | LEADER | GRID
_NOT = BUSINESS - EXPERT - _SEES_THE_VILLAGE
_ALL_ELSE = FIRM | people("rival_safety sysadmin secadmin auditor") | EXPERT
_SEES_THE_LEADER = OFFICE | LEADER

PAGES: dict[str, Route | tuple[Route, ...]] = {
    "duty-list": page(READERS),
    "duty-count": act(EDITORS),
    "duty-mine": page(READERS),
    "duty-person": page(_SEES_THE_LEADER, READERS - _SEES_THE_LEADER, "leader_post_person"),
    "duty-unit": page(
        OFFICE | LEADER | GRID | DEPARTMENT | FIRM | people("rival_safety"),
        RIVALS | people("rival_department"),
        "department_unit",
    ),
    "duty-standing": page(_SEES_THE_VILLAGE, _NOT, "duty_standing"),
    "duty-rules": page(READERS),
    "duty-rule": page(READERS, on="duty"),
    "duty-posts": both(EDITORS),
    "duty-post-end": both(OFFICE, RIVALS, "leader_post"),
    "duty-record-list": page(READERS),
    "duty-record-new": both(READERS),
    "duty-record": page(_SEES_THE_VILLAGE, _NOT, "duty_record"),
    "duty-record-void": both(OFFICE, _NOT, "duty_record"),
}
_MEETS = OFFICE | LEADER
_OTHERS = RIVALS | people("rival_department")
PAGES |= {
    "meeting-list": page(_MEETS | DEPARTMENT | GRID | _OTHERS),
    "meeting-new": both(EDITORS),
    "meeting-detail": page(_MEETS | GRID, _OTHERS | DEPARTMENT, "meeting"),
    "meeting-paper": page(_MEETS | GRID, _OTHERS | DEPARTMENT, "meeting_paper"),
    "meeting-action": (
        both(OFFICE, _ALL_ELSE | DEPARTMENT | _OTHERS, "meeting_amend"),
        both(people("head leader"), _ALL_ELSE | DEPARTMENT | _OTHERS, "meeting_confirm"),
    ),
    "indicator-list": page(_MEETS | DEPARTMENT | _OTHERS),
    "indicator-detail": page(_MEETS | RIVALS | DEPARTMENT, people("rival_department"), "indicator"),
    "indicator-enter": both(EDITORS | DEPARTMENT, people("rival_department"), "indicator"),
    "indicator-leads": both(EDITORS, people("rival_department"), "indicator"),
    "evaluation-list": page(_MEETS | RIVALS),
    "evaluation-new": both(EDITORS),
    "evaluation-detail": page(_MEETS, RIVALS, "evaluation"),
    "evaluation-paper": page(_MEETS, RIVALS, "evaluation_paper"),
    "evaluation-tasks": page(_MEETS, RIVALS, "evaluation_tasks"),
    "evaluation-duties": page(_MEETS, RIVALS, "evaluation_duties"),
    "evaluation-indicator": page(_MEETS, RIVALS, "evaluation_indicator"),
    "evaluation-action": (
        both(OFFICE, EVERYBODY - _MEETS, "evaluation_edit"),
        both(people("head leader"), EVERYBODY - _MEETS, "evaluation_approve"),
    ),
}
_NO_MEETING = DEPARTMENT | _OTHERS
_API = {
    "/api/v1/duties/": page(READERS),
    "/api/v1/duties/{id}/": page(_SEES_THE_VILLAGE, _NOT, "duty_standing"),
    "/api/v1/duty-records/": Route(Way(READERS), Way(READERS)),
    "/api/v1/duty-records/{id}/": page(_SEES_THE_VILLAGE, _NOT, "duty_record"),
    "/api/v1/duty-records/{id}/actions/void/": act(OFFICE, _NOT, "duty_record"),
    "/api/v1/meetings/": Route(Way(_MEETS | GRID | _NO_MEETING), Way(EDITORS)),
    "/api/v1/meetings/{id}/": page(_MEETS | GRID, _NO_MEETING, "meeting"),
    "/api/v1/indicators/": page(_MEETS | DEPARTMENT | _OTHERS),
    "/api/v1/indicators/{id}/": page(_MEETS | RIVALS | DEPARTMENT, people("rival_department"), "indicator"),
    "/api/v1/indicators/{id}/actions/enter/": act(EDITORS | DEPARTMENT, people("rival_department"), "indicator"),
    "/api/v1/evaluations/": Route(Way(_MEETS | RIVALS), Way(EDITORS)),
    "/api/v1/evaluations/{id}/": page(_MEETS, RIVALS, "evaluation"),
}
_DECIDERS = people("head leader")
API: dict[str, Route] = (
    _API
    | verbs(
        "/api/v1/meetings/",
        "meeting",
        _NO_MEETING,
        {
            **dict.fromkeys(("edit", "hold", "amend", "hand_on", "cancel"), OFFICE),
            **dict.fromkeys(("confirm", "return_minutes"), _DECIDERS),
        },
    )
    | verbs(
        "/api/v1/evaluations/",
        "evaluation",
        RIVALS,
        {
            **dict.fromkeys(("edit", "recompute"), OFFICE),
            **dict.fromkeys(("approve", "return_draft", "void"), _DECIDERS),
        },
    )
)
