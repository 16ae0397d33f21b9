"""Counts: how everybody a duty applies to stands with it, in sets; and the stored result, refreshed by a job.

One duty costs one query for whom it applies to and one per kind of record, however many people and units there are.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from common import clock
from common.limits import limit
from tasks.counting import Ask, Counted, RecordKind, label_of, records
from tasks.duties.pace import Quota
from tasks.duties.periods import Span, before, span_of
from tasks.duties.subjects import Bound, Street, bound_by, streets
from tasks.models import Duty, DutyStanding, PeriodKind
from units.models import Unit

BATCH = 1_000
_COUNTED = (
    "duty", "person", "unit", "area_path", "department", "sector", "last_on", "due_on", "since", "needed", "done",
    "distinct_needed", "distinct_done", "next_by", "met_on", "latest_on", "counted_at",
)  # fmt: skip


@dataclass
class Tally:
    """What counted for one person or unit in one period, in order of days."""

    rows: list[Counted] = field(default_factory=list)

    def add(self, counted: Counted) -> None:
        """One more."""
        self.rows.append(counted)


def editions(area_path: str, day: date) -> list[Duty]:
    """The duties in force for an area on `day`: per code the deepest area's edition, then the newest."""
    rows = Duty.objects.filter(effective_from__lte=day).prefetch_related("units", "people", "sectors")
    best: dict[str, Duty] = {}
    began: dict[str, date] = {}
    for duty in (duty for duty in rows if area_path.startswith(duty.area_path)):
        began[duty.code] = min(duty.effective_from, began.get(duty.code, date.max))
        known = best.get(duty.code)
        if known is None or _newer(duty, known):
            best[duty.code] = duty
    for code, duty in best.items():
        duty.began_on = began[code]
    return [best[code] for code in sorted(best) if best[code].is_active]


def _newer(duty: Duty, known: Duty) -> bool:
    return (len(duty.area_path), duty.effective_from) > (len(known.area_path), known.effective_from)


def due_of(duty: Duty, span: Span) -> date:
    """The last day that is still in time."""
    if not duty.due_month:
        return span.last
    last = monthrange(span.first.year, duty.due_month)[1]
    return date(span.first.year, duty.due_month, min(duty.due_day or last, last))


def quota_of(duty: Duty, bound: Bound, span: Span) -> Quota:
    """What this person or unit owes in this period."""
    lead = limit(f"duty.lead.{PeriodKind(duty.period).value}", bound.area_path).value
    since = max(bound.since, duty.began_on or duty.effective_from)
    return Quota(duty.times, duty.distinct, span, due_of(duty, span), since, lead)


def counted_for(duty: Duty, subjects: Collection[int], span: Span) -> Iterator[tuple[RecordKind, Counted]]:
    """Every record that counts for these people or units in this period."""
    found = records(duty.kinds, Ask(subjects, span.first, span.last))
    return ((kind, row) for kind, row in found if row.is_high_risk or not duty.high_risk_places)


def compute(duty: Duty, bounds: Sequence[Bound], span: Span) -> list[DutyStanding]:
    """Unsaved standings of everybody in `bounds`."""
    tallies: dict[int, Tally] = defaultdict(Tally)
    for _, row in counted_for(duty, {bound.id for bound in bounds}, span):
        tallies[row.subject].add(row)
    now = clock.now()
    made = (_standing(duty, bound, span, tallies[bound.id].rows) for bound in bounds)
    standings = [standing for standing in made if standing.needed]
    for standing in standings:
        standing.counted_at = now
    return standings


def _standing(duty: Duty, bound: Bound, span: Span, rows: list[Counted]) -> DutyStanding:
    quota = quota_of(duty, bound, span)
    rows.sort(key=lambda row: row.on)
    met_on, distinct = None, 0
    seen: set[int] = set()
    for place, row in enumerate(rows, 1):
        if (value := _distinct_value(duty, row)) is not None:
            seen.add(value)
        distinct = len(seen)
        if met_on is None and place >= quota.needed and distinct >= quota.distinct_needed:
            met_on = row.on
    missing = max(quota.needed - len(rows), quota.distinct_needed - distinct, 0)
    return DutyStanding(
        duty=duty,
        code=duty.code,
        subject=bound.key,
        person_id=bound.person,
        unit_id=bound.unit,
        area_path=bound.area_path,
        department_id=bound.department,
        sector_id=bound.sector,
        first_on=span.first,
        last_on=span.last,
        due_on=quota.due,
        since=quota.begins,
        needed=quota.needed,
        done=len(rows),
        distinct_needed=quota.distinct_needed,
        distinct_done=distinct,
        next_by=quota.next_by(missing),
        met_on=met_on,
        latest_on=rows[-1].on if rows else None,
    )


def _distinct_value(duty: Duty, row: Counted) -> int | None:
    return {Duty.DistinctBy.SECTOR: row.sector, Duty.DistinctBy.UNIT: row.unit}.get(duty.distinct_by)  # type: ignore[call-overload,no-any-return]


def kind_labels(duty: Duty) -> list[str]:
    """What counts, in words."""
    return [label_of(key) for key in duty.kinds]


def prove(standing: DutyStanding) -> tuple[DutyStanding, list[tuple[RecordKind, Counted]]]:
    """The standing counted now, and every record behind it, newest first."""
    bound = Bound(
        standing.unit_id, standing.area_path, standing.person_id, standing.since, standing.department_id,
        standing.sector_id,
    )  # fmt: skip
    span = Span(standing.first_on, standing.last_on)
    rows = sorted(counted_for(standing.duty, {bound.id}, span), key=lambda pair: pair[1].on, reverse=True)
    fresh = _standing(standing.duty, bound, span, [row for _, row in rows])
    fresh.pk, fresh.counted_at = standing.pk, clock.now()
    fresh.person, fresh.unit = standing.person, standing.unit
    return fresh, rows


def spans(duty: Duty, street: Street, day: date) -> list[Span]:
    """The periods worth counting on `day`: the current one, and the one before while late entries still count."""
    current = span_of(duty.period, day)
    former = before(current, duty.period)
    late = timedelta(days=limit("duty.late_entry", street.office.area_path).value)
    begun = former.last >= (duty.began_on or duty.effective_from)
    return [current, former] if begun and day <= former.last + late else [current]


@transaction.atomic
def recount(street: Street, day: date | None = None) -> int:
    """Count every duty of the street anew and store how everybody stands; returns how many standings there are.

    Safe to repeat and in parallel (one counts a street at a time). Whoever a duty no longer applies to loses the
    standing of the running period.
    """
    day = day or clock.today()
    _take(street)
    duties = editions(street.office.area_path, day)
    total = 0
    for duty in duties:
        for span in spans(duty, street, day):
            until = min(day, span.last)
            standings = compute(duty, bound_by(duty, street, until), span)
            _store(standings)
            _forget(duty, street, span, until, [standing.subject for standing in standings])
            total += len(standings)
    codes = [duty.code for duty in duties]
    street.within(DutyStanding.objects.filter(last_on__gte=day)).exclude(code__in=codes).delete()
    return total


@transaction.atomic
def refresh(street: Street, kind: str, subjects: Collection[int]) -> None:
    """Count the duties that count records of `kind` anew for these people or units; for what was just written."""
    day = clock.today()
    duties = [duty for duty in editions(street.office.area_path, day) if kind in duty.kinds]
    if not duties:
        return
    _take(street)
    for duty in duties:
        for span in spans(duty, street, day):
            bounds = [bound for bound in bound_by(duty, street, min(day, span.last)) if bound.id in subjects]
            _store(compute(duty, bounds, span))


def _take(street: Street) -> None:
    Unit.objects.select_for_update(no_key=True).get(pk=street.office.pk)


def _store(standings: list[DutyStanding]) -> None:
    DutyStanding.objects.bulk_create(
        standings,
        batch_size=BATCH,
        update_conflicts=True,
        update_fields=_COUNTED,
        unique_fields=["code", "subject", "first_on"],
    )


def _forget(duty: Duty, street: Street, span: Span, day: date, kept: list[str]) -> None:
    old = street.within(DutyStanding.objects.filter(code=duty.code, last_on__gte=day, first_on__lte=day))
    old.exclude(first_on=span.first, subject__in=kept).delete()


def recount_all() -> int:
    """Count every street, each in its own transaction; returns how many standings there are."""
    return sum(recount(street) for street in streets())
