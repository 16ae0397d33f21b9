"""What a unit's month brings about, once: letters sent, proposals put to a person. The figures come from above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from common import clock
from common.events import new_event
from common.limits import limit
from common.wording import cn_date
from messaging.transitions import Occasion, notify_many
from supervision import frozen, unit_rules
from supervision.models import Letter, LetterEvent, Measure, MeasureEvent, UnitFiring, UnitRule
from supervision.models.letters import LetterState
from supervision.transitions.offices import letter_numbers, profile_of
from supervision.unit_rules import MonthFigures
from units import queries
from units.models import Unit
from units.roles import Role

Document = UnitRule.Document
Ground = tuple[MonthFigures, Sequence[MonthFigures]]  # the unit's month, and those of all it is compared with


@dataclass(frozen=True, slots=True)
class Push:
    """One rule carried out for one unit."""

    office: Unit
    unit: Unit
    rule: UnitRule
    reason: str
    key: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """The rule that is carried out for a unit's month, those recorded as merged into it, and why."""

    top: UnitRule
    fresh: tuple[UnitRule, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a push brings about, not yet written: the same for the run that writes it and the simulation that counts it."""

    people: tuple[Any, ...]
    letter: Letter | None = None
    measure: Measure | None = None


def judge(
    rules: dict[str, UnitRule], unit: Unit, month: date, ground: Ground, *, known: Collection[str] = ()
) -> Verdict | None:
    """The hardest rule that holds, unless it or a harder one is on record (`known`); only arithmetic."""
    figures, all_figures = ground
    holding = unit_rules.held(rules, figures, all_figures)
    fresh = tuple(rule for rule in holding if rule.code not in known)
    hardest = max((unit_rules.RANK[code] for code in known), default=-1)
    if not fresh or unit_rules.RANK[holding[-1].code] <= hardest:
        return None
    return Verdict(holding[-1], fresh, _reason(unit, month, figures, holding[-1]))


def fire(office: Unit, month: date, figures: Sequence[MonthFigures]) -> Counter[str]:
    """Carry out the rules that hold for the units of `office` in `month` (its first day); counts by document.

    Of several rules the hardest is carried out and the others are recorded as merged into it. Repeated, doubled or
    killed anywhere: every (unit, month, rule) fires once; a unit is one transaction.
    """
    rules = unit_rules.in_force(UnitRule.objects.all(), office.area_path, month)
    units = Unit.objects.active().in_bulk([each.unit_id for each in figures])
    done: Counter[str] = Counter()
    for each in figures:
        unit = units.get(each.unit_id)
        if unit and judge(rules, unit, month, (each, figures)):
            done.update(_fire_one(office, unit, month, rules, (each, figures)))
    return done


def _fire_one(office: Unit, unit: Unit, month: date, rules: dict[str, UnitRule], ground: Ground) -> list[str]:
    with transaction.atomic():
        _alone(unit, month)
        known = set(UnitFiring.objects.filter(unit=unit, month=month).values_list("code", flat=True))
        verdict = judge(rules, unit, month, ground, known=known)
        if verdict is None:
            return []
        now, top = clock.now(), verdict.top
        UnitFiring.objects.bulk_create(
            UnitFiring(
                unit=unit, month=month, code=rule.code, rule=rule, fell_due=ground[0].fell_due, on_time=ground[0].on_time,
                fired_at=now, reason=verdict.reason, merged_into="" if rule is top else top.code,
            )
            for rule in verdict.fresh
        )  # fmt: skip
        push = push_of(office, unit, month, verdict, now)
        _carry_out(push, outcome(push))
    return [top.document]


def push_of(office: Unit, unit: Unit, month: date, verdict: Verdict, now: datetime) -> Push:
    """The verdict as it is carried out at `now`."""
    return Push(office, unit, verdict.top, verdict.reason, f"unit:{unit.pk}:{month:%Y-%m}:{verdict.top.code}", now)


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


def outcome(push: Push) -> Outcome:
    """The letter or the proposal, and whom to tell. Only reads."""
    office = push.office
    if push.rule.document == Document.PROPOSAL:
        deciders = (*queries.office_people(office.area_path, Role.HEAD), *queries.leaders(office.area_path))
        return Outcome(deciders, measure=_measure(push))
    letter = _letter(push)
    waits = letter.state == LetterState.DRAFT
    told = queries.office_people(office.area_path, Role.HEAD) if waits else queries.people_of_unit(push.unit.pk)
    return Outcome(tuple(told), letter=letter)


def _letter(push: Push) -> Letter:
    office, unit, rule, now = push.office, push.unit, push.rule, push.now
    urges = rule.document == Document.URGE
    reply_by = limit("letter.reply", unit.area_path).after(now) if urges else None
    waits = urges and profile_of(office).urge_waits_for_signature
    ask = f"，并于{cn_date(reply_by)}前书面回复原因和整改安排" if reply_by else ""
    return Letter(
        office=office,
        kind=Letter.Kind.URGE if urges else Letter.Kind.REMINDER,
        state=LetterState.DRAFT if waits else LetterState.SENT,
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


def _measure(push: Push) -> Measure:
    return Measure(
        kind=Measure.Kind.UNIT,
        unit=push.unit,
        area_path=push.unit.area_path,
        reason=push.reason[:500],
        key=push.key,
        proposed_at=push.now,
    )


def _carry_out(push: Push, found: Outcome) -> None:
    """Write the letter with its number, or the proposal, with its event and its messages."""
    if found.letter is not None:
        letter = found.letter
        letter.number = letter_numbers(push.office, letter.kind, 1)[0]
        if letter.state == LetterState.SENT:
            letter.frozen = frozen.facts_of(letter)
        letter.save()
        action, label = ("draft", "自动起草") if letter.state == LetterState.DRAFT else ("send", "自动签发")
        facts: dict[str, Any] = {"at": push.now, "key": push.key, "target": letter.state}
        data = {"number": letter.number, "note": letter.why}
        new_event(LetterEvent, letter, action, label, data=data, **facts).save()
        _tell(found.people, letter, f"{letter.get_kind_display()}：{letter}", push)
    if found.measure is not None:
        found.measure.save()
        facts = {"at": push.now, "key": push.key, "target": Measure.State.PROPOSED, "data": {"note": push.reason}}
        new_event(MeasureEvent, found.measure, "propose", "自动提出建议", **facts).save()
        _tell(found.people, found.measure, f"通报、约谈建议：{push.unit.name}", push)


def _tell(people: Sequence[Any], record: Letter | Measure, title: str, push: Push) -> None:
    occasion = Occasion(
        recipients=people,
        kind="supervision.unit",
        title=title,
        body=f"{push.reason}。",
        url=record.get_absolute_url(),
        about=record,
        key=push.key,
        why=f"依据《{push.rule.get_code_display()}》规则：{push.reason}"[:200],
    )
    notify_many([occasion])
