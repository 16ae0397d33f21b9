"""The escalation run: records whose next step has come climb their ladder, in small batches, by any number of workers.

`next_step_at` is the only thing scanned. A batch locks its rows and passes over rows another worker holds; firing,
event, letter, number, proposal and message of a batch stand or fall together, so a crash leaves nothing half done and
the next run finds the same rows due. What fired is guarded by a unique key per (record, round, deadline, step).
"""

from __future__ import annotations

import gc
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from common import clock
from common.health import LADDER
from common.models import Heartbeat
from supervision.transitions import recall, tracks
from supervision.transitions.tracks import Move, Track

BATCH = 500
logger = logging.getLogger(__name__)


@dataclass
class Run:
    """What a run did: records looked at, steps fired by code, steps merged, records that failed and stay due."""

    due: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    failed: set[tuple[str, int]] = field(default_factory=set)

    def add(self, records: Sequence[Any], moves: Sequence[Move]) -> None:
        """Count a batch that is done."""
        self.due += len(records)
        self.fired.update(move.step.code for move in moves)
        self.merged += sum(len(move.merged) for move in moves)

    def failed_of(self, track: Track) -> list[int]:
        """The keys of the track's records that failed in this run."""
        return [pk for subject, pk in self.failed if subject == track.subject]

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `manage.py escalate`."""
        codes = dict.fromkeys(code for track in tracks.registered() for code in track.codes)
        fired = {code: self.fired[code] for code in codes if self.fired[code]}
        return {"due": self.due, "fired": fired, "merged": self.merged, "failed": len(self.failed)}


def escalate(batch: int = BATCH) -> Run:
    """Let every due record of every track climb, as of `clock.now()`.

    A record that fails is left due for the next run, counted in `failed`, and does not stop the others.
    """
    run = Run()
    for track in tracks.registered():
        recall.recall(track)
        with _collector_at_rest():
            while _climb_next(run, track, batch):
                gc.collect(0)
    Heartbeat.objects.beat(LADDER)
    return run


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """The rows of a batch live until its end: looking among them, and all that is loaded, for garbage costs a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def survey(batch: int = BATCH) -> Run:
    """What `escalate` would do now, without doing it."""
    run, now = Run(), clock.now()
    for track in tracks.registered():
        last: tuple[datetime | None, int] = (None, 0)
        while records := _page(track, now, last, batch):
            last = (records[-1].next_step_at, records[-1].pk)
            run.add(records, track.moves_of(records, now))
    return run


def _page(track: Track, now: datetime, last: tuple[datetime | None, int], size: int) -> list[Any]:
    rows = track.due(now).defer(*track.unread).select_related(*track.selected)
    if last[0] is not None:
        rows = rows.filter(next_step_at__gt=last[0]) | rows.filter(next_step_at=last[0], pk__gt=last[1])
    return list(rows[:size])


def _climb_next(run: Run, track: Track, size: int) -> bool:
    """One batch; False when nothing is left. A batch that fails as a whole is repeated one record at a time."""
    now = clock.now()
    taken: list[int] = []
    try:
        with transaction.atomic():
            records = _locked(track, track.due(now).exclude(pk__in=run.failed_of(track))[:size])
            taken += [record.pk for record in records]
            moves = _climb(track, records, now)
    except Exception:
        if not taken:
            raise
        logger.exception("a batch of the ladder failed; going through it one by one")
        for pk in taken:
            _climb_alone(run, track, pk, now)
        return True
    run.add(records, moves)
    return len(records) == size  # a batch that is not full has taken all there is


def _climb_alone(run: Run, track: Track, pk: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            records = _locked(track, track.due(now).filter(pk=pk))
            moves = _climb(track, records, now)
    except Exception:
        logger.exception("the ladder failed for %s %s", track.subject, pk)
        run.failed.add((track.subject, pk))
        run.due += 1
    else:
        run.add(records, moves)


def _locked(track: Track, rows: QuerySet[Any]) -> list[Any]:
    """The rows this worker holds from now on. Keys first: a run with nothing due asks for no more than that."""
    return track.read(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True))


def _climb(track: Track, records: Sequence[Any], now: datetime) -> list[Move]:
    """Everything a batch does, in the caller's transaction."""
    if not records:
        return []
    moves = track.moves_of(records, now)
    track.record(moves, now)
    track.save_places(records)
    track.carry_out(moves, now)
    recall.note(track, moves)
    return moves
