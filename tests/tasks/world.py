"""The records of tasks the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast

# Name of a record with an action → (record, action).
ACTIONS: dict[str, tuple[str, str]] = {}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    return {}
