"""Which person holds which right over this very hazard (permission matrix plus separation of duties)."""

from __future__ import annotations

from typing import Any

from hazards.models.hazard import Hazard, Level, State
from hazards.models.treatment import Extension
from units.roles import Right, Role
from units.scope import reaches

# Rights of this app that depend on the record: resolved to a row of the matrix before the scope is checked.
DECIDE_EXTENSION = "hazard.decide_extension"
CHANGE_LEVEL = "hazard.change_level"
AUTHOR = "hazard.author"
SYSTEM = "hazard.system"
VILLAGE_HANDLES = frozenset({Right.CONFIRM, Right.REVIEW})


def may(actor: Any, right: str, hazard: Hazard) -> bool:
    """Whether `actor` holds `right` over `hazard`."""
    if actor is None or getattr(actor, "hat", None) is None:
        return False
    if right == AUTHOR:
        return hazard.reported_by_id == actor.pk and reaches(actor, Right.REPORT_HAZARD, hazard, named=True)
    if right == CHANGE_LEVEL:
        return actor.role != Role.GRID and reaches(actor, Right.CONFIRM, hazard)
    if right == DECIDE_EXTENSION:
        return _may_decide_extension(actor, hazard)
    if right in VILLAGE_HANDLES and actor.role == Role.GRID and _beyond_village(hazard):
        return False
    return reaches(actor, right, hazard)


def _may_decide_extension(actor: Any, hazard: Hazard) -> bool:
    """Whoever is asked first: the head for a listed hazard, else department or office; then those silence carried it to."""
    asked = next((row.decider for row in hazard.extensions.all() if row.state == Extension.State.PENDING), "")
    if asked == Extension.Decider.LEADER and actor.role == Role.LEADER:
        return reaches(actor, Right.APPROVE_LISTING, hazard)
    if asked or hazard.listed_as:
        return reaches(actor, Right.DECIDE_LISTED_EXTENSION, hazard)
    return reaches(actor, Right.APPROVE_PLAN, hazard)


def _beyond_village(hazard: Hazard) -> bool:
    """村社区 handle general hazards only; while it is unverified the level is still the reporter's guess."""
    return hazard.level != Level.GENERAL and hazard.state != State.REPORTED
