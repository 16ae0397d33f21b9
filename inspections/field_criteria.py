"""The criteria library as a phone keeps it: fetched once for an edition, searched without signal."""

from __future__ import annotations

import hashlib
from typing import Any

from common.snapshot import Snapshot
from hazards.models import CriterionItem


def _load() -> tuple[str, list[dict[str, Any]]]:
    found = CriterionItem.objects.in_force().select_related("standard").order_by("pk")
    rows = [
        {
            "id": item.pk,
            "title": item.title,
            "source": f"{item.standard.title} {item.clause}",
            "search": item.search_text,
        }
        for item in found
    ]
    return hashlib.sha256(repr(rows).encode()).hexdigest()[:16], rows


_library: Snapshot[tuple[str, list[dict[str, Any]]]] = Snapshot(_load)


def edition() -> str:
    """Changes with every clause in force."""
    return _library.get()[0]


def library() -> dict[str, Any]:
    """Every clause in force, with the words it is found by."""
    edition, rows = _library.get()
    return {"edition": edition, "items": rows}
