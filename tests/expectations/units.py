"""Units, people and the system pages."""

from __future__ import annotations

from tests.expectations.language import (
    ADMINS,
    DEPARTMENT,
    EDITORS,
    ELSEWHERE,
    EVERYBODY,
    FIRM,
    GRID,
    KEEPERS,
    LEADER,
    OFFICE,
    PROPOSERS,
    READERS,
    RIVAL_DEPARTMENT,
    RIVAL_FIRM,
    RIVALS,
    Route,
    Way,
    act,
    both,
    page,
    people,
)

_UNITS = {
    "area-tree": page(READERS - FIRM - RIVAL_FIRM),
    "area-create": both(OFFICE, RIVALS, "street"),
    "area-edit": both(OFFICE, RIVALS, "village_area"),
    "unit-list": page(READERS),
    "unit-options": page(READERS | people("sysadmin")),
    "unit-create": both(EDITORS),
    "provisional-list": page(EDITORS),
    "unit-proposal-list": page(EDITORS | PROPOSERS),
    "unit-proposal": Route(
        Way(OFFICE | people("department"), RIVALS | PROPOSERS - people("department")),
        Way(OFFICE, RIVALS | PROPOSERS - people("department")),
        "unit_proposal",
    ),
    "unit-detail": page(OFFICE | GRID | LEADER, DEPARTMENT | FIRM | ELSEWHERE, "village"),
    "unit-edit": both(OFFICE, RIVALS, "department_unit"),
    "unit-confirm": act(OFFICE, RIVALS, "provisional"),
    "unit-merge": both(OFFICE, RIVALS, "firm"),
    "unit-active": act(OFFICE, RIVALS, "firm"),
    "enterprise-list": page(READERS),
    "enterprise-create": both(EDITORS),
    "enterprise-detail": page(READERS - ELSEWHERE, ELSEWHERE, "firm"),
    "enterprise-edit": both(OFFICE, RIVALS, "firm"),
    "enterprise-profile": both(FIRM, RIVAL_FIRM, "firm"),
    "enterprise-propose": both(DEPARTMENT | GRID, RIVAL_DEPARTMENT, "firm"),
}

_PEOPLE = {
    "account-list": page(KEEPERS),
    "account-create": both(KEEPERS),
    "account-detail": both(KEEPERS, on="staff"),
    "account-reset": act(KEEPERS, on="staff"),
    "account-active": act(KEEPERS, on="staff"),
    "membership-grant": both(people("sysadmin"), on="staff"),
    "membership-end": act(KEEPERS, on="staff_post"),
}

_SYSTEM = {
    "system": page(EDITORS | PROPOSERS | people("principal") | ADMINS),
    "permission-matrix": page(ADMINS),
    "lock-out-list": page(people("secadmin")),
    "unlock": act(people("secadmin")),
    "session-list": page(people("secadmin")),
    "session-end": act(people("secadmin"), on="staff"),
    "limit-list": page(EDITORS),
    "calendar": page(EDITORS),
    "office-settings": page(EDITORS),
    "policy-proposal-list": page(EDITORS),
    "policy-propose": both(EDITORS, on="policy_kind"),
    "policy-proposal": Route(Way(OFFICE, RIVALS), Way(people("head"), RIVALS), "policy_proposal"),
}

_UNITS_API = {
    "/api/v1/units/": page(READERS),
    "/api/v1/units/{id}/": page(READERS - ELSEWHERE, ELSEWHERE, "firm"),
    "/api/v1/me/": page(EVERYBODY),
    "/api/v1/token/": act(EVERYBODY),
}

PAGES = _UNITS | _PEOPLE | _SYSTEM
API: dict[str, Route] = _UNITS_API
