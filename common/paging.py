"""Counting no further than a person reads: totals over a million rows cost more than the page they stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

CEILING = 10_000


@dataclass(frozen=True, slots=True)
class BoundedCount:
    """How many rows there are; when not `exact`, at least `value`."""

    value: int
    exact: bool

    def __str__(self) -> str:
        return f"{self.value:,}" if self.exact else f"{self.value:,}+"


def bounded_count(queryset: QuerySet[Any], ceiling: int = CEILING) -> BoundedCount:
    """Count the rows, stopping at `ceiling`; one query that reads at most `ceiling` + 1 index entries."""
    found = queryset.order_by()[: ceiling + 1].count()
    return BoundedCount(min(found, ceiling), found <= ceiling)
