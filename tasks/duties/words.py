"""How the app's codes are said in Chinese: kinds of messages, audited actions, states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from tasks.models import Attendance, Evaluation, Meeting, StandingState

KINDS = {"tasks.duty": "履职提醒", "tasks.meeting": "会议"}

ACTIONS = {
    "tasks.post_set": "设定履职岗位",
    "tasks.post_ended": "终止履职岗位",
    "tasks.record_entered": "登记履职记录",
    "tasks.record_voided": "作废履职记录",
    "tasks.evaluation_approve": "审定阶段评估",
    "tasks.evaluation_void": "作废阶段评估",
    "tasks.indicator_entered": "填报指标值",
    "tasks.indicator_lead": "设定指标责任单位",
}

_STANDINGS = {
    StandingState.MET: Badge("已完成", "green", "check-circle"),
    StandingState.LATE: Badge("逾期完成", "yellow", "check"),
    StandingState.ON_COURSE: Badge("按进度", "blue", "clock"),
    StandingState.SHORT: Badge("预计不足", "orange", "alert"),
    StandingState.MISSED: Badge("未完成", "red", "close"),
}
_MEETINGS = {
    Meeting.State.PLANNED: Badge("待召开", "blue", "calendar"),
    Meeting.State.HELD: Badge("纪要待审签", "orange", "edit"),
    Meeting.State.CONFIRMED: Badge("纪要已审签", "green", "check-circle"),
    Meeting.State.CANCELLED: Badge("已取消", "grey", "close"),
}
_PRESENCE = {
    Attendance.Presence.CALLED: Badge("通知", "grey", "bell"),
    Attendance.Presence.PRESENT: Badge("到会", "green", "check"),
    Attendance.Presence.EXCUSED: Badge("请假", "yellow", "clock"),
    Attendance.Presence.ABSENT: Badge("缺席", "red", "close"),
}
_RECORDS = {False: Badge("有效", "green", "check"), True: Badge("已作废", "grey", "close")}
_INDICATORS = {
    "met": Badge("已达到", "green", "check-circle"),
    "open": Badge("推进中", "blue", "clock"),
    "late": Badge("到期未达到", "red", "alert"),
    "none": Badge("无数据", "grey", "question"),
}
_EVALUATIONS = {
    Evaluation.State.DRAFTED: Badge("系统起草", "blue", "document"),
    Evaluation.State.EDITED: Badge("已编辑", "yellow", "edit"),
    Evaluation.State.APPROVED: Badge("已审定", "green", "check-circle"),
    Evaluation.State.VOID: Badge("作废", "grey", "close"),
}
BADGES = {
    "evaluation_state": _EVALUATIONS,
    "indicator_state": _INDICATORS,
    "duty_standing": _STANDINGS,
    "duty_record": _RECORDS,
    "meeting_state": _MEETINGS,
    "presence": _PRESENCE,
}
