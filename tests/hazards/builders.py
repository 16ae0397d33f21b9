"""Hazards in any state, and values that satisfy each action's guard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from common import clock
from hazards import criteria
from hazards.models import CampaignMark, Extension, Hazard, TreatmentPlan
from hazards.models.hazard import Level, State
from hazards.transitions import campaigns
from tests.cast import Cast

UNVERIFIED = (State.DRAFT, State.REPORTED, State.DISMISSED)


def hazard_in(cast: Cast, state: str, level: str = "general", **fields: Any) -> Hazard:
    """A hazard of the cast's firm in `state`, consistent with the lifecycle."""
    now = clock.now()
    unit = cast.units["firm"]
    values: dict[str, Any] = {
        "number": None if state == State.DRAFT else f"JJ-{state}-{level}-{Hazard.objects.count()}",
        "reported_by": cast.safety, "reported_at": now, "description": "除尘器未设泄爆口", "channel": "self_check",
        "unit": unit, "area_path": unit.area_path, "department": cast.units["department"],
        "sector": unit.enterprise.sector, "level_reason": "符合判定标准", "responsible_person": "李四",
    }  # fmt: skip
    if state not in UNVERIFIED:
        due = now + timedelta(days=20)
        values |= {"confirmed_at": now, "due_at": due, "original_due_at": due, "deadline_no": 1}
    if state in (State.SUBMITTED, State.REVIEWED, State.CLOSED):
        values |= {"submitted_at": now, "submitted_by": cast.safety}
    if state in (State.REVIEWED, State.CLOSED):
        values |= {"reviewed_at": now, "rectified_at": now}
    if state == State.CLOSED:
        values["closed_at"] = now
    if level == Level.MAJOR:
        values["criterion"] = criteria.general()
    return Hazard.objects.create(state=state, level=level, **(values | fields))


def values_for(action: str, cast: Cast, photos: Callable[[], list[Any]]) -> dict[str, Any]:
    """Input that satisfies the guard of `action`; `photos()` are uploads of the acting person."""
    later = clock.today() + timedelta(days=25)
    table: dict[str, dict[str, Any]] = {
        "confirm": {"responsible_person": "李四", "department": cast.units["department"]},
        "fix_on_spot": {},
        "dismiss": {"ground": "untrue", "reason": "情况不属实"},
        "file_plan": {
            "objectives": "目标", "measures": "措施", "funds": Decimal(3), "organisation": "张三",
            "finish_on": later, "safeguards": "预案",
        },
        "return_plan": {"reason": "措施不具体"},
        "report_progress": {"text": "已完成一半"},
        "request_extension": {"reason": "配件未到", "protection": "停用", "due": later},
        "refuse_extension": {"reason": "理由不充分"},
        "submit_rectification": {"measures": "已更换", "spent": Decimal(1)},
        "pass_review": {"second_reviewer": cast.second},
        "fail_review": {"reason": "未改到位", "due": later},
        "return_to_review": {"reason": "照片不清"},
        "change_level": {"level": "key", "reason": "风险升高"},
        "cite_criterion": {"level_reason": "须停产整改方能排除"},
        "mark_campaign": {"campaign": campaign_mark(cast)} if action == "mark_campaign" else {},
        "correct_deadline": {"reason": "录入差错", "due": later},
        "reopen": {"ground": "false", "reason": "虚假整改", "due": later},
        "transfer": {"transferred_to": "市应急局", "document": "移送函1号", "reason": "超出权限"},
    }  # fmt: skip
    with_photos = {"submit_report", "fix_on_spot", "submit_rectification", "pass_review"}
    return table.get(action, {}) | ({"photos": photos()} if action in with_photos else {})


def campaign_mark(cast: Cast, owner: str = "office") -> CampaignMark:
    """A running campaign of a unit of the cast."""
    return campaigns.begin(cast.units[owner], f"百日攻坚第{CampaignMark.objects.count() + 1}季")


def pending_plan(hazard: Hazard, cast: Cast) -> TreatmentPlan:
    """A filed plan waiting for a decision."""
    return TreatmentPlan.objects.create(
        hazard=hazard, version=1, objectives="o", measures="m", funds=1, organisation="z",
        finish_on=clock.today() + timedelta(days=30), safeguards="s", filed_by=cast.safety,
    )  # fmt: skip


def pending_extension(hazard: Hazard, cast: Cast) -> Extension:
    """A requested extension waiting for a decision."""
    now = clock.now()
    return Extension.objects.create(
        hazard=hazard, round=1, due_before=hazard.due_at, requested_due=hazard.due_at + timedelta(days=9), reason="r",
        protection="p", opens_at=now, closes_at=now, decide_by=now, requested_by=cast.safety,
    )  # fmt: skip
