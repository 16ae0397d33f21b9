"""Writes about duties: posts of leaders, records entered by hand, and their voiding. Every one counts at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

import audit
from common import clock
from common.errors import Forbidden, NotInScope, Refused
from evidence.models import Attachment
from tasks.duties.kinds import RECORD
from tasks.duties.standings import recount, refresh
from tasks.duties.subjects import street_of
from tasks.models import DutyRecord, DutyRecordVoid, LeaderPost, Post
from units.access import require
from units.models import Sector, Unit, User
from units.roles import OFFICE, Right, Role
from units.scope import reaches

K = DutyRecord.Kind
OFFICE_KINDS = (K.SUPERVISION, K.PATROL, K.COURSE, K.FILM, K.FIRE_ANALYSIS, K.FIRE_LISTING)
KINDS_OF: dict[str, tuple[DutyRecord.Kind, ...]] = {
    **dict.fromkeys(OFFICE, tuple(DutyRecord.Kind)),
    Role.LEADER: (*DutyRecord.PERSONAL, K.OTHER),
    Role.DEPARTMENT: (K.LISTS, K.REPORT, K.TRAINING, K.PATROL, K.OTHER),
    Role.GRID: (K.LISTS, K.REPORT, K.PATROL, K.OTHER),
    Role.PRINCIPAL: (K.LED_CHECK, K.DRILL, K.TRAINING, K.OTHER),
    Role.SAFETY: (K.LED_CHECK, K.DRILL, K.TRAINING, K.OTHER),
}
_NAMED = {
    K.VISIT: "请选择参加检查的领导。",
    K.LEADER_LISTS: "请选择报备的领导。",
    K.LEADER_REPORT: "请选择述职的领导。",
}
MOST_REASON = 300  # characters, as the column holds


@transaction.atomic
def set_post(actor: User, person: User, *, post: str, starts_on: date) -> LeaderPost:
    """Give a leader of the actor's street a post from a day on; quotas follow at once.

    `Forbidden` outside the own street, `Refused` for somebody who is no leader or holds the post already.
    """
    require(actor, Right.KEEP_POSTS)
    served = person.memberships.in_force(clock.today()).filter(role=Role.LEADER).select_related("unit").first()
    if served is None:
        raise Refused.at("person", "只能为街道领导设定履职岗位。")
    if not served.unit.area_path.startswith(actor.area_path):
        raise Forbidden
    if LeaderPost.objects.in_force(starts_on).filter(person=person, post=post).exists():
        raise Refused.at("post", f"{person.name}已任{Post(post).label}。")
    held = LeaderPost.objects.create(person=person, unit=served.unit, post=post, starts_on=starts_on)
    audit.record("tasks.post_set", held, actor=actor, after={"post": post, "starts_on": str(starts_on)})
    recount(street_of(served.unit.area_path))
    return held


@transaction.atomic
def end_post(actor: User, pk: int, *, ends_on: date) -> LeaderPost:
    """The last day of a post; `Refused` before it began or when it has ended."""
    require(actor, Right.KEEP_POSTS)
    held = LeaderPost.objects.for_user(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if held is None:
        raise NotInScope
    if held.ends_on:
        raise Refused("该岗位已经终止。")
    if ends_on < held.starts_on:
        raise Refused.at("ends_on", "终止日期不能早于任职日期。")
    held.ends_on = ends_on
    held.save(update_fields=["ends_on"])
    audit.record("tasks.post_ended", held, actor=actor, after={"ends_on": str(ends_on)})
    recount(street_of(held.unit.area_path))
    return held


def enter(
    actor: User,
    *,
    kind: str,
    unit: Unit,
    on: date,
    title: str,
    text: str = "",
    people: Iterable[User] = (),
    sector: Sector | None = None,
    place: Unit | None = None,
    files: Sequence[Attachment] = (),
    once: UUID | None = None,
) -> DutyRecord:
    """Keep what was done, for good; counts for the duties of `unit`, or of `people` where they are personal.

    The office enters for its whole street, leaders for themselves, others for their own unit. Evidence or at least a few
    words are asked for, never a photo. `Forbidden`, or `Refused` at the field. The same form sent twice is entered once.
    """
    require(actor, Right.RECORD_DUTY)
    named = list(people)
    _check_entry(actor, DutyRecord.Kind(kind), unit, named)
    if on > clock.today():
        raise Refused.at("on", "不能登记将来的日期。")
    if not text.strip() and not files:
        raise Refused.at("text", "请简要写明情况，或上传佐证。")
    if any(file.uploaded_by_id != actor.pk for file in files):
        raise Forbidden("只能使用本人上传的文件。")
    with transaction.atomic():
        if once and (known := DutyRecord.objects.filter(once=once, entered_by=actor).first()):
            return known
        record = DutyRecord.objects.create(
            kind=kind, unit=unit, on=on, title=title, text=text, sector=sector, place=place,
            area_path=unit.area_path, entered_by=actor, entered_at=clock.now(), once=once,
        )  # fmt: skip
        record.people.set(named)
        record.attachments.set(files)
        audit.record("tasks.record_entered", record, actor=actor, after={"kind": kind, "on": str(on)})
        _count(record)
    return record


def _check_entry(actor: User, kind: DutyRecord.Kind, unit: Unit, people: list[User]) -> None:
    if kind not in KINDS_OF.get(actor.role, ()):
        raise Refused.at("kind", "您的身份不登记此类履职记录。")
    if not may_record_for(actor, unit):
        raise Refused.at("unit", "只能为本单位或本辖区的单位登记。")
    if kind in DutyRecord.PERSONAL:
        if not people:
            raise Refused.at("people", _NAMED[kind])
        if actor.role == Role.LEADER and {person.pk for person in people} != {actor.pk}:
            raise Refused.at("people", "领导本人只登记自己的履职情况，多人参加的请由安委办登记。")


def may_record_for(actor: User, unit: Unit) -> bool:
    """Whether the actor may enter something for this unit."""
    return reaches(
        actor, Right.RECORD_DUTY, unit, unit="pk", named=actor.hat is not None and unit.pk == actor.hat.unit_id
    )


@transaction.atomic
def void(actor: User, pk: int, *, reason: str) -> DutyRecord:
    """Declare a record void: it counts no more. By who entered it or by the office; `Refused` without a reason or twice."""
    record = DutyRecord.objects.for_user(actor).select_for_update(of=("self",)).filter(pk=pk).first()
    if record is None:
        raise NotInScope
    if not may_void(actor, record):
        raise Forbidden
    if not reason.strip():
        raise Refused.at("reason", "请填写作废理由。")
    if len(reason) > MOST_REASON:
        raise Refused.at("reason", f"作废理由不超过{MOST_REASON}字。")
    if DutyRecordVoid.objects.filter(record=record).exists():
        raise Refused("该记录已经作废。")
    DutyRecordVoid.objects.create(record=record, reason=reason, by=actor, at=clock.now())
    audit.record("tasks.record_voided", record, actor=actor, reason=reason)
    _count(record)
    return record


def _count(record: DutyRecord) -> None:
    personal = record.kind in DutyRecord.PERSONAL
    subjects = {person.pk for person in record.people.all()} if personal else {record.unit_id}
    refresh(street_of(record.area_path), RECORD + record.kind, subjects)


def may_void(actor: User, record: DutyRecord) -> bool:
    """Who entered it, and the office of its street."""
    if actor.role in OFFICE:
        return reaches(actor, Right.RECORD_DUTY, record)
    return record.entered_by_id == actor.pk and actor.role in KINDS_OF
