"""Dangerous works and self-checks: what enterprises do themselves."""

from __future__ import annotations

from tests.expectations.language import (
    ADMINS,
    DEPARTMENT,
    EDITORS,
    ELSEWHERE,
    EXPERT,
    FIRM,
    GRID,
    OFFICE,
    READERS,
    RIVAL_FIRM,
    Route,
    Way,
    both,
    page,
    people,
    verbs,
)

FIRMS = FIRM | RIVAL_FIRM
HALTERS = OFFICE | DEPARTMENT | GRID
NO_WORK = ELSEWHERE | EXPERT | ADMINS

_WORKS: dict[str, Route | tuple[Route, ...]] = {
    "hazardous-work-list": page(READERS),
    "hazardous-work-new": both(FIRMS),
    "hazardous-work-map": page(READERS),
    "hazardous-work-detail": page(READERS - ELSEWHERE, ELSEWHERE, "hazardous_work"),
    "hazardous-work-action": (
        both(FIRM, NO_WORK, "hazardous_work_approve"),
        both(HALTERS, NO_WORK, "hazardous_work_halt"),
    ),
}
_WORKS_API = {
    "/api/v1/hazardous-works/": Route(Way(READERS), Way(FIRMS)),
    "/api/v1/hazardous-works/{id}/": page(READERS - ELSEWHERE, ELSEWHERE, "hazardous_work"),
} | verbs(
    "/api/v1/hazardous-works/",
    "hazardous_work",
    ELSEWHERE,
    {
        "approve": FIRM,
        "brief": FIRM,
        "measure": FIRM,
        "start": FIRM,
        "guard": FIRM,
        "finish": FIRM,
        "prolong": FIRM,
        "cancel": FIRM,
        "attend": HALTERS,
        "halt": HALTERS,
        "resume": HALTERS,
    },
)

_SELF_CHECKS: dict[str, Route | tuple[Route, ...]] = {
    "self-check-list": page(READERS),
    "self-check-calendar": page(FIRMS, READERS - FIRMS),  # the others name an enterprise first
    "self-check-coverage": page(READERS),
    "self-check-rules": page(EDITORS),
    "self-check-new": (
        both(FIRMS, on="self_check_month"),
        both(people("principal"), on="self_check_lead"),
    ),
    "self-check-detail": page(READERS - ELSEWHERE, ELSEWHERE, "self_check"),
}
_SELF_CHECKS_API = {
    "/api/v1/self-checks/": Route(Way(READERS), Way(FIRMS)),
    "/api/v1/self-checks/{id}/": page(READERS - ELSEWHERE, ELSEWHERE, "self_check"),
}

PAGES: dict[str, Route | tuple[Route, ...]] = {**_WORKS, **_SELF_CHECKS}
API: dict[str, Route] = {**_WORKS_API, **_SELF_CHECKS_API}
