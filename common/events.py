"""The log of a record with a lifecycle: one abstract event, one way to make one, one way to write one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from common.lifecycle import Rule

SYSTEM_NAME = "系统"


class RecordEvent(models.Model):
    """One thing that happened; written in the transaction of the change, never changed. `data` keeps what was typed.

    `key` makes an event of a job or a repeated request unique. A concrete event has a foreign key to its record, named
    as the record's model.
    """

    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=30)
    label = models.CharField("名称", max_length=40)
    source = models.CharField("原状态", max_length=12, blank=True)
    target = models.CharField("新状态", max_length=12, blank=True)
    actor = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    actor_name = models.CharField("办理人姓名", max_length=60)
    actor_hat = models.CharField("办理身份", max_length=160, blank=True)
    note = models.TextField("说明", blank=True)
    data = models.JSONField("内容", default=dict)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.label} {self.actor_name}"

    @staticmethod
    def copied_from(record: Any) -> dict[str, Any]:
        """What an event keeps of its record besides the reference."""
        return {}


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
    data: Mapping[str, Any] | None = None,
    key: str | None = None,
) -> Event:
    """An unsaved event of `record`; `data["note"]` becomes the text shown in the timeline. No actor: the system acted."""
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
        **model.copied_from(record),
    )


def writer(model: type[Event], rules: Mapping[str, Rule]) -> Callable[..., Event]:
    """The `write_event` of a lifecycle whose events are rows of `model`, called as its rule says unless `label` is given."""

    def write_event(record: Any, action: str, actor: Any, *, label: str = "", **facts: Any) -> Event:
        event = new_event(model, record, action, label or rules[action].label, actor=actor, **facts)
        event.save()
        return event

    return write_event
