"""Reads over self-checks: which rule holds, who owes, who has filed, what a calendar shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from common import clock, workdays
from inspections import cadence as spans
from inspections.cadence import Cadence, Span
from inspections.models.self_checks import OWING, SelfCheck, SelfCheckRule, due_at
from inspections.self_check_defaults import unsaved
from units.models import Enterprise, Unit, User
from units.roles import Right


def rules(area_path: str, on: date | None = None) -> dict[str, SelfCheckRule]:
    """Cadence → the rule that holds in the area on that day: the nearest enclosing area, then the newest, then the default."""
    day = on or clock.today()
    held = {rule.cadence: rule for rule in unsaved()}
    stored = SelfCheckRule.objects.filter(effective_from__lte=day).order_by("effective_from", "pk")
    fitting = [rule for rule in stored if area_path.startswith(rule.area_path)]
    for rule in sorted(fitting, key=lambda rule: (len(rule.area_path), rule.effective_from)):
        held[rule.cadence] = rule
    return held


def operating(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Enterprises that are in business: who is closed owes nothing."""
    return units.filter(
        kind=Unit.Kind.ENTERPRISE, is_active=True, enterprise__state=Enterprise.State.OPERATING
    ).exclude(standing=Unit.Standing.MERGED)


def owing(units: QuerySet[Unit], rule: SelfCheckRule) -> QuerySet[Unit]:
    """Those of `units` that owe the check of `rule`, with a stored profile."""
    return operating(units).filter(OWING[rule.applies])


def is_owed_on(cadence: str, day: date) -> bool:
    """Daily checks are owed on days of work; the other spans always."""
    return cadence != Cadence.DAY or workdays.is_workday(day)


def owed_by(unit: Unit, on: date | None = None) -> list[SelfCheckRule]:
    """The rules that bind this enterprise, from the shortest span to the longest."""
    found = rules(unit.area_path, on)
    mine = Unit.objects.filter(pk=unit.pk)
    return [found[code] for code in Cadence.values if code in found and owing(mine, found[code]).exists()]


def with_check(units: QuerySet[Unit], cadence: str, span: Span) -> QuerySet[Unit]:
    """The units with `check_id`, `check_at`, `check_bad` of the span's check; None where it was not filed."""
    filed = SelfCheck.objects.filter(unit=OuterRef("pk"), cadence=cadence, first_on=span.first)
    return units.annotate(
        check_id=Subquery(filed.values("pk")[:1]),
        check_at=Subquery(filed.values("filed_at")[:1]),
        check_bad=Subquery(filed.values("bad_count")[:1]),
    )


def missing(units: QuerySet[Unit], cadence: str, span: Span) -> QuerySet[Unit]:
    """Those of `units` without a check of the span."""
    return units.filter(~Exists(SelfCheck.objects.filter(unit=OuterRef("pk"), cadence=cadence, first_on=span.first)))


@dataclass(frozen=True)
class Coverage:
    """自查率 of one cadence and span: who owes, who filed (零报告 included), who found something, who was late."""

    base: int
    filed: int
    zero: int
    late: int

    @property
    def rate(self) -> float | None:
        """Filed of those that owe; None where nobody owes."""
        return self.filed / self.base if self.base else None


def coverage(units: QuerySet[Unit], rule: SelfCheckRule, span: Span) -> Coverage:
    """The coverage among those of `units` that owe the check of `rule`, in two statements."""
    base = owing(units, rule)
    filed = SelfCheck.objects.filter(cadence=rule.cadence, first_on=span.first, unit__in=base.values("pk"))
    rows = list(filed.values_list("bad_count", "filed_at", "due_at"))
    zero, late = sum(bad == 0 for bad, _, _ in rows), sum(at > due for _, at, due in rows)
    return Coverage(base.count(), len(rows), zero, late)


@dataclass(frozen=True)
class Mark:
    """One span on the calendar: done, late, missed, open (may still be filed in time), ahead, free."""

    span: Span
    label: str
    state: str
    check: SelfCheck | None = None


def month_marks(unit: Unit, rule: SelfCheckRule, month: Span) -> list[Mark]:
    """What was done and missed of one cadence in the month, in order."""
    first_days: dict[date, Span] = {}
    for day in month.days:
        span = spans.span_of(rule.cadence, day)
        first_days.setdefault(span.first, span)
    filed = SelfCheck.objects.filter(unit=unit, cadence=rule.cadence, first_on__in=first_days)
    known = {check.first_on: check for check in filed}
    since = clock.local(unit.created_at).date()
    return [_mark(rule.cadence, span, known.get(first), since) for first, span in first_days.items()]


def _mark(cadence: str, span: Span, check: SelfCheck | None, since: date) -> Mark:
    label = spans.label(cadence, span)
    if check is not None:
        return Mark(span, label, "late" if check.is_late else "done", check)
    if span.first > clock.today():
        return Mark(span, label, "ahead")
    if not is_owed_on(cadence, span.first) or span.last < since:
        return Mark(span, label, "free")
    return Mark(span, label, "open" if clock.now() <= due_at(span.last) else "missed")


def to_file(unit: Unit) -> list[tuple[SelfCheckRule, Span]]:
    """What the enterprise has still to file today, soonest first: the spans that hold today and yesterday's within grace."""
    today, found = clock.today(), []
    for rule in owed_by(unit):
        now = spans.span_of(rule.cadence, today)
        for span in (spans.before(rule.cadence, now), now):
            if clock.now() <= due_at(span.last) and is_owed_on(rule.cadence, span.first):
                found.append((rule, span))
    keys = {(rule.cadence, span.first) for rule, span in found}
    filed = set(
        SelfCheck.objects.filter(unit=unit, first_on__in={first for _, first in keys}).values_list(
            "cadence", "first_on"
        )
    )
    return sorted(
        ((rule, span) for rule, span in found if (rule.cadence, span.first) not in filed), key=lambda pair: pair[1].last
    )


def units_of(user: User) -> QuerySet[Unit]:
    """The enterprises whose checks the person may read."""
    return Unit.objects.for_user(user, Right.READ_RECORD).filter(kind=Unit.Kind.ENTERPRISE)


def answers(check: SelfCheck) -> Iterable[Any]:
    """The findings of a check with their items and hazards."""
    return check.findings.select_related("item", "hazard").order_by("item__number")
