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
    "policy-proposal": Route(Way(OFFICE, RIVALS), Way(people("head"), people("rival_head")), "policy_proposal"),
}

_AUDIT = {
    "audit-list": page(people("auditor")),
    "audit-entry": page(people("auditor"), on="audit_entry"),
    "audit-chain": page(people("auditor")),
    "audit-chain-verify": act(people("auditor")),
}

_MESSAGES = {
    "message-list": page(EVERYBODY),
    "message-open": Route(Way(people("officer"), EVERYBODY - people("officer")), Way(people("officer"), EVERYBODY - people("officer")), "message"),
    "messages-read-all": act(EVERYBODY),
    "message-preferences": both(EVERYBODY),
    "delivery-list": page(people("sysadmin")),
    "work-list": page(EVERYBODY),
    "work-detail": page(people("officer"), EVERYBODY - people("officer"), "work"),
    "work-file": page(frozenset(), EVERYBODY, "work"),
    "evidence-file": page(people("safety"), EVERYBODY - people("safety"), "photo"),
}

GROUPS: dict[str, dict[str, Route]] = {
    "shell": _SHELL,
    "units": _UNITS,
    "people": _PEOPLE,
    "system": _SYSTEM,
    "audit": _AUDIT,
    "messages": _MESSAGES,
}
PAGES: dict[str, Route] = {name: route for group in GROUPS.values() for name, route in group.items()}

# The API by method and path; strangers get 401.
API: dict[str, Route] = {
    "/api/v1/units/": page(READERS),
    "/api/v1/units/{id}/": page(READERS - ELSEWHERE, ELSEWHERE, "firm"),
    "/api/v1/me/": page(EVERYBODY),
    "/api/v1/token/": act(EVERYBODY),
}
API_PUBLIC = people("/api/v1/token/")
