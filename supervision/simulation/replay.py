"""Records of the past climb a ladder that may not be in force yet; what would have come of it is counted, not written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from common import clock
from supervision.ladder import Edition, climb
from supervision.simulation.pasts import Past
from supervision.simulation.spans import Span
from supervision.transitions.papers_out import Outcome
from supervision.transitions.tracks import DayTrack, Editions, Move

BATCH = 500
Period = tuple[datetime, datetime]


@dataclass
class Tally:
    """What would have been drafted and sent."""

    records: int = 0
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
        for letter in (draft.letter for draft in found.letters):
            self.letters[letter.kind] += 1
            self.letter_units[letter.kind].add(letter.to_unit_id)
            self.units[letter.to_unit_id] += 1
            self.waiting += letter.state == "draft"
        self.proposals.update(measure.kind for measure in found.measures)
        self.proposals["list"] += len(found.listings)
        at = {move.key: clock.local(move.at).date() for move in moves}
        for key, person in {(row.key, row.recipient_id) for each in found.told() for row in each.rows()}:
            self.told[person] += 1
            self.told_on[person, at[key]] += 1


def replay(past: Past, records: QuerySet[Any], among: Iterable[Edition], pks: set[int], period: Period) -> Tally:
    """What the editions `pks` of `among` would have brought about in the period (from, until) for these records.

    Everybody is told who would be told today; deadlines, levels, rounds and listings are those of the time.
    """
    tally, edition_of = Tally(), Editions(among)
    for batch in _batches(records):
        tally.records += len(batch)
        moves = [move for move in _moves(past, batch, edition_of, period) if move.edition.pk in pks]
        if moves:
            tally.add(moves, past.outcome(moves, batch))
    return tally


def _batches(records: QuerySet[Any]) -> Iterator[list[Any]]:
    last = 0
    while rows := list(records.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = rows[-1].pk
        yield rows


def _moves(past: Past, records: Sequence[Any], edition_of: Editions, period: Period) -> Iterator[Move]:
    traits, spans = past.track.traits(records), past.spans(records)
    since, until = period
    for record in records:
        fired: dict[tuple[int, int], set[str]] = defaultdict(set)
        for span in spans.get(record.pk, ()):
            then = past.as_then(record, span)
            if span.start >= until or not past.track.is_climbing(then):
                continue
            edition = edition_of(past.traits_then(traits[record.pk], span), span.set_at)
            if edition is not None:
                made = _climbed(past.track, then, span, edition, fired[span.round, span.deadline_no])
                yield from (move for move in made if since <= move.at < until)


def _climbed(track: DayTrack, then: Any, span: Span, edition: Edition, fired: set[str]) -> Iterator[Move]:
    """The steps of one span, each at its moment, as a run that never sleeps would fire them."""
    at: datetime | None = span.start
    while at is not None and (span.end is None or at < span.end):
        result = climb(span.due_at, edition.rungs, set_at=span.set_at, fired=fired, now=at)
        if result.fire is not None:
            fired |= {step.code for step in (*result.merged, result.fire)}
            yield track.move(then, edition, result.fire, result.merged, at)
        at = result.next_at


def summary(tally: Tally) -> dict[str, Any]:
    """The counts as plain JSON."""
    people = len(tally.told)
    return {
        "hazards": tally.records,
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
