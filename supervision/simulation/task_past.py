"""Assignments as they stood: by their own log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from supervision.ladder import Edition
from supervision.simulation.pasts import Past, last_due
from supervision.simulation.spans import Span, closed
from supervision.transitions.assignment_track import ASSIGNMENTS
from supervision.transitions.papers_out import Outcome
from supervision.transitions.tracks import Move
from tasks.models import Assignment, AssignmentEvent

SILENT = ("ladder", "remind", "report_progress")  # change nothing the ladder looks at


class AssignmentPast(Past):
    """An assignment had a deadline from the day it was given out, unless it had none."""

    track, noun = ASSIGNMENTS, "任务"

    def within_reach(self, edition: Edition, since: datetime, until: datetime) -> QuerySet[Assignment]:
        """Given out in the edition's area and not finished before the period."""
        rows = Assignment.objects.filter(
            area_path__startswith=edition.area_path, opened_at__lt=until, due_at__gte=last_due(edition, since)
        )
        return rows.filter(Q(done_at=None) | Q(done_at__gte=since)).select_related(*self.track.selected)

    def spans(self, records: Sequence[Assignment]) -> dict[int, list[Span]]:
        """From the assignments' events."""
        known = {record.pk: record for record in records}
        rows = (
            AssignmentEvent.objects.filter(assignment_id__in=known)
            .exclude(action__in=SILENT)
            .order_by("assignment_id", "pk")
            .values_list("assignment_id", "at", "action", "target", "data")
        )
        return {
            pk: list(closed(_walk(known[pk], events))) for pk, events in groupby(rows.iterator(), lambda row: row[0])
        }

    def outcome(self, moves: Sequence[Move], records: Sequence[Assignment]) -> Outcome:
        """Letters and messages."""
        return self.track.outcome(moves)


def _walk(record: Assignment, events: Iterable[tuple[Any, ...]]) -> Iterator[Span]:
    """A span per event; the first deadline is what the first moving of it names as the one before, else today's."""
    rows = list(events)
    moved = [data for *_, data in rows if "due" in data]
    due = _moment(moved[0]["due_before"]) if moved else record.due_at
    set_at, deadline_no, round_no, state = record.opened_at, 1, 1, ""
    for _, at, action, target, data in rows:
        state = target or state
        round_no += action == "reopen"
        if "due" in data:
            due, set_at = _moment(data["due"]), at
            deadline_no += 1
        if due is not None:
            yield Span(at, None, set_at, due, deadline_no, round_no, state)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
