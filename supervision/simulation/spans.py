"""The deadlines a record had, read from its log: stretches of time in which nothing the ladder looks at changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from hazards.models import Hazard, HazardEvent

SILENT = ("ladder", "report_progress", "measure")  # change nothing the ladder looks at


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` until `end` (None: until now) the record stood like this; only hazards have a level and a listing."""

    start: datetime
    end: datetime | None
    set_at: datetime
    due_at: datetime
    deadline_no: int
    round: int
    state: str
    level: str = ""
    listed_as: str = ""


@dataclass
class _Standing:
    level: str = ""
    state: str = ""
    due_at: datetime | None = None
    set_at: datetime | None = None
    deadline_no: int = 0
    listed_as: str = ""


def spans_of(hazards: Sequence[Hazard]) -> dict[int, list[Span]]:
    """The spans of each hazard in which it had a deadline, oldest first; one query."""
    first_level = {hazard.pk: hazard.level for hazard in hazards}
    rows = (
        HazardEvent.objects.filter(hazard_id__in=first_level)
        .exclude(action__in=SILENT)
        .order_by("hazard_id", "seq")
        .values_list("hazard_id", "at", "round", "target", "data")
    )
    return {
        pk: list(closed(_walk(first_level[pk], events))) for pk, events in groupby(rows.iterator(), lambda row: row[0])
    }


def _walk(level: str, events: Iterable[tuple[Any, ...]]) -> Iterator[Span]:
    """A span per event; the level before the first one that names it is the first one's "before", else today's."""
    rows = list(events)
    named = (data.get("level") or data.get("before") for *_, data in rows)
    standing = _Standing(level=next((each for each in named if each in ("general", "key", "major")), level))
    for _, at, round_no, target, data in rows:
        standing.state = target or standing.state
        standing.level = data.get("level") or data.get("after") or standing.level
        standing.listed_as = data.get("listed_as", standing.listed_as)
        if "due" in data:
            standing.set_at = at
            if data["due"]:
                standing.due_at = datetime.fromisoformat(data["due"])
                standing.deadline_no += 1
        if standing.due_at and standing.set_at:
            yield Span(
                at, None, standing.set_at, standing.due_at, standing.deadline_no, round_no, standing.state,
                standing.level, standing.listed_as,
            )  # fmt: skip


def closed(spans: Iterable[Span]) -> Iterator[Span]:
    """Every span ends where the next begins; those that are alike are one."""
    last: Span | None = None
    for span in spans:
        if last is not None:
            if replace(span, start=last.start) == last:
                continue
            yield replace(last, end=span.start)
        last = span
    if last is not None:
        yield last
