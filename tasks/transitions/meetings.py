"""The verbs of meetings: called, held with minutes and attendance, minutes confirmed, decisions handed on as tasks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from common.events import new_event, writer
from common.lifecycle import Lifecycle, Rule, require
from common.wording import cn_datetime
from messaging.transitions import notify_about
from tasks.duties.kinds import MEETING
from tasks.duties.standings import refresh
from tasks.duties.subjects import street_of
from tasks.models import Attendance, Decision, Meeting, MeetingEvent, Plan, TaskUnit
from tasks.transitions.assigning import assign
from tasks.transitions.plans import TaskData, TermData, UnitData, create_plan
from units import access
from units.models import Membership, Unit, User
from units.queries import people_of_unit
from units.roles import OFFICE, Right, Role
from units.scope import reaches

Values = Mapping[str, Any]
S = Meeting.State
P = Attendance.Presence


@dataclass(frozen=True)
class DecisionData:
    """One decision as typed; without a unit it is not handed on."""

    text: str
    unit: Unit | None = None
    due_on: date | None = None


def may(actor: Any, right: str, meeting: Meeting) -> bool:
    """Whether the actor holds the right over this meeting (its office's area)."""
    return reaches(actor, right, meeting, unit="office_id", department="office_id")


def call(
    actor: Any,
    *,
    kind: str,
    title: str,
    starts_at: datetime,
    units: Iterable[Unit] = (),
    people: Iterable[User] = (),
    once: UUID | None = None,
    **words: Any,
) -> Meeting:
    """Enter a meeting of the actor's office and tell those called while it lies ahead. `words`: place, chair, agenda.

    Raises `Forbidden`, and `NotInScope` for a unit out of reach. The same form sent twice enters one meeting.
    """
    access.require(actor, Right.KEEP_MEETING)
    called = list(units)
    _check_units(actor, called)
    with transaction.atomic():
        if once and (sent := MeetingEvent.objects.filter(key=f"meeting:{once}").select_related("meeting").first()):
            return sent.meeting
        office = Unit.objects.office_of(actor.area_path)
        meeting = Meeting.objects.create(
            office=office, area_path=office.area_path, kind=kind, title=title, starts_at=starts_at, called_by=actor,
            updated_at=clock.now(), **words,
        )  # fmt: skip
        _call(meeting, called, people)
        new_event(
            MeetingEvent, meeting, "call", "登记会议", actor=actor, at=clock.now(), target=S.PLANNED,
            data={"note": cn_datetime(starts_at)}, key=f"meeting:{once}" if once else None,
        ).save()  # fmt: skip
        _tell_called(meeting, actor)
    return meeting


def _check_units(actor: Any, units: Sequence[Unit]) -> None:
    seen = set(Unit.objects.for_user(actor).filter(pk__in=[unit.pk for unit in units]).values_list("pk", flat=True))
    if any(unit.pk not in seen for unit in units):
        raise NotInScope("有的单位不在您的管辖范围内。")


def _call(meeting: Meeting, units: Iterable[Unit], people: Iterable[User]) -> None:
    offices = dict(
        Membership.objects.in_force().filter(user__in=list(people), role=Role.LEADER).values_list("user_id", "unit_id")
    )
    rows = [Attendance(meeting=meeting, unit=unit) for unit in units]
    rows += [Attendance(meeting=meeting, unit_id=unit, person_id=person) for person, unit in offices.items()]
    Attendance.objects.bulk_create(rows)


def _tell_called(meeting: Meeting, actor: Any) -> None:
    if meeting.starts_at <= clock.now():
        return
    rows = meeting.attendance.all()
    whole = [row.unit_id for row in rows if row.person_id is None]
    people = {person.pk: person for unit in whole for person in people_of_unit(unit, Role.DEPARTMENT, Role.GRID)}
    people |= {row.person.pk: row.person for row in rows.select_related("person") if row.person}
    notify_about(
        meeting, people.values(), actor=actor, event=f"call:{meeting.version}", kind="tasks.meeting",
        title=f"会议通知：{meeting.title}", body=f"{cn_datetime(meeting.starts_at)} {meeting.place}\n{meeting.agenda}",
        why="您或您所在单位须参加会议。",
    )  # fmt: skip


def _guard_edit(meeting: Meeting, actor: Any, values: Values) -> None:
    """A title and a time; the units called are in reach."""
    require(values, title="会议名称", starts_at="时间")
    _check_units(actor, list(values.get("units") or ()))


def _edit(meeting: Meeting, actor: Any, values: Values) -> dict[str, Any]:
    for name in ("kind", "title", "starts_at", "place", "chair", "agenda"):
        setattr(meeting, name, values[name])
    meeting.attendance.all().delete()
    _call(meeting, values.get("units") or (), values.get("people") or ())
    return {"note": f"{cn_datetime(meeting.starts_at)} {meeting.place}"}


def _guard_minutes(meeting: Meeting, actor: Any, values: Values) -> None:
    """The meeting has begun, there are minutes, somebody came, every decision says something; only files of one's own."""
    if meeting.starts_at > clock.now():
        raise Refused("会议尚未召开，不能登记纪要。")
    require(values, minutes="会议纪要")
    if not values.get("present"):
        raise Refused.at("present", "请勾选到会的单位或人员。")
    for decision in values.get("decisions") or ():
        if not decision.text.strip():
            raise Refused.at("decisions", "请写明议定事项。")
    if any(file.uploaded_by_id != actor.pk for file in values.get("files") or ()):
        raise Forbidden("只能使用本人上传的文件。")


def _write(meeting: Meeting, actor: Any, values: Values) -> dict[str, Any]:
    meeting.minutes, meeting.written_by = values["minutes"], actor
    meeting.recorder, meeting.others = values.get("recorder") or "", values.get("others") or ""
    meeting.held_at = meeting.held_at or clock.now()
    came = _attend(meeting, values["present"], values.get("excused") or ())
    meeting.decisions.all().delete()
    decisions = [
        Decision(meeting=meeting, place=place, text=data.text.strip(), unit=data.unit, due_on=data.due_on)
        for place, data in enumerate(values.get("decisions") or (), 1)
    ]
    Decision.objects.bulk_create(decisions)
    files = list(values.get("files") or ())
    meeting.attachments.add(*files)
    return {"note": f"到会{came}，议定{len(decisions)}项", "files": [file.pk for file in files]}


def _attend(meeting: Meeting, present: Collection[int], excused: Collection[int]) -> int:
    """Who came, who was excused; the rest of those called were absent. Returns how many came."""
    rows = list(meeting.attendance.all())
    for row in rows:
        row.presence = P.PRESENT if row.pk in present else P.EXCUSED if row.pk in excused else P.ABSENT
    Attendance.objects.bulk_update(rows, ["presence"])
    return sum(row.presence == P.PRESENT for row in rows)


def _guard_confirm(meeting: Meeting, actor: Any, values: Values) -> None:
    """Not by who wrote the minutes."""
    if meeting.written_by_id == actor.pk:
        raise Forbidden("纪要由您拟稿，须由其他负责人审签。")


def _confirm(meeting: Meeting, actor: Any, values: Values) -> dict[str, Any]:
    meeting.confirmed_by, meeting.confirmed_at = actor, clock.now()
    return {"note": values.get("opinion") or "同意"}


def _guard_reason(meeting: Meeting, actor: Any, values: Values) -> None:
    """The action needs a reason."""
    require(values, reason="理由")


def _reason(meeting: Meeting, actor: Any, values: Values) -> dict[str, Any]:
    return {"note": values["reason"]}


def _guard_hand_on(meeting: Meeting, actor: Any, values: Values) -> None:
    """There are decisions with a unit that are no tasks yet."""
    if not meeting.decisions.filter(unit__isnull=False, task=None).exists():
        raise Refused("没有待交办的议定事项（须已指定责任单位）。")


def _hand_on(meeting: Meeting, actor: Any, values: Values) -> dict[str, Any]:
    """Decisions become the tasks of one plan of the meeting, given to their units in the same step."""
    waiting = list(meeting.decisions.filter(unit__isnull=False, task=None).select_related("unit"))
    plan = create_plan(
        actor,
        title=f"{meeting.title}议定事项",
        owner=meeting.office,
        source=Plan.Source.MEETING,
        issuer=meeting.office.name,
        starts_on=clock.local(meeting.starts_at).date(),
        tasks=[_task(decision) for decision in waiting],
    )
    tasks = list(plan.tasks.order_by("order"))
    for decision, task in zip(waiting, tasks, strict=True):
        decision.task = task
    Decision.objects.bulk_update(waiting, ["task"])
    done = assign(actor, [task.pk for task in tasks], backfill=True)
    return {"note": f"{len(tasks)}项议定事项下达给{len(done.opened)}个单位", "plan": plan.pk}


def _task(decision: Decision) -> TaskData:
    units = [UnitData(decision.unit, TaskUnit.Role.RESPONSIBLE)] if decision.unit else []
    terms = [TermData(due_on=decision.due_on)] if decision.due_on else []
    return TaskData(
        title=decision.text[:200], no=str(decision.place), text=decision.text, terms=terms,
        units=units,
    )  # fmt: skip


RULES: dict[str, Rule] = {
    "edit": Rule("修改", (S.PLANNED,), None, Right.KEEP_MEETING, "更改时间、议程和参会单位。",
                 guard=_guard_edit, apply=_edit, form="edit"),
    "hold": Rule("登记召开", (S.PLANNED,), S.HELD, Right.KEEP_MEETING, "登记到会情况、纪要和议定事项，会议计入履职次数。",
                 guard=_guard_minutes, apply=_write, form="minutes"),
    "amend": Rule("修改纪要", (S.HELD,), None, Right.KEEP_MEETING, "审签前可以修改纪要、到会情况和议定事项。",
                  guard=_guard_minutes, apply=_write, form="minutes"),
    "confirm": Rule("审签纪要", (S.HELD,), S.CONFIRMED, Right.CONFIRM_MINUTES, "审签后纪要不能再改，议定事项可以交办。",
                    guard=_guard_confirm, apply=_confirm, form="opinion", tone="success"),
    "return_minutes": Rule("退回修改", (S.HELD,), None, Right.CONFIRM_MINUTES, "退回拟稿人修改纪要。",
                           guard=_guard_reason, apply=_reason, form="reason", tone="secondary"),
    "hand_on": Rule("交办议定事项", (S.CONFIRMED,), None, Right.KEEP_MEETING, "议定事项成为任务，下达给责任单位并跟踪办结。",
                    guard=_guard_hand_on, apply=_hand_on, form=""),
    "cancel": Rule("取消会议", (S.PLANNED,), S.CANCELLED, Right.KEEP_MEETING, "会议不再召开，理由留存。",
                   guard=_guard_reason, apply=_reason, form="reason", tone="danger"),
}  # fmt: skip


def _after(meeting: Meeting, actor: Any, action: str) -> None:
    """What was held counts at once; the office hears of what others decided."""
    if action in ("hold", "amend"):
        refresh(street_of(meeting.area_path), MEETING + meeting.kind, {meeting.office_id})
    if action in ("hold", "confirm", "return_minutes"):
        notify_about(
            meeting, people_of_unit(meeting.office_id, *OFFICE), actor=actor, event=meeting.version,
            kind="tasks.meeting", title=f"{RULES[action].label}：{meeting.title}", why="您是会议承办单位工作人员。",
        )  # fmt: skip


LIFECYCLE = Lifecycle(model=Meeting, rules=RULES, may=may, write_event=writer(MeetingEvent, RULES), on_change=(_after,))
perform = LIFECYCLE.perform
