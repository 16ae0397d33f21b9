"""Who may open and who may post to every route: the permission matrix as the outside world meets it.

A route is one `Route`: for each method the people who are let in (`ok`) and those to whom the record does not exist
(`hidden`, 404); everybody else signed in is refused (403). A method left out is 405. `on` names the record of
`tests.world` the route is tried on. People are the cast of `tests.cast`; `rival_*` belong to another street, except
`rival_safety`, who is of another enterprise in the same street.
"""

from __future__ import annotations

from dataclasses import dataclass

People = frozenset[str]


def people(names: str) -> People:
    """The names in a text."""
    return frozenset(names.split())


OFFICE = people("officer head")
RIVALS = people("rival_officer rival_head")
RIVAL_DEPARTMENT = people("rival_department")
DEPARTMENT = people("department second")
FIRM = people("principal safety")
RIVAL_FIRM = people("rival_safety")
GRID, LEADER, EXPERT = people("grid"), people("leader"), people("expert")
ADMINS = people("sysadmin secadmin auditor")
READERS = OFFICE | RIVALS | DEPARTMENT | RIVAL_DEPARTMENT | FIRM | RIVAL_FIRM | GRID | LEADER
BUSINESS = READERS | EXPERT
EVERYBODY = BUSINESS | ADMINS
ELSEWHERE = RIVALS | RIVAL_DEPARTMENT | RIVAL_FIRM
EDITORS = OFFICE | RIVALS
PROPOSERS = DEPARTMENT | RIVAL_DEPARTMENT | GRID
KEEPERS = people("sysadmin principal")


@dataclass(frozen=True)
class Way:
    """One method of a route: who gets in, and for whom there is nothing there."""

    ok: People
    hidden: People = frozenset()


@dataclass(frozen=True)
class Route:
    """One route; see the module."""

    get: Way | None = None
    post: Way | None = None
    on: str = ""


def both(ok: People, hidden: People = frozenset(), on: str = "") -> Route:
    """A page with a form on it: the same people for both methods."""
    return Route(Way(ok, hidden), Way(ok, hidden), on)


def page(ok: People, hidden: People = frozenset(), on: str = "") -> Route:
    """A page to read."""
    return Route(get=Way(ok, hidden), on=on)


def act(ok: People, hidden: People = frozenset(), on: str = "") -> Route:
    """An address to post to."""
    return Route(post=Way(ok, hidden), on=on)


# Reached without signing in; everything else redirects a stranger to the sign-in page.
PUBLIC = people("sign-in sign-out large-type healthz readyz")

_SHELL = {
    "home": both(EVERYBODY),
    "sign-in": both(EVERYBODY),
    "sign-out": act(EVERYBODY),
    "large-type": act(EVERYBODY),
    "healthz": page(EVERYBODY),
    "readyz": page(EVERYBODY),
    "account": both(EVERYBODY),
    "change-password": both(EVERYBODY),
    "switch-hat": act(frozenset(), EVERYBODY),
    "saved-view-save": act(EVERYBODY),
    "saved-view-delete": act(people("officer"), EVERYBODY - people("officer"), "saved_view"),
    "search": page(EVERYBODY),
    "api-docs": page(EVERYBODY),
}

_UNITS = {
    "area-tree": page(READERS - FIRM - RIVAL_FIRM),
    "area-create": both(OFFICE, RIVALS, "street"),
    "area-edit": both(OFFICE, RIVALS, "village_area"),
    "unit-list": page(READERS),
    "unit-options": page(READERS | people("sysadmin")),
    "unit-search": page(READERS),
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

_AUDIT = {
    "audit-list": page(people("auditor")),
    "audit-entry": page(people("auditor"), on="audit_entry"),
    "audit-chain": page(people("auditor")),
    "audit-chain-verify": act(people("auditor")),
}

_MESSAGES = {
    "message-list": page(EVERYBODY),
    "message-open": page(people("officer"), EVERYBODY - people("officer"), "message"),
    "messages-read-all": act(EVERYBODY),
    "message-preferences": both(EVERYBODY),
    "delivery-list": page(EVERYBODY),
    "work-list": page(EVERYBODY),
    "work-detail": page(people("officer"), EVERYBODY - people("officer"), "work"),
    "work-file": page(frozenset(), EVERYBODY, "work"),
    "evidence-file": page(people("safety"), EVERYBODY - people("safety"), "photo"),
}

MAY_CONFIRM = OFFICE | DEPARTMENT | GRID
READS_THE_STREET = OFFICE | DEPARTMENT | GRID | LEADER
IMPORTERS = OFFICE | RIVALS | DEPARTMENT | RIVAL_DEPARTMENT | GRID
NO_HAZARD = EXPERT | ADMINS | ELSEWHERE

_HAZARDS = {
    "workbench": page(BUSINESS),
    "hazard-list": page(BUSINESS),
    "hazard-export": page(BUSINESS),
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

LETTER_WRITERS = EDITORS | DEPARTMENT | RIVAL_DEPARTMENT | LEADER
LISTING_PROPOSERS = OFFICE | DEPARTMENT | LEADER
NO_LISTING = FIRM | ELSEWHERE
NO_LETTER = DEPARTMENT | GRID | ELSEWHERE

_SUPERVISION = {
    "supervision-board": page(READERS),
    "letter-list": page(READERS),
    "letter-new": both(LETTER_WRITERS),
    "letter-detail": page(OFFICE | FIRM | LEADER, NO_LETTER, "letter"),
    "letter-paper": page(OFFICE | FIRM | LEADER, NO_LETTER, "letter_paper"),
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
    "measure-list": page(BUSINESS),
    "measure-propose": both(LISTING_PROPOSERS, RIVALS | RIVAL_DEPARTMENT, "hazard"),
    "measure-detail": page(READS_THE_STREET, NO_LISTING | EXPERT, "measure"),
    "measure-action": both(people("head leader"), NO_LISTING | EXPERT | ADMINS, "measure_decide"),
    "ladder-policy": page(READERS),
}

SENT_TO = DEPARTMENT | GRID | FIRM  # the units the notice was issued to
NOTICE_READERS = OFFICE | LEADER | SENT_TO
NO_NOTICE = ELSEWHERE | EXPERT | ADMINS
NO_DRAFT = NO_NOTICE | SENT_TO

_REPORTS = {
    "notice-list": page(READERS),
    "notice-draft": both(EDITORS),
    "notice-detail": page(NOTICE_READERS, NO_NOTICE, "notice"),
    "notice-edit": both(OFFICE, NO_DRAFT, "notice_draft"),
    "notice-action": (
        both(people("head"), NO_DRAFT, "notice_approve"),
        both(people("head"), NO_NOTICE, "notice_void"),
    ),
    "notice-sign": act(SENT_TO, EVERYBODY - SENT_TO, "notice"),
    "notice-preview": page(OFFICE | LEADER, NO_NOTICE, "notice"),
    "notice-receipts": page(NOTICE_READERS, ELSEWHERE, "notice"),
    "notice-figure": page(NOTICE_READERS, ELSEWHERE, "notice_figure"),
    "statistics": page(READERS),
    "figure-records": page(READERS, on="figure"),
    "dashboard": page(READERS),
    "alert-missed": page(READERS),
    "alert-unsigned": page(READERS),
}

_TABLES = {
    "shell": _SHELL,
    "units": _UNITS,
    "people": _PEOPLE,
    "system": _SYSTEM,
    "audit": _AUDIT,
    "messages": _MESSAGES,
    "hazards": _HAZARDS,
    "supervision": _SUPERVISION,
    "reports": _REPORTS,
}
# Group → route → what is expected of it on each of the records it is tried on.
GROUPS: dict[str, dict[str, tuple[Route, ...]]] = {
    group: {name: route if isinstance(route, tuple) else (route,) for name, route in table.items()}
    for group, table in _TABLES.items()
}
PAGES: dict[str, tuple[Route, ...]] = {name: routes for group in GROUPS.values() for name, routes in group.items()}
