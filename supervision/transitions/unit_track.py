"""Months of units on the ladder: judged once their month is over, by rules instead of days; letters and proposals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db.models import QuerySet

from common import clock, workdays
from common.limits import limit
from common.months import first_of_month
from common.wording import cn_date
from messaging.transitions import Occasion
from supervision import letter_texts, unit_rules
from supervision.ladder import Edition, Step
from supervision.models import Letter, Measure, UnitFiring, UnitMonth, UnitMonthEvent, UnitRule
from supervision.models.ladder import UNIT
from supervision.models.letters import LetterState
from supervision.transitions.offices import profile_of
from supervision.transitions.papers_out import Draft, Outcome
from supervision.transitions.tracks import Move, Track
from supervision.unit_rules import MonthFigures, RuleRung
from units import queries
from units.models import Membership, Unit, User
from units.roles import Role

Document = UnitRule.Document
Peers = Mapping[tuple[int, date], Sequence[MonthFigures]]  # by office and month


class UnitTrack(Track):
    """A month is looked at once it is opened, and again when its figures were reckoned anew; then it rests."""

    subject, label = UNIT, "单位月度情况"
    model, firings, reference, events = UnitMonth, UnitFiring, "unitmonth", UnitMonthEvent
    codes = tuple(UnitRule.Code.values)
    selected = ("unit", "office", "office__office")
    unread = (
        "unit__search_text", "unit__search_grams", "office__search_text", "office__search_grams",
    )  # fmt: skip

    def place(self, record: UnitMonth) -> str:
        """Unit and month."""
        return f"unit:{record.unit_id}:{record.month:%Y-%m}"

    def name_of(self, record: UnitMonth) -> str:
        """Unit and month: a month that is opened again after a restore has another key."""
        return f"{record.unit_id}:{record.month.isoformat()}"

    def named(self, name: str) -> dict[str, Any]:
        """By unit and month."""
        unit, month = name.split(":")
        return {"unit_id": unit, "month": month}

    def policies(self, code: str) -> QuerySet[UnitRule]:
        """The editions of the rule."""
        return UnitRule.objects.filter(code=code)

    def policy_of(self, move: Move, step: Step) -> int:
        """The edition of the step's own rule."""
        return step.rung.rule if isinstance(step.rung, RuleRung) else move.edition.pk

    def event_data(self, move: Move) -> dict[str, Any]:
        """The figures the rule looked at."""
        return {"figures": unit_rules.said(unit_rules.figures_in(move.record))}

    def moves_of(self, records: Sequence[UnitMonth], now: datetime) -> list[Move]:
        """The hardest rule that holds for each month, with the milder ones merged into it."""
        fired, peers = self._fired(records), peers_of(records)
        rules = list(UnitRule.objects.all()) if records else []
        for record in records:
            record.next_step_at = None
        return list(self.judged(records, peers, rules, now, fired))

    def judged(
        self,
        records: Sequence[UnitMonth],
        peers: Peers,
        rules: Sequence[UnitRule],
        now: datetime,
        fired: Mapping[int, Collection[str]] | None = None,
    ) -> Iterator[Move]:
        """What the rules make of these months at `now`; only arithmetic. A unit out of use is left alone."""
        in_force = cache(lambda area_path, month: unit_rules.in_force(rules, area_path, month))
        for record in records:
            if not record.unit.is_active or record.unit.standing == Unit.Standing.MERGED:
                continue
            held = unit_rules.held(
                in_force(record.office.area_path, record.month),
                unit_rules.figures_in(record),
                peers[record.office_id, record.month],
            )
            fresh = unit_rules.fresh(held, (fired or {}).get(record.pk, ()))
            if fresh:
                yield self._move(record, fresh, now)

    def _move(self, record: UnitMonth, fresh: Sequence[UnitRule], now: datetime) -> Move:
        *merged, top = [Step(unit_rules.rung_of(rule), judged_at(record.month)) for rule in fresh]
        rule = fresh[-1]
        edition = Edition(
            rule.pk, rule.get_code_display(), "", rule.area_path, rule.effective_from, rule.basis, (top.rung,), UNIT
        )
        reason = unit_rules.reason(record.unit.name, record.month, unit_rules.figures_in(record), rule)
        return Move(record, edition, top, tuple(merged), reason[: letter_texts.WHY_LENGTH], now, self.place(record))

    def outcome(self, moves: Sequence[Move]) -> Outcome:
        """A letter or a proposal each, with word of it to whom it concerns."""
        people, found = _People(moves), Outcome()
        for move in moves:
            if move.step.rung.document == Document.PROPOSAL:
                measure = _measure(move)
                found.measures.append(measure)
                title = f"通报、约谈建议：{move.record.unit.name}"
                found.announced.append((measure, _occasion(move, people.deciding(move.record), title)))
            else:
                letter = _letter(move)
                found.letters.append(Draft(letter, move.record.unit.name))
                waits = letter.state == LetterState.DRAFT
                told = people.heads(move.record) if waits else people.of_unit(move.record)
                found.announced.append((letter, _occasion(move, told)))
        return found


def judged_at(month: date) -> datetime:
    """When a month is judged: as the first working day of the next one begins."""
    after = first_of_month(month, 1)
    return clock.midnight(workdays.first_workday_of_month(after.year, after.month))


def peers_of(records: Sequence[UnitMonth]) -> Peers:
    """The figures of all months opened under the same office for the same month: what "last" is reckoned among."""
    wanted = {(record.office_id, record.month) for record in records}
    found: dict[tuple[int, date], list[MonthFigures]] = defaultdict(list)
    rows = UnitMonth.objects.filter(
        office__in={office for office, _ in wanted}, month__in={month for _, month in wanted}
    )
    for row in rows.only("office_id", "month", "unit_id", *unit_rules.FIGURES) if wanted else ():
        found[row.office_id, row.month].append(unit_rules.figures_in(row))
    return found


def _why(move: Move) -> str:
    return f"依据《{move.edition.name}》规则：{move.reason}"


def _letter(move: Move) -> Letter:
    """Goes out at once, unless the office wants 督促函 signed first."""
    record, rung, now = move.record, move.step.rung, move.at
    office, unit = record.office, record.unit
    urges = rung.document == Document.URGE
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
        matter=f"{move.reason}。",
        basis=move.edition.basis,
        demand=f"请你单位查明原因，逐项落实责任和时限，尽快完成到期隐患整改{ask}。",
        why=_why(move)[: letter_texts.WHY_LENGTH],
        key=move.key,
        due_at=reply_by,
        drafted_unit=office,
        drafted_at=now,
        signed_at=None if waits else now,
        updated_at=now,
    )


def _measure(move: Move) -> Measure:
    unit = move.record.unit
    return Measure(
        kind=Measure.Kind.UNIT,
        unit=unit,
        area_path=unit.area_path,
        reason=move.reason[:500],
        key=move.key,
        proposed_at=move.at,
    )


def _occasion(move: Move, people: Sequence[User], title: str = "") -> Occasion:
    return Occasion(
        recipients=people,
        kind="supervision.unit",
        title=title,
        body=f"{move.reason}。",
        key=move.key,
        why=_why(move)[:200],
    )


class _People:
    """The people of the units, read once; those of an office once per office."""

    def __init__(self, moves: Sequence[Move]) -> None:
        units = {move.record.unit_id for move in moves}
        self._of_unit: dict[int, dict[int, User]] = defaultdict(dict)
        held = Membership.objects.in_force().filter(unit__in=units, user__is_active=True)
        for membership in held.select_related("user") if units else ():
            self._of_unit[membership.unit_id][membership.user_id] = membership.user
        self._heads = cache(lambda area_path: tuple(queries.office_people(area_path, Role.HEAD)))
        self._leaders = cache(lambda area_path: tuple(queries.leaders(area_path)))

    def of_unit(self, record: UnitMonth) -> list[User]:
        """The unit itself."""
        return list(self._of_unit[record.unit_id].values())

    def heads(self, record: UnitMonth) -> list[User]:
        """Who signs for the office."""
        return list(self._heads(record.office.area_path))

    def deciding(self, record: UnitMonth) -> list[User]:
        """Who decides on a proposal."""
        return [*self.heads(record), *self._leaders(record.office.area_path)]


UNITS = UnitTrack()
