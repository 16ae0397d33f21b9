"""Letters, listings, measures and the ladder."""

from __future__ import annotations

from tests.expectations.language import (
    ADMINS,
    BUSINESS,
    DEPARTMENT,
    EDITORS,
    ELSEWHERE,
    EVERYBODY,
    EXPERT,
    FIRM,
    GRID,
    LEADER,
    OFFICE,
    READERS,
    READS_THE_STREET,
    RIVAL_DEPARTMENT,
    RIVAL_FIRM,
    RIVALS,
    Route,
    Way,
    act,
    both,
    page,
    people,
    verbs,
)

STREETS = RIVALS | RIVAL_DEPARTMENT
HEAD_OR_LEADER = people("head leader")
LETTER_WRITERS = EDITORS | DEPARTMENT | RIVAL_DEPARTMENT | LEADER
LISTING_PROPOSERS = OFFICE | DEPARTMENT | LEADER
NO_LISTING = FIRM | ELSEWHERE
NO_LETTER = DEPARTMENT | GRID | ELSEWHERE

_SUPERVISION = {
    "supervision-board": page(READERS),
    "ladder-standing": page(READERS),
    "letter-list": page(READERS),
    "letter-new": both(LETTER_WRITERS),
    "letter-detail": page(OFFICE | FIRM | LEADER, NO_LETTER, "letter"),
    "letter-paper": page(OFFICE | FIRM | LEADER, NO_LETTER, "letter_paper"),
    "reply-link": act(OFFICE, DEPARTMENT | ELSEWHERE - RIVAL_FIRM, "letter"),
    "reply-start": both(EVERYBODY),
    "reply": both(EVERYBODY, frozenset(), "reply_code"),
    "public-listing-list": page(EVERYBODY),
    "public-listing": page(EVERYBODY, frozenset(), "public_listing"),
    "letter-action": (
        both(OFFICE, NO_LETTER | FIRM | EXPERT | ADMINS, "letter_edit"),
        both(people("head leader"), NO_LETTER | FIRM | EXPERT | ADMINS, "letter_send"),
        both(FIRM, NO_LETTER | EXPERT | ADMINS, "letter_receive"),
    ),
    "listing-list": page(BUSINESS),
    "listing-propose": both(LISTING_PROPOSERS, RIVALS | RIVAL_DEPARTMENT, "hazard"),
    "listing-detail": page(READS_THE_STREET, NO_LISTING | EXPERT, "listing"),
    "listing-paper": page(frozenset(), BUSINESS, "signboard"),
    "listing-action": (
        both(DEPARTMENT, NO_LISTING | EXPERT | ADMINS, "listing_opine"),
        both(people("head leader"), NO_LISTING | EXPERT | ADMINS, "listing_approve"),
    ),
    "listing-batch-open": act(EDITORS),
    "listing-batch": page(READERS - ELSEWHERE - FIRM, ELSEWHERE | FIRM | EXPERT, "batch"),
    "listing-batch-paper": page(OFFICE | LEADER, DEPARTMENT | GRID | NO_LISTING | EXPERT, "batch_notice"),
    "listing-batch-action": both(OFFICE, NO_LISTING | EXPERT | ADMINS, "batch_edit"),
    "measure-list": page(BUSINESS),
    "measure-propose": both(LISTING_PROPOSERS, RIVALS | RIVAL_DEPARTMENT, "hazard"),
    "measure-propose-unit": both(LISTING_PROPOSERS, RIVALS | RIVAL_DEPARTMENT, "firm"),
    "measure-detail": page(READS_THE_STREET, NO_LISTING | EXPERT, "measure"),
    "measure-paper": page(frozenset(), BUSINESS, "measure_paper"),
    "extension-paper": page(READS_THE_STREET | FIRM, ELSEWHERE | EXPERT, "extension_paper"),
    "measure-action": both(people("head leader"), NO_LISTING | EXPERT | ADMINS, "measure_decide"),
    "ladder-policy": page(READERS),
    "ladder-edit": both(EDITORS),
    "unit-month-list": page(READERS),
    "unit-month-detail": page(OFFICE | LEADER, NO_LETTER | FIRM, "unit_month"),
    "unit-rule-edit": both(EDITORS),
    "unit-rule-simulation": both(people("officer"), EDITORS - people("officer"), "rule_simulation"),
    "unit-rule-proposal": page(OFFICE, RIVALS & EDITORS, "rule_proposal"),
    "unit-rule-proposal-simulate": act(OFFICE, RIVALS & EDITORS, "rule_proposal"),
    "ladder-simulation": both(people("officer"), EDITORS - people("officer"), "simulation"),
    "ladder-proposal": page(OFFICE, RIVALS & EDITORS, "ladder_proposal"),
    "ladder-proposal-simulate": act(OFFICE, RIVALS & EDITORS, "ladder_proposal"),
}

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
        "unpublish": frozenset(),
        "file_plan": frozenset(),
        "report_progress": frozenset(),
        "apply_acceptance": frozenset(),
        "accept": DEPARTMENT,
        "fail_acceptance": DEPARTMENT,
        "return_acceptance": HEAD_OR_LEADER,
        "delist": people("head"),
        "publish_delisting": OFFICE,
        "set_batch": OFFICE,
        "edit_notice": OFFICE,
        "edit_delisting": OFFICE,
    },
)

_MEASURES = {
    "/api/v1/measures/": Route(Way(READERS), Way(LISTING_PROPOSERS | STREETS)),
    "/api/v1/measures/{id}/": page(READS_THE_STREET, NO_LISTING, "measure"),
} | verbs(
    "/api/v1/measures/",
    "measure",
    NO_LISTING,
    {
        "edit_paper": OFFICE,
        "decide": HEAD_OR_LEADER,
        "decline": HEAD_OR_LEADER,
        "record": OFFICE,
        "follow_up": frozenset(),
    },
)

_BATCHES = {
    "/api/v1/listing-batches/": Route(Way(BUSINESS), Way(EDITORS)),
    "/api/v1/listing-batches/{id}/": page(READERS - ELSEWHERE - FIRM, ELSEWHERE | FIRM | EXPERT, "batch"),
} | verbs(
    "/api/v1/listing-batches/",
    "batch",
    ELSEWHERE | FIRM | EXPERT,
    {"edit_notice": OFFICE, "issue": HEAD_OR_LEADER},
)

PAGES = _SUPERVISION
API: dict[str, Route] = _LETTERS | _LISTINGS | _BATCHES | _MEASURES
