"""The records of inspections the permission matrix walks over."""

from __future__ import annotations

from typing import Any

from tests.cast import Cast
from tests.inspections import planning
from tests.inspections.self_checks import check_of
from tests.inspections.works import work_of

# Name of a record with an action → (record, action).
ACTIONS: dict[str, tuple[str, str]] = {
    **planning.ACTIONS,
    "hazardous_work_approve": ("hazardous_work", "approve"),
    "hazardous_work_halt": ("hazardous_work", "halt"),
}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record, or the keyword arguments of its route."""
    return {**planning.build(cast, photo), "hazardous_work": work_of(cast), **_self_checks(cast)}


def _self_checks(cast: Cast) -> dict[str, Any]:
    return {
        "self_check": check_of(cast),
        "self_check_month": {"cadence": "month"},
        "self_check_lead": {"cadence": "lead_quarter"},
    }
