"""Reminding many units at once; what falls due soon the escalation ladder reminds of by itself."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from common.errors import RuleError
from tasks.models import Assignment
from tasks.transitions.assignments import perform


def remind_many(actor: Any, ids: Collection[int]) -> tuple[int, list[str]]:
    """催办 each of the assignments; returns how many were reminded, and why others were not."""
    done, refused = 0, []
    for row in Assignment.objects.filter(pk__in=ids).select_related("task", "unit").order_by("pk"):
        try:
            perform("remind", row.pk, actor)
            done += 1
        except RuleError as error:
            refused.append(f"{row.unit.name}“{row}”：{error.message}")
    return done, refused
