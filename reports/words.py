"""How the app's codes are said in Chinese: audited actions, and states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from reports.models import Notice

S = Notice.State
KINDS = {"notice": "通报"}

ACTIONS = {
    "reports.notice_approve": "审签通报",
    "reports.notice_issue": "印发通报",
    "reports.notice_void": "作废通报",
    "reports.notice_sign_for": "签收通报",
}
BADGES = {
    "self_checked": {"True": Badge("已自查", "green", "check"), "False": Badge("未自查", "orange", "clock")},
    "notice_state": {
        S.DRAFTED: Badge("系统起草", "orange", "edit"),
        S.EDITED: Badge("已编辑", "orange", "edit"),
        S.APPROVED: Badge("已审签", "blue", "stamp"),
        S.ISSUED: Badge("已印发", "green", "check-circle"),
        S.VOID: Badge("作废", "grey", "close"),
    },
    "notice_receipt": {
        "signed": Badge("已签收", "green", "check"),
        "waiting": Badge("待签收", "blue", "clock"),
        "late": Badge("逾期未签收", "red", "alert"),
    },
}
ICONS = {
    "draft": "document",
    "edit": "edit",
    "recompute": "refresh",
    "approve": "stamp",
    "return_draft": "undo",
    "issue": "megaphone",
    "void": "trash",
}


def receipt_state(signed: bool, late: bool) -> str:
    """The badge value of a receipt."""
    return "signed" if signed else "late" if late else "waiting"
