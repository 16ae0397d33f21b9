"""What of a hazard's record the enterprise does not see: what has been proposed against it and nobody has decided.

Upper apps say which events those are (`withhold`, in AppConfig.ready). Pages, papers, lists, filters and API of hazards
read the event log and the ladder's step through here.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from hazards.models import Hazard, HazardEvent
from units.roles import FIRM

_withheld: list[Q] = []


def withhold(where: Q) -> None:
    """Keep the hazard events `where` matches from enterprises."""
    if where not in _withheld:
        _withheld.append(where)


def is_firm(user: Any) -> bool:
    """Whether the user wears an enterprise's hat."""
    return getattr(user, "role", "") in FIRM


def events_for(user: Any) -> QuerySet[HazardEvent]:
    """The events the user may know of."""
    events = HazardEvent.objects.all()
    for where in _withheld if is_firm(user) else ():
        events = events.exclude(where)
    return events


def log(hazard: Hazard, user: Any) -> QuerySet[HazardEvent]:
    """The events of one hazard the user may know of."""
    return events_for(user).filter(hazard=hazard)


def step_field(user: Any) -> str:
    """The column with the ladder's step as the user may know it: for an enterprise, the last one it was told of."""
    return "told_step" if is_firm(user) else "ladder_step"
