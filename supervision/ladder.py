"""The ladder as arithmetic: which steps a deadline has, which one fires now, when to look again. No database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from common import workdays
from common.clock import local

ORDER = ("remind_1", "remind_2", "remind_3", "overdue", "urge", "notice", "talk", "list", "publish")
RANK = {code: place for place, code in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a policy: `offset` days from the deadline, natural unless `working`."""

    code: str
    offset: int
    working: bool = False
    person_decides: bool = False

    def __str__(self) -> str:
        return f"T{self.offset:+d}{'个工作日' if self.working else '日'}"


@dataclass(frozen=True, slots=True)
class Edition:
    """A policy in memory; `pk` is its row."""

    pk: int
    name: str
    level: str
    area_path: str
    effective_from: date
    basis: str
    rungs: tuple[Rung, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A rung at its moment for one deadline."""

    rung: Rung
    at: datetime

    @property
    def code(self) -> str:
        """The rung's code."""
        return self.rung.code


@dataclass(frozen=True, slots=True)
class Climb:
    """What the ladder does now: the step to fire, the lower ones it takes along, and when to look again."""

    fire: Step | None
    merged: tuple[Step, ...]
    next_at: datetime | None


def moment(due_at: datetime, rung: Rung) -> datetime:
    """When the rung is reached: the deadline's own time of day, so many natural or working days away."""
    if not rung.working:
        return due_at + timedelta(days=rung.offset)
    here = local(due_at)
    day = workdays.add_workdays(here.date(), rung.offset)
    return timezone.make_aware(datetime.combine(day, time(here.hour, here.minute, here.second)))


def plan(due_at: datetime | None, rungs: Iterable[Rung]) -> list[Step]:
    """The steps of a deadline in the order they are reached; no deadline, no steps."""
    if due_at is None:
        return []
    steps = [Step(rung, moment(due_at, rung)) for rung in rungs]
    return sorted(steps, key=lambda step: (step.at, RANK[step.code]))


def climb(
    due_at: datetime | None, rungs: Sequence[Rung], *, set_at: datetime, fired: Collection[str], now: datetime
) -> Climb:
    """What is due at `now` for a deadline set at `set_at` of which the steps `fired` are on record.

    Of the steps that passed, the highest fires and the lower ones are merged into it. A reminder that is not later than
    the setting of the deadline is left out: it would remind of nothing. Nothing below the highest fired step ever fires.
    """
    reached = max((RANK[code] for code in fired), default=-1)
    open_steps = [
        step
        for step in plan(due_at, rungs)
        if RANK[step.code] > reached and not (step.rung.offset <= 0 and step.at <= set_at)
    ]
    passed = [step for step in open_steps if step.at <= now]
    fire = max(passed, key=lambda step: RANK[step.code], default=None)
    above = [step.at for step in open_steps if step.at > now and (fire is None or RANK[step.code] > RANK[fire.code])]
    merged = tuple(step for step in passed if fire is not None and step is not fire)
    return Climb(fire, merged, min(above, default=None))


def edition_for(editions: Iterable[Edition], level: str, area_path: str, on: date) -> Edition | None:
    """The policy of a level and area as it stood on `on`: the deepest area wins, then the newest."""
    fitting = [
        edition
        for edition in editions
        if edition.level == level and edition.effective_from <= on and area_path.startswith(edition.area_path)
    ]
    return max(fitting, key=lambda edition: (len(edition.area_path), edition.effective_from), default=None)
