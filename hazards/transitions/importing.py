"""`bring_in`: hazards out of a ledger enter the lifecycle in bulk, each with its number and its one event.

A hazard an office, a department or (一般 only) a village took into its own ledger is a verified one: open it is under
rectification, or as 重大 without a plan on file 待报方案; closed it is history and keeps the dates of the ledger. An open
重大 whose ledger gives no ground waits to be verified: who does it cites the criterion.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from common import clock
from common.clock import end_of
from common.copying import copy_in
from common.errors import Forbidden
from common.events import new_event
from hazards.models import Hazard, HazardEvent
from hazards.models.hazard import Channel, Level, State
from hazards.transitions.effects import default_deadline, take_numbers
from hazards.transitions.telling import tell_principals
from messaging.transitions import Occasion, notify_many
from units.access import holds
from units.models import Area, Membership, Unit, User
from units.models.areas import paths_above
from units.roles import FIRM, Right

ACTION, LABEL = "import", "台账导入"
NO_PHOTO = "台账导入，原台账无照片"
_MORNING, _EVENING = time(9), time(18)
_OF_VILLAGE = frozenset({Level.GENERAL})


@dataclass
class Brought:
    """A hazard not yet saved, with what the ledger says of its deadline and its end; `data` is kept in the event."""

    hazard: Hazard
    due_on: date | None
    done_on: date | None
    is_closed: bool
    notes: list[str] = field(default_factory=list)
    data: dict[str, Any] = field(default_factory=dict)


def bring_in(items: Sequence[Brought], unit: Unit, actor: Any = None) -> int:
    """Save the hazards of one piece of a ledger sent by `unit`, all or none; returns how many.

    The caller holds the import lock of the street and has left out hazards whose `import_key` is already stored.
    `actor` is None when an operator imports at the console. Raises `Forbidden` without the right to import.
    """
    if actor is not None and not holds(actor, Right.IMPORT_LEDGER):
        raise Forbidden
    if not items:
        return 0
    with transaction.atomic():
        for item in items:
            _enter(item, unit, actor)
        _number([item.hazard for item in items])
        copy_in([item.hazard for item in items])
        copy_in([_event(item, actor) for item in items])
        _tell([item.hazard for item in items])
    return len(items)


def imported_state(hazard: Hazard, is_closed: bool, by_village: bool) -> str:
    """The state a ledger row enters in; a village's 重点 and 重大, and a 重大 without ground, wait to be verified."""
    if is_closed:
        return State.CLOSED
    if by_village and hazard.level not in _OF_VILLAGE:
        return State.REPORTED
    if hazard.level != Level.MAJOR:
        return State.RECTIFYING
    return State.PLANNING if hazard.criterion_id else State.REPORTED


def _enter(item: Brought, unit: Unit, actor: Any) -> None:
    """State and times. What happened before the import keeps its day; nothing happens after now."""
    hazard, now = item.hazard, clock.now()
    hazard.channel = Channel.IMPORT
    hazard.no_photo_reason = hazard.no_photo_reason or NO_PHOTO
    hazard.reported_by, hazard.reported_unit = actor, unit
    hazard.version = 1
    hazard.created_at = hazard.updated_at = now
    hazard.reported_at = min(now, _at(hazard.found_on, _MORNING))
    hazard.state = imported_state(hazard, item.is_closed, unit.kind == Unit.Kind.VILLAGE)
    if hazard.state != State.REPORTED:
        hazard.confirmed_at = hazard.reported_at
        _set_deadline(item)
    elif item.due_on:
        item.notes.append(f"台账整改期限 {item.due_on}，核实时确定")
    if hazard.state == State.CLOSED:
        _close(item, now)
    elif hazard.due_at:
        hazard.next_step_at = now


def _set_deadline(item: Brought) -> None:
    hazard = item.hazard
    if item.due_on is None and item.is_closed:
        return
    if item.due_on is None:
        item.notes.append("台账未注明整改期限，按规定期限自导入之日起算")
    due = end_of(item.due_on) if item.due_on else default_deadline(hazard.level, hazard.area_path)
    hazard.due_at = hazard.original_due_at = due
    hazard.deadline_no = 1


def _close(item: Brought, now: datetime) -> None:
    closed = now
    if item.done_on is None:
        item.notes.append("台账未注明完成日期，按导入时间记为销号时间")
    elif item.done_on > clock.today():
        item.notes.append(f"台账完成日期 {item.done_on} 晚于导入日期，按导入时间记为销号时间")
    else:
        closed = min(now, _at(item.done_on, _EVENING))
    hazard = item.hazard
    hazard.submitted_at = hazard.reviewed_at = hazard.rectified_at = hazard.closed_at = closed


def _at(day: date, moment: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, moment))


def _number(hazards: Sequence[Hazard]) -> None:
    """Numbers in the order of the ledger; the counter of each street is asked once."""
    paths = {hazard.area_path for hazard in hazards}
    above = {prefix for path in paths for prefix in paths_above(path)}
    streets = set(Area.objects.filter(level=Area.Level.STREET, path__in=above).values_list("path", flat=True))
    street_of = {path: next((up for up in paths_above(path) if up in streets), path) for path in paths}
    by_street: dict[str, list[Hazard]] = defaultdict(list)
    for hazard in hazards:
        by_street[street_of[hazard.area_path]].append(hazard)
    for street, members in by_street.items():
        for hazard, number in zip(members, take_numbers(street, len(members)), strict=True):
            hazard.number = number
            hazard.refresh_search()


def _event(item: Brought, actor: Any) -> HazardEvent:
    hazard = item.hazard
    stated = {
        "due": hazard.due_at.isoformat() if hazard.due_at else None,
        "done_on": item.done_on.isoformat() if item.done_on else None,
        "level": hazard.level,
    }
    data = {**item.data, **stated, "note": "；".join(item.notes)}
    return new_event(HazardEvent, hazard, ACTION, LABEL, actor=actor, at=clock.now(), target=hazard.state, data=data)


def _tell(hazards: Sequence[Hazard]) -> None:
    """One message per enterprise about its open hazards; the principals of each open 重大 one are notified."""
    open_ones = [hazard for hazard in hazards if hazard.state in (State.RECTIFYING, State.PLANNING)]
    majors = [hazard.pk for hazard in open_ones if hazard.level == Level.MAJOR]
    for hazard in Hazard.objects.filter(pk__in=majors).select_related("unit__enterprise"):
        tell_principals(hazard)
    by_unit: dict[int, list[Hazard]] = defaultdict(list)
    for hazard in open_ones:
        by_unit[hazard.unit_id].append(hazard)
    held = Membership.objects.in_force().filter(unit_id__in=by_unit, role__in=FIRM, user__is_active=True)
    people: dict[int, list[User]] = defaultdict(list)
    for membership in held.select_related("user"):
        people[membership.unit_id].append(membership.user)
    notify_many(_occasion(users, by_unit[unit_id]) for unit_id, users in people.items())


def _occasion(users: Sequence[User], hazards: Sequence[Hazard]) -> Occasion:
    keys = "".join(sorted(hazard.import_key or "" for hazard in hazards))
    lines = "；".join(f"{hazard.number} {hazard.description[:30]}" for hazard in hazards[:10])
    return Occasion(
        recipients=users,
        kind="hazard",
        title=f"台账导入：有 {len(hazards)} 条隐患请按期整改",
        body=f"{lines}。" if len(hazards) <= 10 else f"{lines}等。",
        url=reverse("hazard-list"),
        key=f"hazard:import:{hashlib.sha256(keys.encode()).hexdigest()[:32]}",
        why="所在街道导入了隐患台账，您是责任单位人员。",
    )
