"""The end of a visit: what must stand in it, and what its 不合格 become."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile

from common import clock
from common.errors import Refused, RuleError
from common.wording import cn_date
from evidence import files
from evidence.models import Attachment
from evidence.transitions import store
from hazards import transitions as hazards
from hazards.models import Hazard
from hazards.models.hazard import Channel, Level
from hazards.models.hazard import State as HazardState
from inspections.models import Inspection, InspectionMember, ItemResult, ResultPhoto, Signature
from inspections.transitions.team import NEEDED, check_certificates
from units.roles import Right, Role, scope_of

Values = Mapping[str, Any]
Outcome, Stage, Party = ItemResult.Outcome, ResultPhoto.Stage, Signature.Party


def check(inspection: Inspection, actor: Any, values: Values) -> None:
    """Every item answered, every 不合格 told and shown as its item asks, both sides signed or the refusal noted."""
    started = clock.local(inspection.started_at or clock.now()).date()
    check_certificates(inspection.kind, [member.user for member in inspection.members.select_related("user")], started)
    faults = {f"result_{row.pk}": text for row in results_of(inspection) if (text := _fault(row, actor, inspection))}
    if faults:
        first = list(faults.values())
        more = f"（共{len(first)}处）" if len(first) > 1 else ""
        raise Refused(f"检查表尚未填写完整：{first[0].rstrip('。')}{more}。", faults)
    _check_signatures(inspection)


def results_of(inspection: Inspection) -> list[ItemResult]:
    """The rows of a visit in the order of its checklist, own findings last, with what the pages show of them."""
    rows = inspection.results.select_related("item", "item__criterion__standard", "criterion__standard", "hazard")
    return sorted(
        rows.prefetch_related("photos__attachment__blob"),
        key=lambda row: (row.item is None, row.item.number if row.item else 0, row.pk),
    )


def _fault(row: ItemResult, actor: Any, inspection: Inspection) -> str:
    name = f"第{row.item.number}项" if row.item else f"“{row.text[:20]}”"
    if not row.outcome:
        return f"{name}没有结果。"
    if row.outcome != Outcome.BAD:
        return ""
    if not row.note.strip():
        return f"{name}不合格，请写明情况。"
    if inspection.mode == Inspection.Mode.RECHECK:
        return "" if row.due_on else f"{name}复查不合格，请给出新的整改期限。"
    return _photo_fault(row, name) or _level_fault(row, name, actor)


def _photo_fault(row: ItemResult, name: str) -> str:
    stages = {photo.stage for photo in row.photos.all()}
    if row.is_fixed_on_spot and stages < {Stage.BEFORE, Stage.AFTER}:
        return f"{name}当场整改，须有整改前和整改后照片。"
    if row.item is not None and row.item.asks_photo and Stage.BEFORE not in stages and not row.no_photo_reason.strip():
        return f"{name}须拍照；确实无法拍照的，请写明原因。"
    return ""


def _level_fault(row: ItemResult, name: str, actor: Any) -> str:
    level = level_of(row)
    if row.is_fixed_on_spot and level != Level.GENERAL:
        return f"{name}为{Level(level).label}隐患，不能当场整改销号。"
    if row.is_fixed_on_spot and scope_of(actor.role, Right.CONFIRM) is None:
        return f"{name}当场整改，须由安委办、部门或村（社区）人员办结检查。"
    if level == Level.MAJOR and not (criterion_of(row) or row.level_reason.strip()):
        return f"{name}认定为重大隐患，须选择判定依据，或写明定级理由。"
    return ""


def level_of(row: ItemResult) -> str:
    """The level chosen, else what the item suggests."""
    return row.level or (row.item.level if row.item else Level.GENERAL)


def criterion_of(row: ItemResult) -> Any:
    """The criterion chosen; for 重大, else the one the item suggests."""
    if row.criterion_id:
        return row.criterion
    return row.item.criterion if row.item and level_of(row) == Level.MAJOR else None


def _check_signatures(inspection: Inspection) -> None:
    signed = list(inspection.signatures.all())
    inspectors = {mark.user_id for mark in signed if mark.party == Party.INSPECTOR and not mark.is_refused}
    needed = NEEDED if inspection.kind == Inspection.Kind.ADMINISTRATIVE else 1
    if len(inspectors) < needed:
        raise Refused.at("signatures", f"检查人员签名不足：须{needed}人，已签{len(inspectors)}人。")
    if not any(mark.party == Party.SITE for mark in signed):
        raise Refused.at("signatures", "请现场负责人签名；拒绝签名的，记录拒签情况。")


def finish(inspection: Inspection, actor: Any, values: Values) -> dict[str, Any]:
    """Close the record: 不合格 become hazards, a 复查 is carried over to the hazards it looked at."""
    inspection.summary = values.get("summary") or inspection.summary
    inspection.finished_at = _finished(inspection, values.get("client_at"))
    inspection.client_finished_at = values.get("client_at")
    rows = results_of(inspection)
    inspection.item_count = len(rows)
    inspection.bad_count = sum(row.outcome == Outcome.BAD for row in rows)
    recheck = inspection.mode == Inspection.Mode.RECHECK
    for row in rows:
        if recheck:
            _named(row, lambda row=row: _carry_over(row, inspection, actor))
        elif row.outcome == Outcome.BAD:
            _named(row, lambda row=row: _become_hazard(row, inspection, actor))
    return {"items": inspection.item_count, "bad": inspection.bad_count, "note": f"不合格{inspection.bad_count}项"}


def _finished(inspection: Inspection, client_at: datetime | None) -> datetime:
    """The phone's moment put right by its skew, between start and now; else now."""
    now = clock.now()
    if client_at is None or inspection.started_at is None or inspection.client_started_at is None:
        return now
    took = client_at - inspection.client_started_at
    real = inspection.started_at + took
    return real if inspection.started_at <= real <= now else now


def _named(row: ItemResult, act: Any) -> None:
    """Do it; a refusal says at which item."""
    try:
        act()
    except RuleError as refusal:
        name = f"第{row.item.number}项" if row.item else f"“{row.text[:20]}”"
        raise Refused(f"{name}：{refusal.message}", {f"result_{row.pk}": refusal.message}) from refusal


def _become_hazard(row: ItemResult, inspection: Inspection, actor: Any) -> None:
    if row.hazard_id:
        return
    before, after = (_own_photos(row, actor, stage) for stage in (Stage.BEFORE, Stage.AFTER))
    expert = _by_expert(row, inspection)
    asked = row.item is None or row.item.asks_photo
    hazard = hazards.report(
        actor,
        once=row.uid,
        photos=before,
        unit=inspection.unit,
        description=f"{row.note.strip()}（检查项：{row.text}）"[:1000],
        place=inspection.place[:200],
        level=level_of(row),
        level_reason=row.level_reason,
        criterion=criterion_of(row),
        channel=Channel.EXPERT if expert else Channel.INSPECTION,
        campaign=_mark_of(inspection),
        found_on=clock.local(inspection.started_at or clock.now()).date(),
        found_by=f"{row.recorded_by.name}（专家）" if expert and row.recorded_by else _name(row, actor),
        no_photo_reason="" if before else (row.no_photo_reason or ("" if asked else "该检查项不要求拍照")),
        latitude=inspection.latitude,
        longitude=inspection.longitude,
    )
    row.hazard = hazard
    row.save(update_fields=["hazard"])
    if row.is_fixed_on_spot:
        hazards.perform("fix_on_spot", hazard.pk, actor, photos=after, measures="检查时当场整改")
    elif row.due_on and clock.end_of(row.due_on) > clock.now() and _may_confirm(hazard, actor):
        _confirm(hazard, row, actor)


def _mark_of(inspection: Inspection) -> Any:
    """The mark of the visit's campaign, while it may be given: a campaign that ended meanwhile holds no visit up."""
    mark = inspection.campaign.mark if inspection.campaign else None
    return mark if mark and mark.is_running and mark.reaches(inspection.area_path) else None


def _name(row: ItemResult, actor: Any) -> str:
    return row.recorded_by.name if row.recorded_by else str(actor.name)


def _by_expert(row: ItemResult, inspection: Inspection) -> bool:
    if row.recorded_by_id is None:
        return False
    return inspection.members.filter(part=InspectionMember.Part.EXPERT, user_id=row.recorded_by_id).exists()


def _may_confirm(hazard: Hazard, actor: Any) -> bool:
    beyond_village = actor.role == Role.GRID and hazard.level != Level.GENERAL
    without_department = hazard.level != Level.GENERAL and hazard.department_id is None
    return not (beyond_village or without_department) and "confirm" in hazards.allowed_actions(hazard, actor)


def _confirm(hazard: Hazard, row: ItemResult, actor: Any) -> None:
    """The inspector set level and deadline on the spot: verified at once; a 重大 waits for its plan instead of a day."""
    hazards.perform(
        "confirm",
        hazard.pk,
        actor,
        level=hazard.level,
        responsible_person=hazard.responsible_person or hazard.unit.contact or "现场负责人",
        department=hazard.department,
        due=None if hazard.level == Level.MAJOR else row.due_on,
        suggestion=f"按检查要求于{cn_date(row.due_on)}前整改到位。",
    )


def _own_photos(row: ItemResult, actor: Any, stage: str) -> list[Attachment]:
    """The photos of a stage as the actor's own: what a colleague's phone took is handed in again, the bytes once."""
    found = [photo.attachment for photo in row.photos.all() if photo.stage == stage]
    return [item if item.uploaded_by_id == actor.pk else _handed_on(item, actor) for item in found]


def _handed_on(item: Attachment, actor: Any) -> Attachment:
    data = files.original(item.blob_id).read_bytes()
    return store(ContentFile(data, item.name), by=actor, caption=item.caption, watermark=item.watermark)


def _carry_over(row: ItemResult, inspection: Inspection, actor: Any) -> None:
    """Pass or fail the hazard's review. One whose rectification is not reported yet keeps its state; the result stands here."""
    hazard = row.hazard
    if hazard is None or row.carried_over or row.outcome == Outcome.NA or hazard.state != HazardState.SUBMITTED:
        return
    photos = _own_photos(row, actor, Stage.AFTER) or _own_photos(row, actor, Stage.BEFORE)
    if row.outcome == Outcome.OK:
        second = _second(inspection, actor, hazard)
        paper = "" if photos else row.note.strip() or "现场复查合格，见复查记录"
        hazards.perform("pass_review", hazard.pk, actor, photos=photos, paper_reason=paper, second_reviewer=second)
    else:
        hazards.perform("fail_review", hazard.pk, actor, photos=photos, reason=row.note, due=row.due_on)
    row.carried_over = True
    row.save(update_fields=["carried_over"])


def _second(inspection: Inspection, actor: Any, hazard: Hazard) -> Any:
    if hazard.level != Level.MAJOR:
        return None
    others = inspection.members.exclude(user=actor).exclude(part=InspectionMember.Part.EXPERT).select_related("user")
    return next((member.user for member in others), None)
