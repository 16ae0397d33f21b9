"""How the app's codes are said in Chinese: kinds of messages, states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from tasks.models import AssignmentState, TaskUnit, YearlyState
from tasks.transitions.telling import KIND
from tasks.transitions.yearly import KIND as YEARLY

KINDS = {KIND: "任务办理", YEARLY: "年度报备"}

_STATES = {
    AssignmentState.OPEN: Badge("待办", "orange", "inbox"),
    AssignmentState.IN_PROGRESS: Badge("推进中", "blue", "chart-line"),
    AssignmentState.SUBMITTED: Badge("待审核", "yellow", "hourglass"),
    AssignmentState.DONE: Badge("已办结", "green", "check-circle"),
    AssignmentState.CANCELLED: Badge("已取消", "grey", "close"),
}
_ROLES = {
    TaskUnit.Role.LEAD: Badge("牵头", "red", "flag"),
    TaskUnit.Role.RESPONSIBLE: Badge("责任", "blue", "user"),
    TaskUnit.Role.COOPERATING: Badge("配合", "grey", "users"),
}
_YEARLY = {
    YearlyState.DRAFT: Badge("待报送", "orange", "edit"),
    YearlyState.FILED: Badge("待审核", "yellow", "hourglass"),
    YearlyState.CHECKED: Badge("已备案", "green", "check-circle"),
}
ACTIONS = {"tasks.plan_imported": "导入方案", "tasks.import": "导入任务台账"}
BADGES = {"assignment_state": _STATES, "task_role": _ROLES, "yearly_state": _YEARLY}
