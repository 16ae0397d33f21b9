"""How the app's codes are said in Chinese: audited actions, and states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from units.models.enterprises import Enterprise
from units.models.proposals import ProposalState
from units.models.units import Unit

KINDS = {"units.audit_broken": "审计链异常"}
ACTIONS = {
    "units.password_changed": "修改密码",
    "units.password_reset": "重置密码",
    "units.hat_switched": "切换身份",
    "units.token_issued": "签发接口令牌",
    "units.created": "新建单位",
    "units.changed": "修改单位信息",
    "units.confirmed": "确认建档",
    "units.merged": "合并单位",
    "units.deactivated": "停用单位",
    "units.reactivated": "恢复单位",
    "units.change_proposed": "提出单位信息修改建议",
    "units.change_decided": "审核单位信息修改建议",
    "units.area_created": "新建区域",
    "units.area_changed": "修改区域",
    "units.account_created": "新建账号",
    "units.office_founded": "建立安委办",
    "units.account_changed": "修改账号",
    "units.account_deactivated": "停用账号",
    "units.account_reactivated": "恢复账号",
    "units.membership_granted": "授予任职",
    "units.membership_ended": "终止任职",
    "units.unlocked": "解除账号锁定",
    "units.sessions_ended": "强制退出会话",
    "units.policy_proposed": "提出政策调整",
    "units.policy_decided": "审批政策调整",
}

_STANDINGS = {
    Unit.Standing.CONFIRMED: Badge("已确认", "green", "check"),
    Unit.Standing.PROVISIONAL: Badge("待确认", "orange", "clock"),
    Unit.Standing.MERGED: Badge("已合并", "grey", "swap"),
}
_RISKS = {
    Enterprise.Risk.RED: Badge("红", "red", "alert"),
    Enterprise.Risk.ORANGE: Badge("橙", "orange", "alert"),
    Enterprise.Risk.YELLOW: Badge("黄", "yellow", "dot"),
    Enterprise.Risk.BLUE: Badge("蓝", "blue", "dot"),
}
_STATES = {
    Enterprise.State.OPERATING: Badge("在营", "green", "check"),
    Enterprise.State.SUSPENDED: Badge("停产停业", "orange", "clock"),
    Enterprise.State.CLOSED: Badge("关闭", "grey", "close"),
    Enterprise.State.CANCELLED: Badge("注销", "grey", "close"),
}
_PROPOSALS = {
    ProposalState.PENDING: Badge("待审核", "orange", "clock"),
    ProposalState.ACCEPTED: Badge("已采纳", "green", "check"),
    ProposalState.RETURNED: Badge("已退回", "grey", "close"),
}
BADGES = {
    "unit_standing": _STANDINGS,
    "enterprise_risk": _RISKS,
    "enterprise_state": _STATES,
    "proposal_state": _PROPOSALS,
}
