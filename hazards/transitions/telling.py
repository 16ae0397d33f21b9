"""Who learns of what happened to a hazard. Delivered once per event, after commit."""

from __future__ import annotations

from typing import Any

from common import clock, wording
from hazards.models import Hazard, HazardEvent, PrincipalNotification
from hazards.models.hazard import Level
from hazards.transitions import extensions
from messaging.transitions import notify_about
from units import queries
from units.roles import FIRM

_TO_FIRM = {
    "confirm": "请按期整改",
    "approve_plan": "治理方案已批准，请按方案整改",
    "return_plan": "治理方案被退回，请修改后重报",
    "grant_extension": "延期申请已同意",
    "refuse_extension": "延期申请未同意",
    "fail_review": "复查不合格，请继续整改",
    "pass_review": "复查合格",
    "sign_off": "已销号",
    "reopen": "已重新立案，请整改",
    "change_level": "等级已调整",
    "correct_deadline": "整改期限已更正",
    "fix_on_spot": "已当场整改销号",
}
_TO_OVERSEERS = {
    "submit_report": "新上报隐患，待核实",
    "file_plan": "治理方案待审批",
    "request_extension": "延期申请待审批",
    "submit_rectification": "整改已完成，待复查",
    "pass_review": "复查合格，待销号",
    "return_to_review": "销号退回，请重新复查",
}


def tell(hazard: Hazard, actor: Any, event: HazardEvent) -> None:
    """Notify the responsible unit and those who must act next."""
    action = event.action
    if action == "raise_extension":
        extensions.tell(hazard, event)
    if action in _TO_FIRM:
        firm = queries.people_of_unit(hazard.unit_id, *FIRM)
        _send(hazard, actor, event, firm, _TO_FIRM[action], urgent=hazard.level == Level.MAJOR)
    waits_for_head = action != "pass_review" or hazard.closed_at is None
    if action in _TO_OVERSEERS and waits_for_head:
        people = queries.overseers(hazard.area_path, hazard.department_id)
        _send(hazard, actor, event, people, _TO_OVERSEERS[action])
    if hazard.level == Level.MAJOR and hazard.confirmed_at and action in {"confirm", "change_level"}:
        tell_principals(hazard)


def _send(hazard: Hazard, actor: Any, event: HazardEvent, people: Any, what: str, *, urgent: bool = False) -> None:
    due = f"，整改期限{wording.cn_datetime(hazard.due_at)}" if hazard.due_at and hazard.is_open else ""
    notify_about(
        hazard,
        people,
        actor=actor,
        event=f"event:{event.seq}",
        kind="hazard",
        title=f"{what}：{hazard.number} {hazard.description[:40]}",
        body=f"{hazard.unit.name}：{hazard.description}{due}。{event.note}",
        why=f"{event.actor_name}办理了“{event.label}”，您是该隐患的责任单位或监管人员。",
        urgent=urgent,
    )


def tell_principals(hazard: Hazard) -> None:
    """Record that 主要负责人 and 实际控制人 were told of a major hazard, and tell those who have accounts."""
    profile = getattr(hazard.unit, "enterprise", None)
    if profile is None:
        return
    accounts = {user.name: user for user in queries.people_of_unit(hazard.unit_id, *FIRM)}
    capacity = PrincipalNotification.Capacity
    told = (
        (capacity.PRINCIPAL, profile.principal or profile.legal_person, profile.principal_phone),
        (capacity.CONTROLLER, profile.controller, profile.controller_phone),
    )
    rows = [
        PrincipalNotification(
            hazard=hazard, capacity=kind, name=name, phone=phone, user=accounts.get(name), sent_at=clock.now()
        )
        for kind, name, phone in told
        if name
    ]
    PrincipalNotification.objects.bulk_create(rows, ignore_conflicts=True)


def mark_read(hazard: Hazard, user: Any) -> None:
    """A principal who opens the hazard has read the notification."""
    unread = PrincipalNotification.objects.filter(hazard=hazard, user=user, read_at__isnull=True)
    unread.update(read_at=clock.now())


def urge(hazard: Hazard, actor: Any, day: Any) -> int:
    """Remind the responsible unit by hand; at most once per hazard and day."""
    return notify_about(
        hazard,
        queries.people_of_unit(hazard.unit_id, *FIRM),
        event=f"urge:{day}",
        kind="hazard",
        title=f"催办：{hazard.number} {hazard.description[:40]}",
        body=f"请抓紧整改：{hazard.description}。整改期限{wording.cn_datetime(hazard.due_at)}。",
        why=f"{actor.name}催办。",
    )
