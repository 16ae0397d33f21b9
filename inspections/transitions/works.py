"""The verbs of 危险作业报备: reported before it begins, taken through five steps, halted by whoever sees danger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from common import clock, wording
from common.errors import Forbidden, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from inspections.models.works import (
    CERTIFIED,
    GasReading,
    HazardousWork,
    HazardousWorkEvent,
    WorkCrew,
    WorkState,
    WorkStep,
)
from inspections.transitions import work_guards as guards
from inspections.transitions.work_telling import tell
from units.access import holds
from units.models import Unit
from units.roles import FIRM, Right
from units.scope import reaches

Values = Mapping[str, Any]
S, Code = WorkState, WorkStep.Code
RESUME = "work.resume"
TYPED = {
    "kind": "作业类型",
    "content": "作业内容",
    "place": "作业地点",
    "starts_at": "计划开始时间",
    "ends_at": "计划结束时间",
    "contractor": "作业单位",
    "measures": "安全措施",
    "equipment": "应急器材",
    "manager": "现场安全管理人员",
}


def may(actor: Any, right: str, work: HazardousWork) -> bool:
    """Whether `actor` holds `right` over the work.

    Work halted for bad air is resumed by the enterprise itself once the air is fit, any other by those who may halt it.
    """
    if getattr(actor, "hat", None) is None:
        return False
    if right == RESUME:
        right = Right.KEEP_RECORD if work.halted_by_gas else Right.HALT_WORK
    return reaches(actor, right, work)


def file_work(
    actor: Any, *, unit: Unit | None = None, crew: Sequence[Mapping[str, Any]], once: UUID | None = None, **typed: Any
) -> HazardousWork:
    """Report a dangerous work of the actor's enterprise; visible to the regulators at once, who are told.

    A report sent twice with the same `once` is one report. Refused (422) with the field: what is missing, a span that
    cannot be, an expired or missing certificate, a late report without its reason.
    """
    unit = unit or actor.hat.unit
    if not holds(actor, Right.KEEP_RECORD) or unit.pk != actor.hat.unit_id:
        raise Forbidden("只有企业本单位人员可以报备危险作业。")
    known = HazardousWork.objects.filter(once=once, unit=unit).first() if once else None
    if known is not None:
        return known
    _check_report(unit, crew, typed)
    with transaction.atomic():
        at = clock.now()
        work = HazardousWork(unit=unit, filed_by=actor, filed_at=at, once=once, updated_at=at, **typed)
        work.save()
        WorkCrew.objects.bulk_create(WorkCrew(hazardouswork=work, **row) for row in crew)
        event = new_event(
            HazardousWorkEvent, work, "file", "报备", actor=actor, at=at, target=S.FILED, data=_said(work)
        )
        event.save()
        tell(work, actor, "file")
    return work


def _said(work: HazardousWork) -> dict[str, Any]:
    span = f"{wording.cn_datetime(work.starts_at)}至{wording.cn_datetime(work.ends_at)}"
    return {"note": f"{work.place}，{span}"}


def _check_report(unit: Unit, crew: Sequence[Mapping[str, Any]], typed: dict[str, Any]) -> None:
    require(typed, **TYPED)
    faults = guards.span_faults(typed["kind"], unit.area_path, typed["starts_at"], typed["ends_at"])
    faults |= guards.crew_faults(typed["kind"], crew, typed["ends_at"])
    late = guards.is_short_notice(unit.area_path, typed["starts_at"], clock.now())
    if late and not (typed.get("short_notice_reason") or "").strip():
        faults["short_notice_reason"] = "距开始时间不足规定的提前量，请说明临时报备的理由。"
    if faults:
        raise Refused("；".join(dict.fromkeys(text.rstrip("。") for text in faults.values())) + "。", faults)


def _step(code: str) -> Any:
    def apply(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
        at, photos = clock.now(), list(values.get("photos") or ())
        note = values.get("note") or ""
        done = WorkStep.objects.create(
            hazardouswork=work, code=code, at=at, person=values["person"], note=note, by=actor
        )
        done.photos.set(photos)
        if code == Code.STARTED:
            work.started_at = at
        if code == Code.ACCEPTED:
            work.finished_at = at
        return {"note": "：".join(filter(None, (values["person"], note))), "photos": [photo.pk for photo in photos]}

    return apply


def _read_air(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    names = ("by_person", "oxygen", "combustible", "hydrogen_sulfide", "carbon_monoxide")
    typed = {name: values.get(name) for name in names}
    found = GasReading.objects.create(hazardouswork=work, at=values.get("at") or clock.now(), **typed)
    work.halted_by_gas = bool(found.faults) and work.state in (S.WORKING, S.HALTED)
    verdict = f"不合格：{'；'.join(found.faults)}" if found.faults else "合格"
    return {"note": f"{found.by_person}检测，{verdict}", "unfit": bool(found.faults)}


def _after_reading(work: HazardousWork, values: Values) -> str:
    return S.HALTED if work.state == S.WORKING and work.halted_by_gas else work.state


def _halt(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    work.halted_by_gas = False
    return {"note": values["reason"]}


def _resume(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    work.halted_by_gas = False
    return {"note": values["reason"]}


def _resumed(work: HazardousWork, values: Values) -> str:
    return S.WORKING if work.started_at else S.FILED


def _prolong(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    before, work.ends_at = work.ends_at, values["ends_at"]
    return {"note": f"{wording.cn_datetime(before)}延长至{wording.cn_datetime(work.ends_at)}：{values['reason']}"}


def _attend(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    work.regulator, work.regulator_at = actor, clock.now()
    return {"note": values.get("note") or ""}


def _note_reason(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values["reason"]}


def _overrun(work: HazardousWork, actor: Any, values: Values) -> dict[str, Any]:
    work.overrun_told_for = work.ends_at
    return {"note": f"计划{wording.cn_datetime(work.ends_at)}结束，仍未完工验收"}


def _guard_overrun(work: HazardousWork, actor: Any, values: Values) -> None:
    """Past the reported end, and not said for this end before."""
    if not work.is_overrun or work.overrun_told_for == work.ends_at:
        raise Refused("作业没有超时，或者已经提醒。")


KEEP, HALT = Right.KEEP_RECORD, Right.HALT_WORK
RULES: dict[str, Rule] = {
    "approve": Rule(
        "登记方案审批", (S.FILED,), None, KEEP, "登记审批人和审批票证照片。",
        guard=guards.step, apply=_step(Code.APPROVED), form="step",
    ),
    "brief": Rule(
        "登记技术交底", (S.FILED,), None, KEEP, "登记交底人和交底签字照片。",
        guard=guards.step, apply=_step(Code.BRIEFED), form="step",
    ),
    "measure": Rule(
        "登记气体检测", (S.FILED, S.WORKING, S.HALTED), _after_reading, KEEP, "检测不合格的，作业中的立即暂停。",
        guard=guards.reading, apply=_read_air, form="gas", tone="secondary",
    ),
    "start": Rule(
        "开始作业", (S.FILED,), S.WORKING, KEEP, "确认作业规范，登记现场照片，开始计时。",
        guard=guards.start, apply=_step(Code.STARTED), form="step", tone="success",
    ),
    "guard": Rule(
        "登记现场监护", (S.WORKING,), None, KEEP, "登记监护人和监护照片，可多次登记。",
        guard=guards.step, apply=_step(Code.GUARDED), form="step",
    ),
    "finish": Rule(
        "完工验收", (S.WORKING,), S.FINISHED, KEEP, "登记验收人和现场清理照片，作业结束。",
        guard=guards.finish, apply=_step(Code.ACCEPTED), form="step", tone="success",
    ),
    "prolong": Rule(
        "延长作业时间", (S.FILED, S.WORKING), None, KEEP, "说明理由，监管人员即时可见。",
        guard=guards.prolong, apply=_prolong, form="prolong", tone="secondary",
    ),
    "cancel": Rule(
        "取消报备", (S.FILED,), S.CANCELLED, KEEP, "作业不再进行，记录保留。",
        guard=guards.with_reason, apply=_note_reason, form="reason", tone="secondary",
    ),
    "attend": Rule(
        "登记监管到场", (S.FILED, S.WORKING, S.HALTED), None, HALT, "节假日“双到位”：登记监管人员到场。",
        apply=_attend, form="note", tone="secondary",
    ),
    "halt": Rule(
        "要求暂停作业", (S.FILED, S.WORKING), S.HALTED, HALT, "企业立即收到通知，排除危险后方可恢复。",
        guard=guards.with_reason, apply=_halt, form="reason", tone="danger",
    ),
    "resume": Rule(
        "恢复作业", (S.HALTED,), _resumed, RESUME, "危险已排除，作业继续。",
        guard=guards.resume, apply=_resume, form="reason", tone="success",
    ),
    "overrun": Rule(
        "作业超时", (S.WORKING, S.HALTED), None, KEEP, "超过报备的结束时间，通知企业和监管人员。",
        guard=_guard_overrun, apply=_overrun, system=True,
    ),
}  # fmt: skip
LIFECYCLE = Lifecycle(
    model=HazardousWork,
    rules=RULES,
    may=may,
    write_event=writer(HazardousWorkEvent, RULES),
    on_change=(tell,),
)
perform = LIFECYCLE.perform
allowed_actions = LIFECYCLE.allowed
__all__ = ["CERTIFIED", "FIRM", "LIFECYCLE", "RULES", "allowed_actions", "file_work", "perform"]
