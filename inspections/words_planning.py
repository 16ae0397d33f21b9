"""How the office side's codes are said in Chinese: states with colour and icon, kinds of messages."""

from __future__ import annotations

from common.badges import Badge
from inspections.models.risks import RiskPoint

_POINTS = {
    RiskPoint.State.ACTIVE: Badge("管控中", "blue", "shield"),
    RiskPoint.State.RETIRED: Badge("已消除", "grey", "check"),
}
BADGES = {"risk_point_state": _POINTS}
