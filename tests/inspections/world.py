"""The records of inspections the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.inspections import planning

# Name of a record with an action → (record, action).
ACTIONS: dict[str, tuple[str, str]] = {**planning.ACTIONS}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    return {**planning.build(cast, photo)}
