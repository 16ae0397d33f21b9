"""The office side's records for the permission matrix, and what its tests begin with."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from common import clock
from inspections.models.risks import RiskPoint
from inspections.transitions import risks
from tests.cast import Cast

ACTIONS: dict[str, tuple[str, str]] = {"risk_point_edit": ("risk_point", "edit")}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record."""
    return {"risk_point": risk_point(cast)}


def risk_point(cast: Cast, level: str = "orange", **fields: Any) -> RiskPoint:
    """A point of the cast's firm."""
    values = {
        "name": "打磨车间粉尘",
        "accident": "explosion",
        "level": level,
        "controls": "湿式除尘，每班清扫",
        "owner": "李四",
        "review_on": clock.today() + timedelta(days=300),
        **fields,
    }
    return risks.register(cast.fresh("safety"), cast.units["firm"], **values)
