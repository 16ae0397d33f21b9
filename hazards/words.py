"""How the app's codes are said in Chinese: audited actions, and states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from hazards.models import Extension, TreatmentPlan
from hazards.models.hazard import Level, State

KINDS = {"hazard": "隐患办理"}

ACTIONS = {
    "hazards.import": "导入台账",
    "hazards.dossier": "导出隐患档案",
    "hazards.draft_discarded": "删除隐患草稿",
    "hazards.criterion_checked": "核对判定条款",
}

_LEVELS = {
    Level.GENERAL: Badge("一般", "blue", "info"),
    Level.KEY: Badge("重点", "orange", "flag"),
    Level.MAJOR: Badge("重大", "red", "alert"),
}
_STATES = {
    State.DRAFT: Badge("草稿", "grey", "edit"),
    State.REPORTED: Badge("待核实", "blue", "eye"),
    State.PLANNING: Badge("待报方案", "orange", "document"),
    State.RECTIFYING: Badge("整改中", "yellow", "hourglass"),
    State.SUBMITTED: Badge("待复查", "blue", "search"),
    State.REVIEWED: Badge("待销号", "blue", "stamp"),
    State.CLOSED: Badge("已销号", "green", "check-circle"),
    State.DISMISSED: Badge("不予立案", "grey", "close"),
    State.TRANSFERRED: Badge("已移送", "dark", "external"),
}
_PLANS = {
    TreatmentPlan.State.FILED: Badge("待审批", "blue", "clock"),
    TreatmentPlan.State.APPROVED: Badge("已批准", "green", "check"),
    TreatmentPlan.State.RETURNED: Badge("退回修改", "orange", "undo"),
}
_EXTENSIONS = {
    Extension.State.PENDING: Badge("待审批", "blue", "clock"),
    Extension.State.GRANTED: Badge("同意延期", "green", "check"),
    Extension.State.REFUSED: Badge("不同意", "grey", "close"),
}
_LISTED = {
    "key": Badge("挂账督办", "orange", "gavel"),
    "major": Badge("挂牌督办", "red", "gavel"),
    "fire": Badge("挂牌督办（消防）", "red", "fire"),
}
_CONFIDENCE = {
    "high": Badge("可信度高", "green", "check"),
    "medium": Badge("可信度中", "yellow", "question"),
    "low": Badge("可信度低", "orange", "alert"),
}
_STATUS = {
    "现行": Badge("现行", "green", "check"),
    "被替代": Badge("被替代", "grey", "swap"),
    "已废止": Badge("已废止", "grey", "close"),
}
BADGES = {
    "criterion_confidence": _CONFIDENCE,
    "criterion_status": _STATUS,
    "hazard_level": _LEVELS,
    "hazard_state": _STATES,
    "plan_state": _PLANS,
    "extension_state": _EXTENSIONS,
    "listed_as": _LISTED,
}
