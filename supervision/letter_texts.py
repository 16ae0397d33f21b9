"""The wording of what the ladder writes: 提示函, 督促函, proposals. Plain official Chinese, with the facts that led to it."""

from __future__ import annotations

from datetime import datetime

from common import clock
from common.wording import cn_date, cn_datetime
from hazards.models import Hazard
from supervision.ladder import Edition, Step
from supervision.models import LadderStep

WHY_LENGTH = 300
BASIS = "《中华人民共和国安全生产法》第四十一条：生产经营单位应当采取技术、管理措施，及时发现并消除事故隐患"


def label_of(code: str) -> str:
    """The Chinese name of a step."""
    return str(LadderStep.Code(code).label)


def days_late(hazard: Hazard, now: datetime) -> int:
    """Natural days past the deadline; 0 before it."""
    if hazard.due_at is None or now <= hazard.due_at:
        return 0
    return (clock.local(now).date() - clock.local(hazard.due_at).date()).days


def standing(hazard: Hazard, now: datetime) -> str:
    """整改期限…，已逾期…天 / 距期限…天."""
    if hazard.due_at is None:
        return "未定整改期限"
    due = f"整改期限{cn_date(hazard.due_at)}"
    if now <= hazard.due_at:
        return f"{due}，尚未到期"
    days = days_late(hazard, now)
    return f"{due}，已逾期{days}天" if days else f"{due}，已逾期"


def reason(hazard: Hazard, edition: Edition, step: Step, now: datetime) -> str:
    """Why the step fired: the rule, the dates, the hazard. Kept with the firing and printed in the letter."""
    text = (
        f"隐患{hazard.number}{standing(hazard, now)}（第{hazard.round}轮整改、第{hazard.deadline_no}次期限）；"
        f"依据《{edition.name}》{step.rung}“{label_of(step.code)}”，应于{cn_datetime(step.at)}触发"
    )
    return text[:WHY_LENGTH]


def matter(hazard: Hazard, now: datetime) -> str:
    """事由: number, place, what is wrong, deadline, days late (domain-rules §4)."""
    place = f"{hazard.place}：" if hazard.place else ""
    original = ""
    if hazard.original_due_at and hazard.due_at and hazard.original_due_at < hazard.due_at:
        original = f"（原定期限{cn_date(hazard.original_due_at)}）"
    return (
        f"{cn_date(hazard.found_on)}发现你单位存在{hazard.get_level_display()}隐患（编号{hazard.number}）：{place}"
        f"{hazard.description.rstrip('。')}。{standing(hazard, now)}{original}，至今未报告整改完成。"
    )


def reminder_title(hazard: Hazard) -> str:
    """Title of the 提示函."""
    return f"关于尽快完成{hazard.get_level_display()}隐患整改的提示函"


def urge_title(hazard: Hazard) -> str:
    """Title of the 督促函."""
    return f"关于督促整改逾期{hazard.get_level_display()}隐患的函"


REMINDER_DEMAND = (
    "请你单位立即组织整改，整改期间落实临时管控措施，确保安全；整改完成后及时在系统中报告并上传整改后照片。"
    "确有困难的，应当说明理由和防控措施。"
)


def urge_demand(reply_by: datetime) -> str:
    """What the 督促函 asks for."""
    return (
        "请你单位主要负责人亲自组织，立即采取措施消除隐患；整改完成前加强巡查值守，必要时停止使用相关设备、场所。"
        f"请于{cn_date(reply_by)}前书面回复整改进展、未按期完成的原因和完成时间。逾期仍不整改的，将予以通报、约谈，直至挂牌督办、移送查处。"
    )


def proposal_reason(hazard: Hazard, edition: Edition, step: Step, now: datetime) -> str:
    """The ground of a proposal the ladder makes; a person decides."""
    return f"{standing(hazard, now)}，仍未完成整改，按《{edition.name}》{step.rung}提出{label_of(step.code)}"
