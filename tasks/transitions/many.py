"""One step on many assignments, each through its own rule; what falls due soon the escalation ladder reminds of by itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from common.errors import RuleError
from tasks.models import Assignment
from tasks.transitions.assignments import perform


def perform_many(actor: Any, ids: Collection[int], action: str, **values: Any) -> tuple[int, list[str]]:
    """Take `action` on each of the assignments; returns how many took it, and of the others which and why not."""
    done, refused = 0, []
    for row in Assignment.objects.filter(pk__in=ids).select_related("task", "unit").order_by("pk"):
        try:
            perform(action, row.pk, actor, **values)
            done += 1
        except RuleError as error:
            refused.append(f"{row.unit.name}“{row}”：{error.message.rstrip('。')}")
    return done, refused
