"""RULES: the whole lifecycle of a hazard as one table. Everything else is read from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from common.lifecycle import Rule
from hazards.models import Hazard
from hazards.models.hazard import Level, State
from hazards.transitions import campaigns, effects, extensions, guards, levels
from hazards.transitions.access import AUTHOR, CHANGE_LEVEL, DECIDE_EXTENSION, SYSTEM
from units.roles import Right

S = State
OPEN = (S.REPORTED, S.PLANNING, S.RECTIFYING, S.SUBMITTED, S.REVIEWED)


def _after_confirm(hazard: Hazard, values: Mapping[str, Any]) -> str:
    return S.PLANNING if hazard.level == Level.MAJOR else S.RECTIFYING


def _after_pass(hazard: Hazard, values: Mapping[str, Any]) -> str:
    return S.CLOSED if hazard.level == Level.GENERAL else S.REVIEWED


def _after_level(hazard: Hazard, values: Mapping[str, Any]) -> str:
    if hazard.state == S.REPORTED:
        return S.REPORTED
    if hazard.level == Level.MAJOR:
        return S.PLANNING
    return S.RECTIFYING if hazard.state == S.PLANNING else hazard.state


def _rule(label: str, sources: tuple[str, ...], target: Any, right: str, effect: str, **rest: Any) -> Rule:
    return Rule(label=label, sources=sources, target=target, right=right, effect=effect, **rest)


RULES: dict[str, Rule] = {
    "submit_report": _rule(
        "上报",
        (S.DRAFT,),
        S.REPORTED,
        AUTHOR,
        "上报后编号，由街道安委办、部门或村（社区）核实。",
        guard=guards.report,
        apply=effects.report,
    ),
    "confirm": _rule(
        "核实确认",
        (S.REPORTED,),
        _after_confirm,
        Right.CONFIRM,
        "确认等级和期限，责任单位立即收到整改要求。",
        guard=guards.confirm,
        apply=effects.confirm,
        form="confirm",
    ),
    "fix_on_spot": _rule(
        "当场整改销号",
        (S.REPORTED,),
        S.CLOSED,
        Right.CONFIRM,
        "一般隐患已当场改好，直接销号。",
        guard=guards.fix_on_spot,
        apply=effects.fix_on_spot,
        form="fix_on_spot",
        tone="success",
    ),
    "dismiss": _rule(
        "不予立案",
        (S.REPORTED,),
        S.DISMISSED,
        Right.CONFIRM,
        "不作为隐患处理，保留记录和理由。",
        guard=guards.dismiss,
        apply=effects.dismiss,
        form="dismiss",
        tone="secondary",
    ),
    "file_plan": _rule(
        "报送治理方案",
        (S.PLANNING,),
        None,
        Right.RECTIFY,
        "五到位方案报送监管部门审批。",
        guard=guards.file_plan,
        apply=effects.file_plan,
        form="file_plan",
    ),
    "approve_plan": _rule(
        "批准方案",
        (S.PLANNING,),
        S.RECTIFYING,
        Right.APPROVE_PLAN,
        "批准后按方案的完成日期整改。",
        guard=guards.plan_pending,
        apply=effects.approve_plan,
        form="opinion",
        tone="success",
    ),
    "return_plan": _rule(
        "退回方案",
        (S.PLANNING,),
        None,
        Right.APPROVE_PLAN,
        "企业修改后重新报送。",
        guard=guards.return_plan,
        apply=effects.return_plan,
        form="reason",
        tone="secondary",
    ),
    "report_progress": _rule(
        "报告进展",
        (S.RECTIFYING,),
        None,
        Right.RECTIFY,
        "进展记入时间线，监管人员可见。",
        guard=guards.progress,
        apply=effects.report_progress,
        form="progress",
        tone="secondary",
    ),
    "request_extension": _rule(
        "申请延期",
        (S.RECTIFYING,),
        None,
        Right.RECTIFY,
        "说明理由和防控措施，审批前原期限不变。",
        guard=guards.request_extension,
        apply=effects.request_extension,
        form="request_extension",
        tone="secondary",
    ),
    "grant_extension": _rule(
        "同意延期",
        (S.RECTIFYING,),
        None,
        DECIDE_EXTENSION,
        "期限顺延，原期限和逾期记录保留。",
        guard=guards.grant_extension,
        apply=effects.grant_extension,
        form="grant_extension",
        tone="success",
    ),
    "refuse_extension": _rule(
        "不同意延期",
        (S.RECTIFYING,),
        None,
        DECIDE_EXTENSION,
        "原期限不变。",
        guard=guards.refuse_extension,
        apply=effects.refuse_extension,
        form="reason",
        tone="secondary",
    ),
    "raise_extension": _rule(
        "延期申请逾期未批上报",
        (S.RECTIFYING,),
        None,
        SYSTEM,
        "到期无人审批的，报上一级审批。",
        guard=extensions.guard,
        apply=extensions.climb,
        system=True,
    ),
    "submit_rectification": _rule(
        "报告整改完成",
        (S.RECTIFYING,),
        S.SUBMITTED,
        Right.RECTIFY,
        "提交后等待复查，期限停止计算。",
        guard=guards.submit_rectification,
        apply=effects.submit_rectification,
        form="rectification",
    ),
    "pass_review": _rule(
        "复查合格",
        (S.SUBMITTED,),
        _after_pass,
        Right.REVIEW,
        "一般隐患即销号；重点、重大隐患报负责人销号。",
        guard=guards.pass_review,
        apply=effects.pass_review,
        form="pass_review",
        tone="success",
    ),
    "fail_review": _rule(
        "复查不合格",
        (S.SUBMITTED,),
        S.RECTIFYING,
        Right.REVIEW,
        "退回继续整改，进入下一轮并重定期限。",
        guard=guards.fail_review,
        apply=effects.fail_review,
        form="fail_review",
        tone="danger",
    ),
    "sign_off": _rule(
        "销号",
        (S.REVIEWED,),
        S.CLOSED,
        Right.SIGN_OFF,
        "审核把关，闭环归档。",
        guard=guards.sign_off,
        apply=effects.sign_off,
        form="opinion",
        tone="success",
    ),
    "return_to_review": _rule(
        "退回复查",
        (S.REVIEWED,),
        S.SUBMITTED,
        Right.SIGN_OFF,
        "资料不全或存疑，退回重新复查。",
        guard=guards.with_reason,
        apply=effects.note_reason,
        form="reason",
        tone="secondary",
    ),
    "change_level": _rule(
        "调整等级",
        OPEN,
        _after_level,
        CHANGE_LEVEL,
        "升为重点、重大须有监管部门和整改责任人，升为重大须报治理方案；降级须负责人批准。",
        guard=levels.check,
        apply=levels.change,
        form="change_level",
        tone="secondary",
    ),
    "cite_criterion": _rule(
        "引用判定依据",
        (S.PLANNING, S.RECTIFYING, S.SUBMITTED, S.REVIEWED, S.CLOSED),
        None,
        CHANGE_LEVEL,
        "补上或者更换重大隐患引用的判定标准条款，原条款留痕。",
        guard=levels.check_citation,
        apply=levels.change_citation,
        form="cite_criterion",
        tone="secondary",
    ),
    "mark_campaign": _rule(
        "归入专项",
        (*OPEN, S.CLOSED),
        None,
        Right.CONFIRM,
        "计入该专项整治，督办按专项的阶梯执行，已定期限不变。",
        guard=campaigns.check,
        apply=campaigns.change,
        form="mark_campaign",
        tone="secondary",
    ),
    "correct_deadline": _rule(
        "更正期限",
        (S.PLANNING, S.RECTIFYING),
        None,
        Right.SIGN_OFF,
        "仅用于更正差错，原期限留痕。",
        guard=guards.correct_deadline,
        apply=effects.correct_deadline,
        form="correct_deadline",
        tone="secondary",
    ),
    "reopen": _rule(
        "重新立案",
        (S.CLOSED,),
        S.RECTIFYING,
        Right.SIGN_OFF,
        "虚假整改或反弹，重新整改并记入考核。",
        guard=guards.reopen,
        apply=effects.reopen,
        form="reopen",
        tone="danger",
    ),
    "transfer": _rule(
        "移送",
        (S.REPORTED, S.RECTIFYING),
        S.TRANSFERRED,
        Right.SIGN_OFF,
        "移交有权机关处理，街道停止计时。",
        guard=guards.transfer,
        apply=effects.transfer,
        form="transfer",
        tone="secondary",
    ),
}
