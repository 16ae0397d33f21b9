"""What supervision writes on a hazard: the mark 挂牌/挂账 with its new deadline, as an event of the hazard's own log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from common import clock
from common.errors import NotInScope
from hazards.models import Hazard
from hazards.models.hazard import TIMED_STATES
from hazards.transitions import write_event
from hazards.transitions.effects import set_deadline


def lock(hazard_id: int) -> Hazard:
    """The hazard, locked until the end of the transaction."""
    hazard = Hazard.objects.select_for_update(no_key=True, of=("self",)).filter(pk=hazard_id).first()
    if hazard is None:
        raise NotInScope
    return hazard


def enter_list(hazard: Hazard, actor: Any, *, kind: str, word: str, finish_by: datetime, note: str) -> None:
    """Mark the locked hazard as listed; while the enterprise still has to act, the listing's term is its deadline.

    The original deadline and what was overdue before stay on record; the ladder starts anew for the new deadline.
    """
    data: dict[str, Any] = {"listed_as": kind, "note": note}
    hazard.listed_as = kind
    if hazard.state in TIMED_STATES:
        data |= set_deadline(hazard, finish_by)
    _save(hazard, "list", actor, f"列入{word}督办", data)


def note(hazard: Hazard, action: str, actor: Any, label: str, text: str, **data: Any) -> None:
    """Append an event that changes nothing but what the hazard's timeline tells."""
    _save(hazard, action, actor, label, {**data, "note": text})


def _save(hazard: Hazard, action: str, actor: Any, label: str, data: dict[str, Any]) -> None:
    at = clock.now()
    hazard.version += 1
    hazard.updated_at = at
    hazard.save()
    write_event(hazard, action, actor, at=at, source=hazard.state, target=hazard.state, data=data, label=label)
