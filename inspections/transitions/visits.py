"""The verbs of visits: begin, schedule, start, reschedule, finish, cancel. RULES is the whole lifecycle."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from common.wording import cn_date
from inspections import checklists, phone_clock
from inspections.models import ChecklistVersion, Inspection, InspectionEvent, ItemResult, VisitState
from inspections.models.campaigns import Campaign
from inspections.transitions import finishing
from inspections.transitions.access import COMPLETE_VISIT, may_visit
from inspections.transitions.team import Named, assemble, check_certificates, enlist
from units.models import Unit
from units.roles import Right, Role, scope_of

Values = Mapping[str, Any]
S = VisitState
HEADER = ("place", "contact", "contact_title", "contact_phone", "latitude", "longitude")


def _check_start(inspection: Inspection, actor: Any, values: Values) -> None:
    """An administrative inspection has two holders of a 执法证 valid on the day it begins."""
    people = [member.user for member in inspection.members.select_related("user")]
    check_certificates(inspection.kind, people, _day_of(values.get("client_at"), values.get("client_now")))


def _day_of(client_at: datetime | None, client_now: datetime | None) -> date:
    """The day a visit began, which for one from a phone without signal lies back."""
    return clock.local(phone_clock.real(client_at, client_now, clock.now())).date()


def _start(inspection: Inspection, actor: Any, values: Values) -> dict[str, Any]:
    _set_times(inspection, values.get("client_at"), values.get("client_now"))
    for name in HEADER:
        if values.get(name) not in (None, ""):
            setattr(inspection, name, values[name])
    _lay_out(inspection)
    day = clock.local(inspection.started_at).date() if inspection.started_at else clock.today()
    enlist_again(inspection, day)
    return {"skew": inspection.clock_skew, "note": "手机时钟与服务器不一致" if inspection.has_wrong_clock else ""}


def enlist_again(inspection: Inspection, day: date) -> None:
    """Copy the certificates as they stand on the day the visit begins, not when it was planned."""
    team = [Named(member.user, member.part) for member in inspection.members.select_related("user")]
    inspection.members.all().delete()
    enlist(inspection, team, day)


def _check_date(inspection: Inspection, actor: Any, values: Values) -> None:
    """A day from today on, with a reason; a 复查 not before the deadline it checks."""
    require(values, planned_on="新的检查日期", reason="改期原因")
    day = values["planned_on"]
    if day < clock.today():
        raise Refused.at("planned_on", "检查日期不能早于今天。")
    deadline = inspection.follows.deadline if inspection.follows else None
    if deadline and day < deadline:
        raise Refused.at("planned_on", f"复查日期不能早于整改期限{cn_date(deadline)}。")


def _reschedule(inspection: Inspection, actor: Any, values: Values) -> dict[str, Any]:
    before, inspection.planned_on = inspection.planned_on, values["planned_on"]
    return {"before": before.isoformat() if before else None, "note": values["reason"]}


def _check_reason(inspection: Inspection, actor: Any, values: Values) -> None:
    """Cancelling needs a reason; a visit with an issued paper stays."""
    require(values, reason="取消原因")
    if inspection.papers.live().exists():
        raise Refused("该检查已出具文书，不能取消；请先作废文书。")


def _cancel(inspection: Inspection, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values["reason"]}


RULES: dict[str, Rule] = {
    "start": Rule(
        "开始检查", (S.PLANNED,), S.RUNNING, Right.CARRY_OUT, "记录开始时间和地点，打开检查表。",
        guard=_check_start, apply=_start, form="start",
    ),
    "reschedule": Rule(
        "改期", (S.PLANNED,), None, COMPLETE_VISIT, "改变计划日期，原日期留痕。",
        guard=_check_date, apply=_reschedule, form="reschedule", tone="secondary",
    ),
    "finish": Rule(
        "办结检查", (S.RUNNING,), S.DONE, COMPLETE_VISIT, "不合格项登记为隐患，检查结果不再改动。",
        guard=finishing.check, apply=finishing.finish, form="finish", tone="success",
    ),
    "cancel": Rule(
        "取消检查", (S.PLANNED, S.RUNNING), S.CANCELLED, COMPLETE_VISIT, "检查终止，已记录的内容保留。",
        guard=_check_reason, apply=_cancel, form="reason", tone="danger",
    ),
}  # fmt: skip

write_event = writer(InspectionEvent, RULES)
LIFECYCLE = Lifecycle(model=Inspection, rules=RULES, may=may_visit, write_event=write_event)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed


def begin(
    actor: Any,
    *,
    uid: UUID,
    unit: Unit,
    kind: str,
    mode: str,
    checklist: ChecklistVersion | None = None,
    team: Iterable[Named] = (),
    campaign: Campaign | None = None,
    client_at: datetime | None = None,
    client_now: datetime | None = None,
    **header: Any,
) -> Inspection:
    """The visit `uid`, begun by `actor` at `unit`. Sent again it is the same visit; a planned one of this uid starts.

    A visit of a campaign uses the campaign's own checklist where it has one.

    Raises `Forbidden` (no right), `NotInScope` (another's visit, a unit out of reach), `Refused` (team, kind, checklist).
    """
    try:
        with transaction.atomic():
            known = Inspection.objects.filter(uid=uid).first()
            if known is not None:
                return _again(actor, known, client_at=client_at, client_now=client_now, **header)
            if mode == Inspection.Mode.RECHECK:
                raise Refused.at("mode", "复查由责令整改文书自动安排，不能另行新建。")
            wanted = checklists.for_visit(unit, campaign, checklist)
            if wanted is None:
                raise Refused.at("checklist", "请选择检查表。")
            planned = _new(
                actor, _day_of(client_at, client_now), uid=uid, unit=unit, kind=kind, mode=mode, checklist=wanted,
                team=team, campaign=campaign,
            )  # fmt: skip
            return _begun(planned, actor, client_at=client_at, client_now=client_now, **header)
    except IntegrityError:
        known = Inspection.objects.filter(uid=uid).first()
        if known is None:
            raise
        return _again(actor, known, client_at=client_at, client_now=client_now, **header)


def _again(actor: Any, known: Inspection, **values: Any) -> Inspection:
    if not may_visit(actor, Right.CARRY_OUT, known):
        raise NotInScope
    return _begun(known, actor, **values) if known.state == S.PLANNED else known


def _begun(planned: Inspection, actor: Any, **values: Any) -> Inspection:
    started: Inspection = perform("start", planned.pk, actor, **values)
    return started


def schedule(
    actor: Any,
    *,
    uid: UUID,
    unit: Unit,
    kind: str,
    mode: str,
    planned_on: date,
    checklist: ChecklistVersion | None = None,
    team: Iterable[Named] = (),
    campaign: Campaign | None = None,
    follows: Any = None,
) -> Inspection:
    """A visit planned for a day; the enterprise is not told. Idempotent by `uid`; raises as `begin`."""
    if planned_on < clock.today():
        raise Refused.at("planned_on", "检查日期不能早于今天。")
    with transaction.atomic():
        known = Inspection.objects.filter(uid=uid).first()
        if known is not None:
            if not may_visit(actor, Right.CARRY_OUT, known):
                raise NotInScope
            return known
        wanted = checklist if follows else checklists.for_visit(unit, campaign, checklist)
        return _new(
            actor, clock.today(), uid=uid, unit=unit, kind=kind, mode=mode, checklist=wanted, team=team,
            planned_on=planned_on, follows=follows, campaign=campaign,
        )  # fmt: skip


def _new(actor: Any, day: date, *, unit: Unit, kind: str, team: Iterable[Named], **fields: Any) -> Inspection:
    """`day`: on which the certificates have to hold."""
    _check_actor(actor, unit, kind)
    people = assemble(actor, team)
    check_certificates(kind, [person.user for person in people], day)
    profile = getattr(unit, "enterprise", None)
    inspection = Inspection.objects.create(
        unit=unit,
        kind=kind,
        area_path=unit.area_path,
        sector_id=profile.sector_id if profile else None,
        department_id=profile.department_id if profile else None,
        by_unit_id=actor.hat.unit_id,
        contact=(profile.safety_officer or profile.principal) if profile else "",
        contact_phone=(profile.safety_phone or profile.principal_phone) if profile else "",
        place=unit.address,
        created_by=actor,
        created_at=clock.now(),
        **fields,
    )
    enlist(inspection, people, fields.get("planned_on") or clock.today())
    note = f"计划于{cn_date(inspection.planned_on)}检查" if inspection.planned_on else ""
    new_event(
        InspectionEvent, inspection, "plan", "登记", actor=actor, at=clock.now(), target=S.PLANNED, data={"note": note}
    ).save()
    return inspection


def _check_actor(actor: Any, unit: Unit, kind: str) -> None:
    if scope_of(getattr(actor, "role", None), Right.CARRY_OUT) is None:
        raise Forbidden
    if actor.role == Role.EXPERT:
        raise Forbidden("专家参加检查组开展检查，检查由安委办、部门或村（社区）发起。")
    if kind == Inspection.Kind.ADMINISTRATIVE and scope_of(actor.role, Right.ISSUE_PAPER) is None:
        raise Refused.at("kind", "行政检查由部门执法人员实施；安委办、村社区网格员和专家开展巡查（服务指导）。")
    if unit.kind not in (Unit.Kind.ENTERPRISE, Unit.Kind.VILLAGE):
        raise Refused.at("unit", "被检查单位应为企业（场所）或村（社区）。")
    if not Unit.objects.for_user(actor).active().filter(pk=unit.pk).exists():
        raise NotInScope("被检查单位不在您的管辖范围内，或已停用。")


def _set_times(inspection: Inspection, client_at: datetime | None, client_now: datetime | None) -> None:
    """Server time beside the phone's: the start is the phone's moment put right by how far its clock is off."""
    now = clock.now()
    inspection.received_at, inspection.client_started_at = now, client_at
    inspection.started_at = phone_clock.real(client_at, client_now, now)
    if client_at is not None:
        inspection.clock_skew = phone_clock.seconds(phone_clock.skew(client_now, now))


def _lay_out(inspection: Inspection) -> None:
    """One row per item, unanswered, so that two devices answer the same rows; a 复查 has its rows already."""
    if inspection.checklist is None:
        return
    rows = [ItemResult(inspection=inspection, item=item, text=item.text) for item in inspection.checklist.items.all()]
    ItemResult.objects.bulk_create(rows, ignore_conflicts=True)
