"""Risk, draws, plans, campaigns and the records of the enterprise's duty."""

from __future__ import annotations

from tests.expectations.language import (
    BUSINESS,
    EDITORS,
    ELSEWHERE,
    FIRM,
    NO_HAZARD,
    OFFICE,
    READERS,
    RIVAL_FIRM,
    RIVALS,
    Route,
    Way,
    act,
    both,
    page,
    verbs,
)

FIRMS = FIRM | RIVAL_FIRM
OWN_READERS = READERS - ELSEWHERE

_RISKS = {
    "inspection-hub": page(BUSINESS),
    "risk-overview": page(READERS),
    "risk-point-list": page(READERS),
    "risk-point-new": both(FIRMS),
    "risk-point": page(OWN_READERS, ELSEWHERE, "risk_point"),
    "risk-point-action": both(FIRM, NO_HAZARD, "risk_point_edit"),
    "risk-level-list": page(READERS),
    "risk-level-adopt": act(EDITORS),
    "risk-level": page(OWN_READERS, ELSEWHERE, "firm"),
    "risk-level-decide": both(OFFICE, RIVALS, "firm"),
    "risk-level-grade": both(OFFICE, RIVALS, "firm"),
}

_RISKS_API = {
    "/api/v1/risk-points/": Route(Way(READERS), Way(FIRMS)),
    "/api/v1/risk-points/{id}/": page(OWN_READERS, ELSEWHERE, "risk_point"),
} | verbs(
    "/api/v1/risk-points/",
    "risk_point",
    ELSEWHERE,
    {"edit": FIRM, "review": FIRM, "retire": FIRM, "restore": FIRM},
)

PAGES: dict[str, Route | tuple[Route, ...]] = {**_RISKS}
API: dict[str, Route] = {**_RISKS_API}
