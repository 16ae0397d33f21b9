"""Hazards, criteria and ledger import."""

from __future__ import annotations

from tests.expectations.language import (
    BUSINESS,
    DEPARTMENT,
    ELSEWHERE,
    EVERYBODY,
    EXPERT,
    FIRM,
    IMPORTERS,
    MAY_CONFIRM,
    NO_HAZARD,
    OFFICE,
    READERS,
    Route,
    Way,
    act,
    both,
    page,
    people,
    verbs,
)

DECIDERS = OFFICE | DEPARTMENT
HEAD = people("head")
_HAZARDS = {
    "workbench": page(BUSINESS),
    "hazard-list": page(BUSINESS),
    "hazard-new": both(BUSINESS),
    "hazard-bulk": act(IMPORTERS, on="bulk_urge"),
    "hazard-detail": page(READERS - ELSEWHERE, NO_HAZARD, "hazard"),
    "hazard-dossier": page(READERS - ELSEWHERE, NO_HAZARD, "hazard"),
    "hazard-draft": both(people("officer"), EVERYBODY - people("officer"), "draft"),
    "hazard-draft-delete": act(people("officer"), EVERYBODY - people("officer"), "draft"),
    "hazard-action": (
        both(FIRM, NO_HAZARD, "hazard_progress"),
        both(MAY_CONFIRM, NO_HAZARD, "hazard_confirm"),
        both(people("head"), NO_HAZARD, "hazard_transfer"),
    ),
    "criteria-list": page(BUSINESS),
    "criteria-suggest": page(BUSINESS),
    "criteria-detail": page(BUSINESS, on="criterion"),
    "criteria-check": act(people("head rival_head"), on="criterion"),
    "import-start": both(IMPORTERS),
    "import-template": page(IMPORTERS, on="template"),
    "import-preview": both(people("officer"), IMPORTERS - people("officer"), "import"),
    "import-sheet": act(people("officer"), IMPORTERS - people("officer"), "import"),
    "import-run": act(people("officer"), IMPORTERS - people("officer"), "import"),
    "import-result": page(people("officer"), IMPORTERS - people("officer"), "import_done"),
    "import-errors": page(people("officer"), IMPORTERS - people("officer"), "import_done"),
}

_HAZARDS_API = {
    "/api/v1/criteria/": page(BUSINESS),
    "/api/v1/criteria/{id}/": page(BUSINESS, on="criterion"),
    "/api/v1/hazards/": Route(Way(BUSINESS), Way(BUSINESS)),
    "/api/v1/hazards/photos/": act(BUSINESS),
    "/api/v1/hazards/{id}/": page(READERS - ELSEWHERE, EXPERT | ELSEWHERE, "hazard"),
    "/api/v1/hazards/{id}/events/": page(READERS - ELSEWHERE, EXPERT | ELSEWHERE, "hazard"),
} | verbs(
    "/api/v1/hazards/",
    "hazard",
    EXPERT | ELSEWHERE,
    {
        "submit_report": people("safety"),
        "confirm": MAY_CONFIRM,
        "fix_on_spot": MAY_CONFIRM,
        "dismiss": MAY_CONFIRM,
        "file_plan": FIRM,
        "approve_plan": DECIDERS,
        "return_plan": DECIDERS,
        "report_progress": FIRM,
        "request_extension": FIRM,
        "grant_extension": DECIDERS,
        "refuse_extension": DECIDERS,
        "submit_rectification": FIRM,
        "pass_review": MAY_CONFIRM,
        "fail_review": MAY_CONFIRM,
        "sign_off": HEAD,
        "return_to_review": HEAD,
        "change_level": DECIDERS,
        "cite_criterion": DECIDERS,
        "mark_campaign": MAY_CONFIRM,
        "correct_deadline": HEAD,
        "reopen": HEAD,
        "transfer": HEAD,
    },
)

PAGES = _HAZARDS
API: dict[str, Route] = _HAZARDS_API
