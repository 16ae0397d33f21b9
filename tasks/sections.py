"""What a unit's page shows of its tasks."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from tasks import queries
from tasks.models import Assignment
from units.dossier import Section
from units.models import Unit

SHOWN = 8


def unit_section(unit: Unit, user: Any) -> Section | None:
    """Counts and the most urgent tasks of the unit within the user's scope; two queries."""
    found = queries.assignments(user).filter(unit=unit)
    counts = queries.counts(found)
    if not counts["total"]:
        return None
    rows = list(found.live().order_by("due_at", "pk")[:SHOWN])  # type: ignore[attr-defined]
    context = {"counts": counts, "assignments": rows, "url": f"{reverse('assignment-list')}?unit={unit.pk}"}
    return Section("任务", "tasks/parts/unit_section.html", context, 40)


def unit_obstacle(unit: Unit) -> str:
    """A unit that still owes tasks stays in use."""
    count = Assignment.objects.live().filter(unit=unit).count()
    return f"该单位还有{count}项任务没有办结。" if count else ""
