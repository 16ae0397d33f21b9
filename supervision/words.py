"""How the app's codes are said in Chinese: kinds of messages, states with colour and icon."""

from __future__ import annotations

from common.badges import Badge
from supervision.models import BatchState, LadderStep, Listing, ListingState, Measure, UnitRule
from supervision.models.letters import LetterState
from supervision.models.listings import ENDINGS

KINDS = {
    "supervision.ladder": "督办提醒",
    "supervision.letter": "函件",
    "supervision.listing": "挂牌督办",
    "supervision.measure": "处置措施",
    "supervision.unit": "单位指标督促",
    "supervision.number_gap": "编号接续",
}

AUDITED = {
    "supervision.numbers_recovered": "恢复备份后编号接续",
    "supervision.reply_link_issued": "发出一次性回复链接",
    "supervision.reply_link_opened": "打开一次性回复链接",
    "supervision.reply_link_used": "经一次性链接回复",
}

_LETTERS = {
    LetterState.DRAFT: Badge("待签发", "orange", "edit"),
    LetterState.SENT: Badge("已送达", "blue", "send"),
    LetterState.RECEIVED: Badge("已签收", "blue", "check"),
    LetterState.ANSWERED: Badge("已回复", "yellow", "letter"),
    LetterState.DONE: Badge("办结", "green", "check-circle"),
    LetterState.VOID: Badge("作废", "grey", "close"),
}
_LISTINGS = {
    ListingState.PROPOSED: Badge("待审批", "orange", "hourglass"),
    ListingState.REJECTED: Badge("未批准", "grey", "close"),
    ListingState.APPROVED: Badge("已批准待送达", "blue", "stamp"),
    ListingState.SERVED: Badge("已送达待报方案", "blue", "document"),
    ListingState.TREATING: Badge("督办整治中", "red", "gavel"),
    ListingState.ACCEPTANCE: Badge("申请验收", "yellow", "search"),
    ListingState.ACCEPTED: Badge("验收通过待解除", "yellow", "shield-check"),
    ListingState.DELISTED: Badge("已解除督办", "green", "check-circle"),
} | {
    f"{kind}.{state}": Badge(f"{before}{ENDINGS[kind]}", tone, icon)
    for kind in Listing.Kind
    for state, before, tone, icon in (
        (ListingState.ACCEPTED, "验收通过待", "yellow", "shield-check"),
        (ListingState.DELISTED, "已", "green", "check-circle"),
    )
}
_BATCHES = {
    BatchState.OPEN: Badge("编制中", "orange", "edit"),
    BatchState.ISSUED: Badge("已印发", "green", "stamp"),
}
_MEASURES = {
    Measure.State.PROPOSED: Badge("待决定", "orange", "hourglass"),
    Measure.State.DECIDED: Badge("已决定", "red", "gavel"),
    Measure.State.DECLINED: Badge("不予采取", "grey", "close"),
    Measure.State.DONE: Badge("已办结", "green", "check-circle"),
}
_STEPS = {
    LadderStep.Code.REMIND_FIRST: Badge("首次提醒", "blue", "bell"),
    LadderStep.Code.REMIND_SECOND: Badge("二次提醒", "blue", "bell"),
    LadderStep.Code.REMIND_LAST: Badge("末次提醒", "blue", "bell"),
    LadderStep.Code.OVERDUE: Badge("逾期提示", "yellow", "letter"),
    LadderStep.Code.URGE: Badge("督促", "orange", "letter"),
    LadderStep.Code.NOTICE: Badge("列入通报", "orange", "megaphone"),
    LadderStep.Code.TALK: Badge("约谈建议", "red", "users"),
    LadderStep.Code.LIST: Badge("挂牌（挂账）建议", "red", "gavel"),
    LadderStep.Code.PUBLISH: Badge("曝光移送建议", "dark", "alert"),
}
_RULES = {
    UnitRule.Code.LOW: Badge("按期率偏低", "yellow", "chart-line"),
    UnitRule.Code.POOR: Badge("按期率低或连续偏低", "orange", "letter"),
    UnitRule.Code.LAST: Badge("按期率低且末位", "red", "alert"),
    UnitRule.Code.FALSE: Badge("虚假整改查实", "red", "alert"),
}
BADGES = {
    "letter_state": _LETTERS,
    "listing_state": _LISTINGS,
    "batch_state": _BATCHES,
    "measure_state": _MEASURES,
    "ladder_step": _STEPS,
    "unit_rule": _RULES,
}
