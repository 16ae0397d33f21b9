"""The ladder as arithmetic: which steps a deadline has, which one fires now, when to look again. No database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from common import workdays
from common.clock import local

ORDER = ("remind_1", "remind_2", "remind_3", "overdue", "urge", "notice", "talk", "list", "publish")
PROPOSALS = ("talk", "list", "publish")
RANK = {code: place for place, code in enumerate(ORDER)}


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of a policy: `offset` days from the deadline, natural unless `working`; what it drafts and whom it tells."""

    code: str
    offset: int
    working: bool = False
    person_decides: bool = False
    document: str = ""
    audience: tuple[str, ...] = ()
    decider: str = ""

    @property
    def proposes(self) -> bool:
        """Whether the step only proposes what a person decides: 约谈, 挂牌, 曝光; the enterprise is not told."""
        return self.code in PROPOSALS or self.document in PROPOSALS

    def __str__(self) -> str:
        return f"T{self.offset:+d}{'个工作日' if self.working else '日'}"


@dataclass(frozen=True, slots=True)
class Traits:
    """What of a record decides which policy it climbs by; `sectors` are its sector and the one above."""

    level: str
    area_path: str
    sectors: tuple[int, ...] = ()
    campaign: str = ""
    subject: str = "hazard"


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
    subject: str = "hazard"
    sector_id: int | None = None
    campaign: str = ""

    @property
    def reach(self) -> tuple[str, str, str, int | None, str]:
        """For what it holds; of two editions with the same reach the newer takes the older's place."""
        return (self.subject, self.level, self.area_path, self.sector_id, self.campaign)

    def fits(self, traits: Traits) -> bool:
        """Whether a record of these traits is within reach."""
        return (
            self.subject == traits.subject
            and self.level in ("", traits.level)
            and traits.area_path.startswith(self.area_path)
            and (self.sector_id is None or self.sector_id in traits.sectors)
            and self.campaign in ("", traits.campaign)
        )


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


def edition_for(editions: Iterable[Edition], traits: Traits, on: date) -> Edition | None:
    """The policy for these traits as it stood on `on`: the deepest area, in it the campaign, then the sector, then the newest.

    The nearest office has the word; a campaign is narrower than a sector, its own sector narrower than the one above.
    """
    fitting = [edition for edition in editions if edition.effective_from <= on and edition.fits(traits)]
    return max(fitting, key=lambda edition: _nearness(edition, traits), default=None)


def _nearness(edition: Edition, traits: Traits) -> tuple[int, bool, int, bool, date]:
    sector = 0
    if edition.sector_id is not None:
        sector = len(traits.sectors) - traits.sectors.index(edition.sector_id)
    return (len(edition.area_path), edition.campaign != "", sector, edition.level != "", edition.effective_from)
