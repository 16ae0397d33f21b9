"""Self-checks for tests, filed through the real door."""

from __future__ import annotations

from typing import Any

from common import clock
from inspections import checklists
from inspections.models import ChecklistVersion, SelfCheck
from inspections.transitions.self_checks import Sheet, file_check
from tests.cast import Cast


def version_of(cast: Cast) -> ChecklistVersion:
    """The checklist that fits the cast's enterprise."""
    if not ChecklistVersion.objects.exists():  # a test with its own transactions has emptied the tables
        checklists.load()
    version = checklists.suggest(cast.units["firm"])
    assert version is not None
    return version


def sheet_of(cast: Cast, cadence: str = "month", **changes: Any) -> Sheet:
    """A clean sheet for the span that holds today."""
    return Sheet(**{"cadence": cadence, "on": clock.today(), "version": version_of(cast), "all_clear": True, **changes})


def check_of(cast: Cast, cadence: str = "month", who: str = "safety", **changes: Any) -> SelfCheck:
    """A filed check of the cast's enterprise."""
    return file_check(cast.fresh(who), sheet_of(cast, cadence, **changes))
