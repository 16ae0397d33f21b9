"""How the office side's codes are said in Chinese: states with colour and icon, kinds of messages."""

from __future__ import annotations

from common.badges import Badge
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.draws import RandomDraw
from inspections.models.plans import InspectionPlan
from inspections.models.risks import RiskPoint
from inspections.models.spots import SpotCheck

_POINTS = {
    RiskPoint.State.ACTIVE: Badge("管控中", "blue", "shield"),
    RiskPoint.State.RETIRED: Badge("已消除", "grey", "check"),
}
_DRAWS = {
    RandomDraw.State.PREPARED: Badge("待抽取", "orange", "hourglass"),
    RandomDraw.State.DRAWN: Badge("已抽取", "blue", "check"),
    RandomDraw.State.PUBLISHED: Badge("已公示", "green", "megaphone"),
    RandomDraw.State.VOID: Badge("作废", "grey", "close"),
}
_PLANS = {
    InspectionPlan.State.DRAFT: Badge("编制中", "orange", "edit"),
    InspectionPlan.State.SUBMITTED: Badge("待审批", "blue", "hourglass"),
    InspectionPlan.State.APPROVED: Badge("已批准", "green", "check-circle"),
    InspectionPlan.State.VOID: Badge("作废", "grey", "close"),
}
_DONE = {"True": Badge("已检查", "green", "check"), "False": Badge("未检查", "grey", "clock")}
_VALIDITY = {
    "valid": Badge("有效", "green", "check"),
    "expiring": Badge("即将到期", "orange", "clock"),
    "expired": Badge("已过期", "red", "alert"),
    "withdrawn": Badge("已撤销", "grey", "close"),
}
_CAMPAIGNS = {
    Campaign.State.RUNNING: Badge("整治中", "blue", "flag"),
    Campaign.State.CLOSED: Badge("已结束", "grey", "check"),
}
_OBJECTS = {
    CampaignObject.State.WAITING: Badge("待整治", "orange", "hourglass"),
    CampaignObject.State.TREATING: Badge("整治中", "blue", "edit"),
    CampaignObject.State.DONE: Badge("已完成", "green", "check-circle"),
    CampaignObject.State.REMOVED: Badge("不纳入", "grey", "close"),
}
_SPOTS = {
    SpotCheck.State.WAITING: Badge("待复核", "orange", "hourglass"),
    SpotCheck.State.TRUE: Badge("属实", "green", "check-circle"),
    SpotCheck.State.FALSE: Badge("不属实", "red", "alert"),
    SpotCheck.State.DROPPED: Badge("免于复核", "grey", "close"),
}
_STRATA = {
    SpotCheck.Stratum.LISTED: Badge("挂牌挂账", "red", "flag"),
    SpotCheck.Stratum.MAJOR: Badge("重大", "red", "alert"),
    SpotCheck.Stratum.KEY: Badge("重点", "orange", "alert"),
    SpotCheck.Stratum.GENERAL: Badge("一般", "blue", "info"),
}
_HAVING = {"True": Badge("已有", "green", "check"), "False": Badge("缺少", "red", "alert")}
KINDS = {
    "inspections.record": "证照与履责记录",
    "inspections.draw": "双随机抽取",
    "inspections.plan": "检查计划",
    "inspections.spot": "抽查复核",
}
BADGES = {
    "risk_point_state": _POINTS,
    "draw_state": _DRAWS,
    "plan_state": _PLANS,
    "visited": _DONE,
    "leniency": {flag: Badge(flag, "orange", "question") for flag in ("零隐患", "零处罚", "只检查不处罚")},
    "watched": {"True": Badge("差异化管理", "red", "eye")},
    "record_validity": _VALIDITY,
    "record_having": _HAVING,
    "campaign_state": _CAMPAIGNS,
    "campaign_object_state": _OBJECTS,
    "spot_state": _SPOTS,
    "spot_stratum": _STRATA,
}
