"""Who may call every path of the API; the same language as `tests.route_expectations`. Strangers get 401."""

from __future__ import annotations

from tests.route_expectations import (
    ADMINS,
    BUSINESS,
    DEPARTMENT,
    ELSEWHERE,
    EVERYBODY,
    EXPERT,
    FIRM,
    LEADER,
    LETTER_WRITERS,
    LISTING_PROPOSERS,
    MAY_CONFIRM,
    NO_DRAFT,
    NO_LETTER,
    NO_LISTING,
    NOTICE_READERS,
    OFFICE,
    READERS,
    READS_THE_STREET,
    RIVAL_DEPARTMENT,
    RIVALS,
    SENT_TO,
    People,
    Route,
    Way,
    act,
    page,
    people,
)

HEAD, HEAD_OR_LEADER = people("head"), people("head leader")
DECIDERS = OFFICE | DEPARTMENT
NO_HAZARD = EXPERT | ELSEWHERE
STREETS = RIVALS | RIVAL_DEPARTMENT


def verbs(prefix: str, on: str, hidden: People, table: dict[str, People]) -> dict[str, Route]:
    """One path per action: who may press it at all; state and input come later (409, 422)."""
    return {f"{prefix}{{id}}/actions/{name}/": act(ok, hidden - ok, on) for name, ok in table.items()}


_UNITS = {
    "/api/v1/units/": page(READERS),
    "/api/v1/units/{id}/": page(READERS - ELSEWHERE, ELSEWHERE, "firm"),
    "/api/v1/me/": page(EVERYBODY),
    "/api/v1/token/": act(EVERYBODY),
}

_HAZARDS = {
    "/api/v1/criteria/": page(BUSINESS),
    "/api/v1/criteria/{id}/": page(BUSINESS, on="criterion"),
    "/api/v1/hazards/": Route(Way(BUSINESS), Way(BUSINESS)),
    "/api/v1/hazards/photos/": act(BUSINESS),
    "/api/v1/hazards/{id}/": page(READERS - ELSEWHERE, NO_HAZARD, "hazard"),
    "/api/v1/hazards/{id}/events/": page(READERS - ELSEWHERE, NO_HAZARD, "hazard"),
} | verbs(
    "/api/v1/hazards/",
    "hazard",
    NO_HAZARD,
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
        "correct_deadline": HEAD,
        "reopen": HEAD,
        "transfer": HEAD,
    },
)

_LETTERS = {
    "/api/v1/letters/": Route(Way(READERS), Way(LETTER_WRITERS)),
    "/api/v1/letters/{id}/": page(OFFICE | FIRM | LEADER, NO_LETTER, "letter"),
} | verbs(
    "/api/v1/letters/",
    "letter",
    NO_LETTER,
    {
        "edit": OFFICE,
        "send": HEAD_OR_LEADER,
        "receive": FIRM,
        "answer": FIRM,
        "accept": OFFICE,
        "return_answer": OFFICE,
        "void": HEAD_OR_LEADER,
    },
)

_LISTINGS = {
    "/api/v1/listings/": Route(Way(BUSINESS), Way(LISTING_PROPOSERS | STREETS)),
    "/api/v1/listings/files/": act(BUSINESS),
    "/api/v1/listings/{id}/": page(READS_THE_STREET, NO_LISTING | EXPERT, "listing"),
} | verbs(
    "/api/v1/listings/",
    "listing",
    NO_LISTING | EXPERT,
    {
        "opine": DEPARTMENT,
        "approve": HEAD_OR_LEADER,
        "reject": HEAD_OR_LEADER,
        "serve": OFFICE,
        "publish": OFFICE,
        "file_plan": frozenset(),
        "report_progress": frozenset(),
        "apply_acceptance": frozenset(),
        "accept": DEPARTMENT,
        "fail_acceptance": DEPARTMENT,
        "return_acceptance": HEAD_OR_LEADER,
        "delist": HEAD,
        "publish_delisting": OFFICE,
        "set_batch": OFFICE,
    },
)

_MEASURES = {
    "/api/v1/measures/": Route(Way(READERS), Way(LISTING_PROPOSERS | STREETS)),
    "/api/v1/measures/{id}/": page(READS_THE_STREET, NO_LISTING, "measure"),
} | verbs(
    "/api/v1/measures/",
    "measure",
    NO_LISTING,
    {"decide": HEAD_OR_LEADER, "decline": HEAD_OR_LEADER, "record": OFFICE},
)

_REPORTS = {
    "/api/v1/notices/": page(READERS),
    "/api/v1/notices/{id}/": page(NOTICE_READERS, ELSEWHERE, "notice"),
    "/api/v1/notices/{id}/sign/": act(SENT_TO, READERS - SENT_TO, "notice"),
    "/api/v1/statistics/": page(READERS),
} | verbs(
    "/api/v1/notices/",
    "notice_draft",
    NO_DRAFT - ADMINS - EXPERT,
    {
        "edit": OFFICE,
        "recompute": OFFICE,
        "approve": HEAD,
        "return_draft": HEAD,
        "issue": HEAD,
        "void": HEAD,
    },
)

API: dict[str, Route] = {**_UNITS, **_HAZARDS, **_LETTERS, **_LISTINGS, **_MEASURES, **_REPORTS}
API_PUBLIC = people("/api/v1/token/")
