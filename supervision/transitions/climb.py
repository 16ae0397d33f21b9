"""The escalation run: hazards whose next step has come climb their ladder, in small batches, by any number of workers.

`Hazard.next_step_at` is the only thing scanned. A batch locks its rows and passes over rows another worker holds; firing,
event, letter, number, proposal and message of a batch stand or fall together, so a crash leaves nothing half done and
the next run finds the same rows due. What fired is guarded by a unique key per (hazard, round, deadline, step).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from common import clock
from common.health import LADDER
from common.models import Heartbeat
from hazards.models import Hazard
from supervision.ladder import ORDER
from supervision.transitions import ladder_effects, ladder_moves

BATCH = 200
logger = logging.getLogger(__name__)


@dataclass
class Run:
    """What a run did: hazards looked at, steps fired by code, steps merged, hazards that failed and stay due."""

    due: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    merged: int = 0
    failed: set[int] = field(default_factory=set)

    def add(self, hazards: Sequence[Hazard], moves: Sequence[ladder_moves.Move]) -> None:
        """Count a batch that is done."""
        self.due += len(hazards)
        self.fired.update(move.step.code for move in moves)
        self.merged += sum(len(move.merged) for move in moves)

    def as_dict(self) -> dict[str, Any]:
        """The JSON of `manage.py escalate`."""
        fired = {code: self.fired[code] for code in ORDER if self.fired[code]}
        return {"due": self.due, "fired": fired, "merged": self.merged, "failed": len(self.failed)}


def due(now: datetime) -> QuerySet[Hazard]:
    """Hazards the ladder must look at, longest waiting first: one probe of the partial index when there are none."""
    return Hazard.objects.filter(next_step_at__lte=now).order_by("next_step_at", "pk")


def escalate(batch: int = BATCH) -> Run:
    """Let every due hazard climb, as of `clock.now()`.

    A hazard that fails is left due for the next run, counted in `failed`, and does not stop the others.
    """
    run = Run()
    while _climb_next(run, batch):
        pass
    Heartbeat.objects.beat(LADDER)
    return run


def survey(batch: int = BATCH) -> Run:
    """What `escalate` would do now, without doing it."""
    run, now = Run(), clock.now()
    last: tuple[datetime | None, int] = (None, 0)
    while hazards := _page(now, last, batch):
        last = (hazards[-1].next_step_at, hazards[-1].pk)
        run.add(hazards, ladder_moves.moves_of(hazards, now))
    return run


def _page(now: datetime, last: tuple[datetime | None, int], size: int) -> list[Hazard]:
    rows = due(now).select_related("unit")
    if last[0] is not None:
        later = rows.filter(next_step_at__gt=last[0]) | rows.filter(next_step_at=last[0], pk__gt=last[1])
        rows = later
    return list(rows[:size])


def _climb_next(run: Run, size: int) -> bool:
    """One batch; False when nothing is left. A batch that fails as a whole is repeated one hazard at a time."""
    now = clock.now()
    taken: list[int] = []
    try:
        with transaction.atomic():
            hazards = _locked(due(now).exclude(pk__in=run.failed)[:size])
            taken += [hazard.pk for hazard in hazards]
            moves = _climb(hazards, now)
    except Exception:
        if not taken:
            raise
        logger.exception("a batch of the ladder failed; going through it one by one")
        for pk in taken:
            _climb_alone(run, pk, now)
        return True
    run.add(hazards, moves)
    return bool(hazards)


def _climb_alone(run: Run, pk: int, now: datetime) -> None:
    try:
        with transaction.atomic():
            hazards = _locked(due(now).filter(pk=pk))
            moves = _climb(hazards, now)
    except Exception:
        logger.exception("the ladder failed for hazard %s", pk)
        run.failed.add(pk)
        run.due += 1
    else:
        run.add(hazards, moves)


def _locked(rows: QuerySet[Hazard]) -> list[Hazard]:
    return list(rows.select_for_update(skip_locked=True, no_key=True, of=("self",)).select_related("unit"))


def _climb(hazards: Sequence[Hazard], now: datetime) -> list[ladder_moves.Move]:
    """Everything a batch does, in the caller's transaction."""
    if not hazards:
        return []
    moves = ladder_moves.moves_of(hazards, now)
    ladder_moves.record(moves, now)
    ladder_moves.save_places(hazards)
    ladder_effects.carry_out(moves, now)
    return moves
