"""What climbs: one track per kind of record. The run, exactly-once, merging, writing and recalling are the same for all.

A record that climbs has the columns `next_step_at` (partially indexed), `ladder_step`, `due_at`, `round`, `deadline_no`,
`area_path`, `version` and `updated_at`. Its track names the table of its firings (a `Firing` with a foreign key) and says
which step is due, why it fires and what it brings about. `register` in `AppConfig.ready`. A `DayTrack` (hazards, tasks)
reckons the days of a ladder policy; the months of units are judged by their rules (`unit_track`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import QuerySet

from common import clock
from common.copying import copy_in
from common.events import RecordEvent, new_event
from supervision.ladder import ORDER, Climb, Edition, Step, Traits, climb, edition_for
from supervision.models import Firing, LadderPolicy
from supervision.transitions.papers_out import Outcome, write
from supervision.transitions.policies import editions

ACTION = "ladder"
NOTHING = Climb(None, (), None)
_SAVE = """
    UPDATE {table} AS record
    SET {assignments}
    FROM unnest(%s::bigint[], {arrays}) AS place (id, {columns})
    WHERE record.id = place.id
"""
_TYPES = {
    "next_step_at": "timestamptz",
    "ladder_step": "text",
    "told_step": "text",
    "version": "integer",
    "updated_at": "timestamptz",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A record that fires `step` at `at` under `edition`; the passed lower steps are merged into it."""

    record: Any
    edition: Edition
    step: Step
    merged: tuple[Step, ...]
    reason: str
    at: datetime
    place: str

    @property
    def hazard(self) -> Any:
        """The record, where it is a hazard."""
        return self.record

    @property
    def key(self) -> str:
        """Unique per record, deadline and step: a second letter or event of the same step cannot exist."""
        return f"{self.place}:{self.step.code}"


class Track:
    """A kind of record that climbs."""

    subject: ClassVar[str]
    label: ClassVar[str]
    model: ClassVar[type[models.Model]]
    firings: ClassVar[type[Firing]]
    reference: ClassVar[str]  # the foreign key of `firings`
    events: ClassVar[type[RecordEvent]]
    codes: ClassVar[tuple[str, ...]] = ORDER  # of its steps, the mildest first
    selected: ClassVar[tuple[str, ...]] = ()
    unread: ClassVar[tuple[str, ...]] = ()  # columns too wide to fetch for nothing
    places: ClassVar[tuple[str, ...]] = ("next_step_at", "ladder_step", "version", "updated_at")  # what a run writes

    def due(self, now: datetime) -> QuerySet[Any]:
        """Records the ladder must look at, longest waiting first: one probe of the partial index when there are none."""
        return self.model._default_manager.filter(next_step_at__lte=now).order_by("next_step_at", "pk")

    def read(self, keys: Iterable[int]) -> list[Any]:
        """These records with what the steps need to know of them, in the order of `due`."""
        keys = list(keys)
        if not keys:
            return []
        rows = self.model._default_manager.filter(pk__in=keys).defer(*self.unread)
        return list(rows.select_related(*self.selected).order_by("next_step_at", "pk"))

    def moves_of(self, records: Sequence[Any], now: datetime) -> list[Move]:
        """The steps due at `now`; sets every record's `next_step_at` (unsaved) to when the ladder must look again."""
        raise NotImplementedError

    def outcome(self, moves: Sequence[Move]) -> Outcome:
        """Letters, proposals and messages of all moves: what the run writes and the simulation counts. Only reads."""
        raise NotImplementedError

    def place(self, record: Any) -> str:
        """The stem of the key of every step of this record and deadline."""
        return f"ladder:{self.subject}:{record.pk}:{record.deadline_no}"

    def name_of(self, record: Any) -> str:
        """By which a record is known outside the database."""
        return str(record.pk)

    def named(self, name: str) -> dict[str, Any]:
        """The lookup that finds the record of that name."""
        return {"pk": name}

    def policies(self, code: str) -> QuerySet[Any]:
        """The editions a firing of this step may name."""
        return LadderPolicy.objects.filter(subject=self.subject)

    def policy_of(self, move: Move, step: Step) -> int:
        """The edition by which a step of the move fires."""
        return move.edition.pk

    def event_data(self, move: Move) -> dict[str, Any]:
        """What the event of a move keeps besides step, merged steps and policy."""
        return {}

    def write_events(self, moves: Sequence[Move]) -> None:
        """One event per move in the record's own log; its version has risen."""
        copy_in((self._event(move) for move in moves), keyed=False)

    def _event(self, move: Move) -> RecordEvent:
        state, merged = getattr(move.record, "state", ""), [step.code for step in move.merged]
        also = f"（期间应触发的{'、'.join(map(self.step_label, merged))}并入本次）" if merged else ""
        data = {"step": move.step.code, "merged": merged, "policy": move.edition.pk, **self.event_data(move)}
        return new_event(
            self.events,
            move.record,
            ACTION,
            self.step_label(move.step.code),
            at=move.at,
            source=state,
            target=state,
            data={**data, "note": move.reason + also},
            key=move.key,
        )

    def note_recalled(self, record: Any, label: str, note: str) -> None:
        """One event: a step that had fired before a backup was restored is on record again. The version has risen."""
        state, data = getattr(record, "state", ""), {"note": note, "recalled": True}
        new_event(self.events, record, ACTION, label, at=clock.now(), source=state, target=state, data=data).save()

    def step_label(self, code: str) -> str:
        """The Chinese name of a step."""
        return self._labels[code]

    @cached_property
    def _labels(self) -> dict[str, str]:
        choices: Any = self.firings._meta.get_field("code").choices
        return {str(code): str(label) for code, label in choices}

    def carry_out(self, moves: Sequence[Move], now: datetime) -> None:
        """Letters, proposals and messages of all moves."""
        if moves:
            write(self.outcome(moves), now)

    def _fired(self, records: Sequence[Any]) -> dict[int, set[str]]:
        """Codes on record for the present round and deadline of each record."""
        present = {record.pk: (record.round, record.deadline_no) for record in records}
        found: dict[int, set[str]] = defaultdict(set)
        column = f"{self.reference}_id"
        rows = self.firings._default_manager.filter(**{f"{column}__in": present})
        for pk, round_no, deadline_no, code in rows.values_list(column, "round", "deadline_no", "code"):
            if present[pk] == (round_no, deadline_no):
                found[pk].add(code)
        return found

    def record(self, moves: Sequence[Move], now: datetime) -> None:
        """Firings and one event per move; bumps the records' version (unsaved)."""
        copy_in((row for move in moves for row in self._firings(move)), keyed=False)
        for move in moves:
            move.record.version += 1
            move.record.ladder_step = move.step.code
            if "told_step" in self.places and not move.step.rung.proposes:
                move.record.told_step = move.step.code
            move.record.updated_at = now
        self.write_events(moves)

    def _firings(self, move: Move) -> Iterable[Firing]:
        record, reference = move.record, f"{self.reference}_id"
        for step in (*move.merged, move.step):
            yield self.firings(
                **{reference: record.pk, "policy_id": self.policy_of(move, step)},
                round=record.round,
                deadline_no=record.deadline_no,
                code=step.code,
                document=step.rung.document,
                due_at=record.due_at or move.at,
                planned_at=step.at,
                fired_at=move.at,
                merged_into="" if step is move.step else move.step.code,
                reason=move.reason,
            )

    def save_places(self, records: Sequence[Any]) -> None:
        """Where each record stands on its ladder, all in one statement (`bulk_update` costs a third of the whole run)."""
        statement = _SAVE.format(
            table=connection.ops.quote_name(self.model._meta.db_table),
            assignments=", ".join(f"{column} = place.{column}" for column in self.places),
            arrays=", ".join(f"%s::{_TYPES[column]}[]" for column in self.places),
            columns=", ".join(self.places),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [[getattr(row, column) for row in records] for column in ("pk", *self.places)])


class DayTrack(Track):
    """A record with a deadline: it climbs the steps a ladder policy puts so many days before or after."""

    def traits(self, records: Sequence[Any]) -> dict[int, Traits]:
        """What decides the policy, by record."""
        raise NotImplementedError

    def is_climbing(self, record: Any) -> bool:
        """Whether somebody still has to act against the deadline."""
        raise NotImplementedError

    def begun(self, records: Sequence[Any]) -> dict[int, datetime]:
        """When the present deadline of each record was set."""
        raise NotImplementedError

    def reason(self, record: Any, edition: Edition, step: Step, at: datetime) -> str:
        """Why the step fires: the rule, the dates, the record."""
        raise NotImplementedError

    def moves_of(self, records: Sequence[Any], now: datetime) -> list[Move]:
        """The steps whose days have passed; of several the highest, with the others merged into it."""
        fired, begun, traits = self._fired(records), self.begun(records), self.traits(records)
        edition_of = Editions()
        moves = []
        for record in records:
            set_at = begun[record.pk]
            edition = edition_of(traits[record.pk], set_at)
            result = NOTHING
            if edition is not None and self.is_climbing(record):
                result = climb(record.due_at, edition.rungs, set_at=set_at, fired=fired[record.pk], now=now)
            record.next_step_at = result.next_at
            if edition is not None and result.fire is not None:
                moves.append(self.move(record, edition, result.fire, result.merged, now))
        return moves

    def move(self, record: Any, edition: Edition, step: Step, merged: tuple[Step, ...], at: datetime) -> Move:
        """`step` of `edition` fires for the record at `at`."""
        return Move(record, edition, step, merged, self.reason(record, edition, step, at), at, self.place(record))


class Editions:
    """The edition by traits and day, asked once for records that are alike; `among` replaces those in force."""

    def __init__(self, among: Iterable[Edition] | None = None) -> None:
        self._among = editions.get() if among is None else tuple(among)
        self._known: dict[Any, Edition | None] = {}

    def __call__(self, traits: Traits, set_at: datetime) -> Edition | None:
        key = (traits, clock.local(set_at).date())
        if key not in self._known:
            self._known[key] = edition_for(self._among, *key)
        return self._known[key]


_tracks: dict[str, Track] = {}


def register(track: Track) -> None:
    """Let records of `track` climb from now on."""
    _tracks[track.subject] = track


def registered() -> list[Track]:
    """All tracks in the order they were announced."""
    return list(_tracks.values())


def subjects() -> list[tuple[str, str]]:
    """(code, Chinese name) of what climbs by days, for the policy's form."""
    return [(track.subject, track.label) for track in _tracks.values() if isinstance(track, DayTrack)]
