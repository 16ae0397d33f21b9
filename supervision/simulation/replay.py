"""Hazards of the past climb a ladder that may not be in force yet; what would have come of it is counted, not written."""

from __future__ import annotations

import copy
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from common import clock
from hazards.models import Hazard
from supervision.ladder import Edition, climb
from supervision.models import Listing
from supervision.simulation.spans import Span, spans_of
from supervision.transitions.hazard_track import HAZARDS, sectors_of
from supervision.transitions.ladder_effects import Outcome, outcome
from supervision.transitions.tracks import Editions, Move
from units.models import Sector

BATCH = 500
SLACK = timedelta(days=30)  # holidays that stretch working days


@dataclass
class Tally:
    """What would have been drafted and sent."""

    hazards: int = 0
    steps: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    letter_units: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    waiting: int = 0
    notices: int = 0
    proposals: Counter[str] = field(default_factory=Counter)
    told: Counter[int] = field(default_factory=Counter)
    told_on: Counter[tuple[int, date]] = field(default_factory=Counter)
    units: Counter[int] = field(default_factory=Counter)

    def add(self, moves: Sequence[Move], found: Outcome) -> None:
        """Count one batch."""
        self.steps.update(move.step.code for move in moves)
        self.notices += sum(move.step.rung.document == "notice" for move in moves)
        for _, letter in found.letters:
            self.letters[letter.kind] += 1
            self.letter_units[letter.kind].add(letter.to_unit_id)
            self.units[letter.to_unit_id] += 1
            self.waiting += letter.state == "draft"
        self.proposals.update(measure.kind for measure in found.measures)
        self.proposals["list"] += len(found.listings)
        at = {move.key: clock.local(move.at).date() for move in moves}
        for key, person in {(row.key, row.recipient_id) for each in found.occasions for row in each.rows()}:
            self.told[person] += 1
            self.told_on[person, at[key]] += 1


def replay(
    hazards: QuerySet[Hazard], among: Iterable[Edition], pks: set[int], since: datetime, until: datetime
) -> Tally:
    """What the editions `pks` of `among` would have brought about between `since` and `until` for these hazards.

    Everybody is told who would be told today; deadlines, levels, rounds and listings are those of the time.
    """
    tally, edition_of = Tally(), Editions(among)
    for batch in _batches(hazards):
        tally.hazards += len(batch)
        moves = [move for move in _moves(batch, edition_of, since, until) if move.edition.pk in pks]
        if moves:
            tally.add(moves, outcome(moves, _listed_then(batch)))
    return tally


def within_reach(edition: Edition, since: datetime, until: datetime) -> QuerySet[Hazard]:
    """Confirmed hazards the edition may concern in the period; one too long past its deadline has no step left in it."""
    farthest = max((abs(rung.offset) * (2 if rung.working else 1) for rung in edition.rungs), default=0)
    rows = Hazard.objects.filter(
        area_path__startswith=edition.area_path,
        confirmed_at__lt=until,
        due_at__gte=since - timedelta(days=farthest) - SLACK,
    )
    if edition.sector_id:
        rows = rows.filter(
            Q(sector_id=edition.sector_id) | Q(sector__in=Sector.objects.filter(parent=edition.sector_id))
        )
    if edition.campaign:
        rows = rows.filter(campaign__title=edition.campaign)
    return rows.filter(Q(closed_at=None) | Q(closed_at__gte=since)).select_related("unit")


def _batches(hazards: QuerySet[Hazard]) -> Iterator[list[Hazard]]:
    last = 0
    while rows := list(hazards.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield rows


def _moves(hazards: Sequence[Hazard], edition_of: Editions, since: datetime, until: datetime) -> Iterator[Move]:
    traits = HAZARDS.traits(hazards)
    spans = spans_of(hazards)
    for hazard in hazards:
        mine = traits[hazard.pk]
        fired: dict[tuple[int, int], set[str]] = defaultdict(set)
        for span in spans.get(hazard.pk, ()):
            if not span.is_timed or span.start >= until:
                continue
            then = type(mine)(span.level, hazard.area_path, sectors_of(hazard.sector_id), mine.campaign, mine.subject)
            edition = edition_of(then, span.set_at)
            if edition is not None:
                made = _climbed(hazard, span, edition, fired[span.round, span.deadline_no], until)
                yield from (move for move in made if move.at >= since)


def _climbed(hazard: Hazard, span: Span, edition: Edition, fired: set[str], until: datetime) -> Iterator[Move]:
    """The steps of one span, each at its moment, as a run that never sleeps would fire them."""
    at: datetime | None = span.start
    end = min(span.end or until, until)
    while at is not None and at < end:
        result = climb(span.due_at, edition.rungs, set_at=span.set_at, fired=fired, now=at)
        if result.fire is not None:
            fired |= {step.code for step in (*result.merged, result.fire)}
            yield HAZARDS.move(_as_then(hazard, span), edition, result.fire, result.merged, at)
        at = result.next_at


def _as_then(hazard: Hazard, span: Span) -> Hazard:
    then = copy.copy(hazard)
    then.due_at, then.deadline_no, then.round = span.due_at, span.deadline_no, span.round
    then.level, then.state, then.listed_as = span.level, span.state, span.listed_as
    return then


def _listed_then(hazards: Sequence[Hazard]) -> Callable[[Move], bool]:
    """Whether a listing lived at the moment of a move: one people proposed, or one of this very simulation."""
    people = Listing.objects.filter(hazard__in=hazards, key=None).order_by("proposed_at", "pk")
    lived: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for row in people:
        ended = row.delisted_at or (row.updated_at if row.state == "rejected" else None)
        lived[row.hazard_id].append((row.proposed_at, ended))
    proposed: set[int] = set()

    def is_listed(move: Move) -> bool:
        pk, at = move.hazard.pk, move.at
        by_people = any(start <= at and (end is None or at < end) for start, end in lived[pk])
        again = pk in proposed or by_people
        proposed.add(pk)
        return again

    return is_listed


def summary(tally: Tally) -> dict[str, Any]:
    """The counts as plain JSON."""
    people = len(tally.told)
    return {
        "hazards": tally.hazards,
        "steps": dict(tally.steps),
        "letters": {kind: [count, len(tally.letter_units[kind])] for kind, count in tally.letters.items()},
        "waiting": tally.waiting,
        "notices": tally.notices,
        "proposals": {kind: count for kind, count in tally.proposals.items() if count},
        "messages": sum(tally.told.values()),
        "people": people,
        "top_people": tally.told.most_common(10),
        "top_units": tally.units.most_common(10),
        "busiest": [[person, on.isoformat(), count] for (person, on), count in tally.told_on.most_common(1)],
    }
