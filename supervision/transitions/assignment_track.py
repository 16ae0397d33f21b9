"""Assignments of tasks on the ladder: reminders, 提示单, 督促函, the entry in the next 通报. Nothing here is a proposal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from common import clock
from common.limits import limit
from common.wording import cn_date, cn_datetime
from messaging.transitions import Occasion
from supervision import letter_texts
from supervision.ladder import Edition, Step, Traits
from supervision.models import AssignmentFiring, LadderStep, Letter
from supervision.models.ladder import ASSIGNMENT
from supervision.models.letters import LetterState
from supervision.transitions.offices import Offices
from supervision.transitions.papers_out import Draft, Outcome
from supervision.transitions.tracks import DayTrack, Move
from tasks.models import RUNNING_STATES, Assignment, AssignmentEvent
from units.models import Membership, Unit, User
from units.queries import leaders, office_people
from units.roles import Role

Document, Audience = LadderStep.Document, LadderStep.Audience
KINDS = {Document.REMINDER: Letter.Kind.HINT, Document.URGE: Letter.Kind.URGE}
BASIS = "街道安委会工作规则和所列方案（街道工作惯例，可按本地规定调整）"
# Whom an office's own delay is reported to; every step after these goes to the leaders too.
UPWARD = {"overdue": (Audience.HEAD,)}
HEAD_AND_LEADER = (Audience.HEAD, Audience.LEADER)


class AssignmentTrack(DayTrack):
    """An assignment climbs while its unit has to act; one whose deadline had passed when it was given out never does."""

    subject, label = ASSIGNMENT, "任务办理"
    model, firings, reference, events = Assignment, AssignmentFiring, "assignment", AssignmentEvent
    selected = ("unit", "task", "plan")
    unread = ("plan__text", "task__text", "unit__search_text", "unit__search_grams")

    def traits(self, records: Sequence[Assignment]) -> dict[int, Traits]:
        """The area alone."""
        return {record.pk: Traits("", record.area_path, subject=ASSIGNMENT) for record in records}

    def is_climbing(self, record: Assignment) -> bool:
        """The unit still has to act, against a deadline that lay ahead."""
        ahead = record.due_at is not None and (record.deadline_no > 1 or record.due_at > record.opened_at)
        return record.state in RUNNING_STATES and ahead

    def begun(self, records: Sequence[Assignment]) -> dict[int, datetime]:
        """The moment of the last event that moved the deadline, else of the giving out."""
        moved = AssignmentEvent.objects.filter(assignment__in=records, data__has_key="due")
        latest = dict(
            moved.order_by("assignment_id", "-pk").distinct("assignment_id").values_list("assignment_id", "at")
        )
        return {record.pk: latest.get(record.pk, record.opened_at) for record in records}

    def reason(self, record: Assignment, edition: Edition, step: Step, at: datetime) -> str:
        """任务…完成时限…已逾期…天；依据《…》T+…"""
        rule = f"依据《{edition.name}》{step.rung}“{letter_texts.label_of(step.code)}”，应于{cn_datetime(step.at)}触发"
        if is_own(record) and step.rung.document in KINDS:
            rule += "；安委办自己承办，不向自己发函，改为提醒本办并向上报告"
        return f"任务“{str(record)[:80]}”{standing(record, at)}；{rule}"[: letter_texts.WHY_LENGTH]

    def outcome(self, moves: Sequence[Move]) -> Outcome:
        """Letters and messages."""
        people = _People([move.record for move in moves])
        offices = Offices(move.record.area_path for move in moves)
        written = [move for move in moves if move.step.rung.document in KINDS and not is_own(move.record)]
        return Outcome(
            letters=[Draft(_letter(move, offices), move.record.unit.name) for move in written],
            occasions=[occasion for move in moves if (occasion := _occasion(move, people))],
        )


def is_own(record: Assignment) -> bool:
    """Whether the office that would sign the letters is the one that has to act: a letter to itself answers nothing."""
    return record.unit.kind == Unit.Kind.OFFICE


def standing(record: Assignment, now: datetime) -> str:
    """完成时限…，已逾期…天 / 尚未到期."""
    if record.due_at is None:
        return "未设时限"
    due = f"完成时限{cn_date(record.due_at)}"
    if now <= record.due_at:
        return f"{due}，尚未到期"
    days = (clock.local(now).date() - clock.local(record.due_at).date()).days
    return f"{due}，已逾期{days}天" if days else f"{due}，已逾期"


def _letter(move: Move, offices: Offices) -> Letter:
    """提示单 and 督促函 of the office above the unit; they wait for signature where the policy wants a person."""
    record, rung, now = move.record, move.step.rung, move.at
    office, urges = offices.over(record.area_path), rung.document == Document.URGE
    reply_by = limit("letter.reply", record.area_path).after(now) if urges else None
    word = "督促" if urges else "提示"
    demand = (
        f"请于{cn_date(reply_by)}前书面回复进展、未按期完成的原因和完成时间。"
        if reply_by
        else "请抓紧办理，并在系统中报告进展。"
    )
    return Letter(
        office=office,
        kind=KINDS[Document(rung.document)],
        state=LetterState.DRAFT if rung.person_decides else LetterState.SENT,
        title=f"关于{word}办理逾期任务的{'函' if urges else '提示单'}",
        area_path=record.area_path,
        to_unit_id=record.unit_id,
        matter=f"《{record.plan.title}》任务“{record}”：{standing(record, now)}，目前完成{record.percent}%。",
        basis=BASIS,
        demand=demand,
        why=move.reason,
        key=move.key,
        due_at=reply_by,
        decider=rung.decider if rung.person_decides else "",
        drafted_unit=office,
        drafted_at=now,
        signed_at=None if rung.person_decides else now,
        updated_at=now,
    )


class _People:
    """Who acts for the units and for those who gave the tasks, read once; offices are asked once per area."""

    def __init__(self, records: Sequence[Assignment]) -> None:
        units = {record.unit_id for record in records} | {record.plan.owner_id for record in records}
        held = Membership.objects.in_force().filter(unit__in=units, user__is_active=True).exclude(role=Role.LEADER)
        self._of_unit: dict[int, list[User]] = defaultdict(list)
        for membership in held.exclude(
            role__in=(Role.EXPERT, Role.SYSADMIN, Role.SECADMIN, Role.AUDITOR)
        ).select_related("user"):
            self._of_unit[membership.unit_id].append(membership.user)
        self._offices: dict[tuple[str, str], list[User]] = {}

    def of(self, audience: str, record: Assignment) -> list[User]:
        """The unit itself; the giver of the task for 监管部门; the office of the area and its leaders."""
        if audience in (Audience.FIRM, Audience.VILLAGE):
            return self._of_unit[record.unit_id]
        if audience == Audience.DEPARTMENT:
            return self._of_unit[record.plan.owner_id]
        place = (audience, record.area_path)
        if place not in self._offices:
            roles = {Audience.OFFICE: Role.OFFICER, Audience.HEAD: Role.HEAD}
            found = (
                leaders(record.area_path)
                if audience == Audience.LEADER
                else office_people(record.area_path, roles[Audience(audience)])
            )
            self._offices[place] = list(found)
        return self._offices[place]


def _recipients(move: Move, people: _People) -> Iterator[User]:
    told = list(move.step.rung.audience)
    if is_own(move.record) and move.step.rung.offset > 0:
        told += UPWARD.get(move.step.code, HEAD_AND_LEADER)
    for audience in told:
        yield from people.of(audience, move.record)


def _occasion(move: Move, people: _People) -> Occasion | None:
    record = move.record
    recipients = list({user.pk: user for user in _recipients(move, people)}.values())
    if not recipients:
        return None
    return Occasion(
        recipients=recipients,
        kind="supervision.ladder",
        title=f"{letter_texts.label_of(move.step.code)}：{record}",
        body=f"{record.unit.name}：{record.plan.title}。{standing(record, move.at)}，完成{record.percent}%。",
        url=record.get_absolute_url(),
        about=record,
        key=move.key,
        why=move.reason[:200],
        urgent=move.step.code not in ("remind_1",),
    )


ASSIGNMENTS = AssignmentTrack()
