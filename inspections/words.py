"""How the room's codes are said in Chinese: kinds of messages, states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from inspections.models import ItemResult, PaperState, VisitState

KINDS = {"inspections.visit": "检查", "inspections.paper": "检查文书"}

ACTIONS = {"inspections.certificate": "登记执法证", "inspections.settings": "修改检查文书设置"}

BADGES = {
    "visit_state": {
        VisitState.PLANNED: Badge("待检查", "orange", "calendar"),
        VisitState.RUNNING: Badge("检查中", "blue", "edit"),
        VisitState.DONE: Badge("已完成", "green", "check-circle"),
        VisitState.CANCELLED: Badge("已取消", "grey", "close"),
    },
    "paper_state": {
        PaperState.DRAFT: Badge("草稿", "orange", "edit"),
        PaperState.ISSUED: Badge("已出具", "blue", "stamp"),
        PaperState.SERVED: Badge("已送达", "green", "check-circle"),
        PaperState.VOID: Badge("作废", "grey", "close"),
    },
    "item_outcome": {
        "": Badge("未检查", "grey", "clock"),
        ItemResult.Outcome.OK: Badge("合格", "green", "check"),
        ItemResult.Outcome.BAD: Badge("不合格", "red", "alert"),
        ItemResult.Outcome.NA: Badge("不涉及", "grey", "close"),
    },
}
