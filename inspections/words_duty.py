"""How self-checks and dangerous works are said in Chinese: states with colour and icon, kinds of messages."""

from __future__ import annotations

from common.badges import Badge
from inspections.models.works import WorkState

KINDS = {"inspections.work": "危险作业", "inspections.selfcheck": "企业自查"}

BADGES = {
    "self_check_mark": {
        "done": Badge("已完成", "green", "check"),
        "late": Badge("迟报", "orange", "clock"),
        "missed": Badge("未报送", "red", "close"),
        "open": Badge("待报送", "blue", "edit"),
        "ahead": Badge("未到", "grey", "dot"),
        "free": Badge("不要求", "grey", "minus"),
    },
    "work_state": {
        WorkState.FILED: Badge("已报备", "blue", "document"),
        WorkState.WORKING: Badge("作业中", "orange", "fire"),
        WorkState.HALTED: Badge("暂停作业", "red", "stop"),
        WorkState.FINISHED: Badge("已完工验收", "green", "check-circle"),
        WorkState.CANCELLED: Badge("已取消", "grey", "close"),
    },
}
