"""What the past of each kind of record looks like to a simulation, beside its track."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet

from supervision.ladder import Edition, Traits
from supervision.simulation.spans import Span
from supervision.transitions.papers_out import Outcome
from supervision.transitions.tracks import DayTrack, Move

SLACK = timedelta(days=30)  # holidays that stretch working days


class Past:
    """How records of a track stood at a time, and what their steps bring about."""

    track: ClassVar[DayTrack]
    noun: ClassVar[str]

    def within_reach(self, edition: Edition, since: datetime, until: datetime) -> QuerySet[Any]:
        """Records the edition may concern in the period; one too long past its deadline has no step left in it."""
        raise NotImplementedError

    def spans(self, records: Sequence[Any]) -> dict[int, list[Span]]:
        """The spans of each record in which it had a deadline, oldest first; one query."""
        raise NotImplementedError

    def traits_then(self, traits: Traits, span: Span) -> Traits:
        """Today's traits as they were in the span."""
        return traits

    def as_then(self, record: Any, span: Span) -> Any:
        """A copy of the record as it stood in the span."""
        then = copy.copy(record)
        then.due_at, then.deadline_no, then.round, then.state = span.due_at, span.deadline_no, span.round, span.state
        return then

    def outcome(self, moves: Sequence[Move], records: Sequence[Any]) -> Outcome:
        """What the run would write for these moves of `records`; only reads."""
        raise NotImplementedError


def last_due(edition: Edition, since: datetime) -> datetime:
    """A deadline before this one has no step of the edition left in a period that begins at `since`."""
    farthest = max((abs(rung.offset) * (2 if rung.working else 1) for rung in edition.rungs), default=0)
    return since - timedelta(days=farthest) - SLACK
