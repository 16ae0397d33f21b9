"""One way to write an event of a letter, a listing or a measure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from supervision.models.events import RecordEvent

SYSTEM_NAME = "系统"
Event = TypeVar("Event", bound=RecordEvent)


def new_event(
    model: type[Event],
    record: Any,
    action: str,
    label: str,
    *,
    actor: Any = None,
    at: datetime,
    source: str = "",
    target: str = "",
    data: dict[str, Any] | None = None,
    key: str | None = None,
) -> Event:
    """An unsaved event of `record`; `data["note"]` becomes the text shown in the timeline."""
    kept = dict(data or {})
    note = str(kept.pop("note", "") or "")
    parent = {record._meta.model_name: record}
    return model(
        at=at,
        action=action,
        label=label,
        source=source,
        target=target,
        actor=actor,
        actor_name=actor.name if actor else SYSTEM_NAME,
        actor_hat=str(actor.hat) if actor and actor.hat else "",
        note=note,
        data=kept,
        key=key,
        **parent,
    )


def writer(model: type[RecordEvent], label_of: Callable[[str], str]) -> Callable[..., RecordEvent]:
    """The `write_event` of a lifecycle whose events are rows of `model`."""

    def write_event(record: Any, action: str, actor: Any, **facts: Any) -> RecordEvent:
        event = new_event(model, record, action, label_of(action), actor=actor, **facts)
        event.save()
        return event

    return write_event
