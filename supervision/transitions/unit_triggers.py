"""What a unit's month brings about, once: letters sent, proposals put to a person. The figures come from above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from common import clock
from common.events import new_event
from common.limits import limit
from common.wording import cn_date
from messaging.transitions import Occasion, notify_many
from supervision import unit_rules
from supervision.models import Letter, LetterEvent, Measure, MeasureEvent, UnitFiring, UnitRule
from supervision.models.letters import LetterState
from supervision.transitions.offices import letter_numbers, profile_of
from supervision.unit_rules import MonthFigures
from units import queries
from units.models import Unit
from units.roles import Role

Document = UnitRule.Document


@dataclass(frozen=True, slots=True)
class Push:
    """One rule carried out for one unit."""

    office: Unit
    unit: Unit
    rule: UnitRule
    reason: str
    key: str
    now: datetime


def fire(office: Unit, month: date, figures: Sequence[MonthFigures]) -> Counter[str]:
    """Carry out the rules that hold for the units of `office` in `month` (its first day); counts by document.

    Of several rules the hardest is carried out and the others are recorded as merged into it. Repeated, doubled or
    killed anywhere: every (unit, month, rule) fires once; a unit is one transaction.
    """
    rules = unit_rules.in_force(UnitRule.objects.all(), office.area_path, month)
    units = Unit.objects.active().in_bulk([each.unit_id for each in figures])
    done: Counter[str] = Counter()
    for each in figures:
        holding = unit_rules.held(rules, each, figures) if each.unit_id in units else []
        if holding and _fire_one(office, units[each.unit_id], month, each, holding):
            done[holding[-1].document] += 1
    return done


def _fire_one(office: Unit, unit: Unit, month: date, figures: MonthFigures, holding: list[UnitRule]) -> bool:
    with transaction.atomic():
        _alone(unit, month)
        known = set(UnitFiring.objects.filter(unit=unit, month=month).values_list("code", flat=True))
        hardest = max((unit_rules.RANK[code] for code in known), default=-1)
        fresh = [rule for rule in holding if rule.code not in known]
        top = holding[-1]
        if not fresh or unit_rules.RANK[top.code] <= hardest:
            return False
        now, reason = clock.now(), _reason(unit, month, figures, top)
        UnitFiring.objects.bulk_create(
            UnitFiring(
                unit=unit, month=month, code=rule.code, rule=rule, fell_due=figures.fell_due, on_time=figures.on_time,
                fired_at=now, reason=reason, merged_into="" if rule is top else top.code,
            )
            for rule in fresh
        )  # fmt: skip
        push = Push(office, unit, top, reason, f"unit:{unit.pk}:{month:%Y-%m}:{top.code}", now)
        (_propose if top.document == Document.PROPOSAL else _write)(push)
    return True


def _alone(unit: Unit, month: date) -> None:
    """Two runs never judge the same unit's month at once; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"unit-trigger:{unit.pk}:{month:%Y-%m}"])


def _reason(unit: Unit, month: date, figures: MonthFigures, rule: UnitRule) -> str:
    if rule.code == UnitRule.Code.FALSE:
        return f"{unit.name}{month:%Y}年{month.month}月经查实虚假整改{figures.false}项"
    said = f"到期隐患{figures.fell_due}项，按期整改{figures.on_time}项"
    percent = figures.on_time * 100 / figures.fell_due
    line = f"低于{rule.below}%" if unit_rules.is_below(figures.on_time, figures.fell_due, rule.below) else ""
    running = "" if line else f"连续两月低于{rule.running_below}%"
    last = "，同类单位末位" if rule.last_only else ""
    return f"{unit.name}{month:%Y}年{month.month}月{said}，按期整改率{percent:.1f}%，{line or running}{last}"


def _write(push: Push) -> None:
    office, unit, rule, now = push.office, push.unit, push.rule, push.now
    urges = rule.document == Document.URGE
    kind = Letter.Kind.URGE if urges else Letter.Kind.REMINDER
    reply_by = limit("letter.reply", unit.area_path).after(now) if urges else None
    waits = urges and profile_of(office).urge_waits_for_signature
    ask = f"，并于{cn_date(reply_by)}前书面回复原因和整改安排" if reply_by else ""
    letter = Letter.objects.create(
        office=office,
        kind=kind,
        state=LetterState.DRAFT if waits else LetterState.SENT,
        number=letter_numbers(office, kind, 1)[0],
        title=f"关于{'督促' if urges else '提示'}加强隐患按期整改工作的函",
        area_path=unit.area_path,
        to_unit=unit,
        matter=f"{push.reason}。",
        basis=rule.basis,
        demand=f"请你单位查明原因，逐项落实责任和时限，尽快完成到期隐患整改{ask}。",
        why=f"依据《{rule.get_code_display()}》规则：{push.reason}"[:300],
        key=push.key,
        due_at=reply_by,
        drafted_unit=office,
        drafted_at=now,
        signed_at=None if waits else now,
    )
    action, label = ("draft", "自动起草") if waits else ("send", "自动签发")
    data = {"number": letter.number, "note": letter.why}
    new_event(LetterEvent, letter, action, label, at=now, target=letter.state, data=data, key=push.key).save()
    people = queries.office_people(office.area_path, Role.HEAD) if waits else queries.people_of_unit(unit.pk)
    _tell(list(people), letter, f"{letter.get_kind_display()}：{letter}", push)


def _propose(push: Push) -> None:
    office, unit, now = push.office, push.unit, push.now
    measure = Measure.objects.create(
        kind=Measure.Kind.UNIT,
        unit=unit,
        area_path=unit.area_path,
        reason=push.reason[:500],
        key=push.key,
        proposed_at=now,
    )
    data = {"note": push.reason}
    new_event(
        MeasureEvent, measure, "propose", "自动提出建议", at=now, target=Measure.State.PROPOSED, data=data, key=push.key
    ).save()
    people = [*queries.office_people(office.area_path, Role.HEAD), *queries.leaders(office.area_path)]
    _tell(people, measure, f"通报、约谈建议：{unit.name}", push)


def _tell(people: Sequence[Any], record: Letter | Measure, title: str, push: Push) -> None:
    occasion = Occasion(
        recipients=people,
        kind="supervision.unit",
        title=title,
        body=f"{push.reason}。",
        url=record.get_absolute_url(),
        about=record,
        key=push.key,
        why=push.reason[:200],
    )
    notify_many([occasion])
