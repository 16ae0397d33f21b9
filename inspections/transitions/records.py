"""The verbs of records: entered, corrected, renewed, withdrawn; and the reminders before they expire."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from common import clock, wording
from common.errors import Forbidden, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, keep_reason, require, with_reason
from common.limits import limit
from common.models import TimeLimit
from inspections.models.records import ComplianceRecord, ComplianceRecordEvent
from inspections.record_kinds import SHAPES, WATCHED
from messaging.transitions import Occasion, notify_about, notify_many
from units.models import Unit
from units.queries import people_of_unit
from units.roles import FIRM, Right
from units.scope import reaches

Values = Mapping[str, Any]
S = ComplianceRecord.State
LABELS = {field.name: str(field.verbose_name) for field in ComplianceRecord._meta.concrete_fields}
KEEP = "record.keep_or_office"
SINCE_EXPIRED = 30  # natural days after expiry in which the job still says so, should it have been down


def right_for(kind: str) -> str:
    """Credit entries are the office's, everything else the enterprise keeps itself."""
    return Right.EDIT_UNIT if SHAPES[kind].by_office else Right.KEEP_RECORD


def may(actor: Any, right: str, record: ComplianceRecord) -> bool:
    """Whether the actor keeps this very record."""
    if getattr(actor, "hat", None) is None:
        return False
    return reaches(actor, right_for(record.kind) if right == KEEP else right, record)


def _check(record: ComplianceRecord, actor: Any, values: Values) -> None:
    """What the kind requires; dates that fit; only files of one's own."""
    shape = SHAPES[record.kind]
    require(
        {name: _said(values.get(name)) for name in shape.required}, **{name: LABELS[name] for name in shape.required}
    )
    starts, until = values.get("starts_on"), values.get("valid_until")
    if starts and starts > clock.today() and "valid_until" not in shape.required:
        raise Refused.at("starts_on", "日期不能晚于今天。")
    if starts and until and until < starts:
        raise Refused.at("valid_until", "有效期不能早于起始日期。")
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _said(value: Any) -> str:
    return "" if value is None else str(value)


def _check_renewal(record: ComplianceRecord, actor: Any, values: Values) -> None:
    """A validity later than the present one."""
    until = values.get("valid_until")
    if until is None or until <= max(clock.today(), record.valid_until or clock.today()):
        raise Refused.at("valid_until", "续期后的有效期应晚于今天和原有效期。")
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _store(record: ComplianceRecord, values: Values) -> None:
    for name in SHAPES[record.kind].fields:
        if name in values:
            setattr(record, name, values[name])


def _correct(record: ComplianceRecord, actor: Any, values: Values) -> dict[str, Any]:
    names = SHAPES[record.kind].fields
    before = {name: _said(getattr(record, name)) for name in names}
    _store(record, values)
    changed = [name for name in names if _said(getattr(record, name)) != before[name]]
    record.attachments.add(*(values.get("files") or ()))
    return {
        "before": {name: before[name] for name in changed},
        "after": {name: _said(getattr(record, name)) for name in changed},
        "note": f"更正：{'、'.join(LABELS[name] for name in changed)}" if changed else "补充附件",
        "files": [file.pk for file in values.get("files") or ()],
    }


def _renew(record: ComplianceRecord, actor: Any, values: Values) -> dict[str, Any]:
    before = record.valid_until
    record.valid_until = values["valid_until"]
    record.number = values.get("number") or record.number
    record.attachments.add(*(values.get("files") or ()))
    was = wording.cn_date(before) if before else "长期"
    return {
        "note": f"有效期由{was}延至{wording.cn_date(record.valid_until)}",
        "files": [file.pk for file in values.get("files") or ()],
    }


RULES: dict[str, Rule] = {
    "correct": Rule(
        "更正", (S.STANDING,), None, KEEP, "更正登记内容或补充附件，前后对照留存。", guard=_check, apply=_correct, form="correct",
    ),
    "renew": Rule(
        "续期", (S.STANDING,), None, KEEP, "登记新的有效期，提醒重新计算。",
        guard=_check_renewal, apply=_renew, form="renew", tone="success",
    ),
    "withdraw": Rule(
        "撤销", (S.STANDING,), S.WITHDRAWN, KEEP, "登记有误或已失效，不再计入。",
        guard=with_reason, apply=keep_reason, form="reason", tone="danger",
    ),
}  # fmt: skip
LIFECYCLE = Lifecycle(model=ComplianceRecord, rules=RULES, may=may, write_event=writer(ComplianceRecordEvent, RULES))
perform = LIFECYCLE.perform


@transaction.atomic
def enter(actor: Any, unit: Unit, kind: str, **values: Any) -> ComplianceRecord:
    """A new record of `unit`. The enterprise enters its own, the office credit entries; `Refused` for what is missing."""
    if kind not in SHAPES:
        raise Refused.at("kind", "请选择记录种类。")
    if getattr(actor, "hat", None) is None or not reaches(actor, right_for(kind), unit, unit="pk"):
        raise Forbidden
    record = ComplianceRecord(
        unit=unit, area_path=unit.area_path, kind=kind, recorded_by=actor, recorded_at=clock.now()
    )
    _check(record, actor, values)
    _store(record, values)
    record.save()
    record.attachments.add(*(values.get("files") or ()))
    new_event(
        ComplianceRecordEvent, record, "enter", "登记", actor=actor, at=record.recorded_at, target=S.STANDING,
        data={"files": [file.pk for file in values.get("files") or ()]},
    ).save()  # fmt: skip
    if SHAPES[kind].by_office:
        _tell_firm(record, actor)
    return record


def _tell_firm(record: ComplianceRecord, actor: Any) -> None:
    """The enterprise learns of what the office entered about it, and what follows."""
    until = f"，至{wording.cn_date(record.valid_until)}" if record.valid_until else ""
    follows = "期间实行差异化管理，检查次数增加。" if record.kind in WATCHED else ""
    notify_about(
        record,
        people_of_unit(record.unit_id, *FIRM),
        actor=actor,
        event="enter",
        kind="inspections.record",
        title=f"已登记{record.get_kind_display()}：{record.title}",
        body=f"{record.unit.name}：{record.note}{until}。{follows}",
        why="您是该企业的负责人或安全员。",
    )


def remind() -> int:
    """Tell the enterprise before a record expires, again shortly before, and once it has; returns how many were told.

    Every (record, validity, step) is told once, however often this runs; a renewed record is reminded of anew.
    """
    occasions = [*_of_records(clock.today()), *_of_grades(clock.today())]
    return notify_many(occasions)


def _window() -> int:
    longest = TimeLimit.objects.filter(key="record.remind").aggregate(top=Max("value"))["top"] or 0
    return max(longest, limit("record.remind").value)


def _step(until: date, today: date, area_path: str) -> str:
    left = (until - today).days
    if left < 0:
        return "expired"
    if left <= limit("record.remind_last", area_path).value:
        return "last"
    return "first" if left <= limit("record.remind", area_path).value else ""


def _occasion(unit: Unit, what: str, until: date, step: str, about: tuple[str, str]) -> Occasion:
    key, url = about
    said = "已于" if step == "expired" else "将于"
    return Occasion(
        recipients=tuple(people_of_unit(unit.pk, *FIRM)),
        kind="inspections.record",
        title=f"{what}{said}{wording.cn_date(until)}到期",
        key=f"{key}:{until}:{step}",
        body=f"{unit.name}：请及时办理续期并登记。" if step != "expired" else f"{unit.name}：已过有效期，请立即办理。",
        url=url,
        why="您负责本企业的证照和履责记录。",
        urgent=step != "first",
    )


def _of_records(today: date) -> Iterator[Occasion]:
    found = ComplianceRecord.objects.standing().exclude(kind__in=[kind for kind in SHAPES if SHAPES[kind].by_office])
    span = (today - timedelta(days=SINCE_EXPIRED), today + timedelta(days=_window()))
    for record in found.filter(valid_until__range=span).select_related("unit").order_by("pk"):
        until: Any = record.valid_until
        if step := _step(until, today, record.area_path):
            what = f"{record.get_kind_display()}{f'（{record.holder}）' if record.holder else ''}"
            yield _occasion(record.unit, what, until, step, (f"record:{record.pk}", record.get_absolute_url()))


def _of_grades(today: date) -> Iterator[Occasion]:
    """The grade of standardisation stands in the profile; it expires like any other record."""
    span = (today - timedelta(days=SINCE_EXPIRED), today + timedelta(days=_window()))
    units = Unit.objects.enterprises().filter(enterprise__grade_until__range=span).exclude(enterprise__grade="")
    for unit in units.select_related("enterprise").order_by("pk"):
        until: Any = unit.enterprise.grade_until
        if step := _step(until, today, unit.area_path):
            yield _occasion(unit, "安全生产标准化等级", until, step, (f"grade:{unit.pk}", unit.get_absolute_url()))
