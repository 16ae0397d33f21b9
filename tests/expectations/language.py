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
MAY_CONFIRM = OFFICE | DEPARTMENT | GRID
READS_THE_STREET = OFFICE | DEPARTMENT | GRID | LEADER
IMPORTERS = OFFICE | RIVALS | DEPARTMENT | RIVAL_DEPARTMENT | GRID
NO_HAZARD = EXPERT | ADMINS | ELSEWHERE


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


def verbs(prefix: str, on: str, hidden: People, table: dict[str, People]) -> dict[str, Route]:
    """One API path per action: who may press it at all; state and input come later (409, 422)."""
    return {f"{prefix}{{id}}/actions/{name}/": act(ok, hidden - ok, on) for name, ok in table.items()}
