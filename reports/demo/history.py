"""Fourteen months in the street: who finds what, who is late, and what the office does about it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from functools import partial

from common import clock, workdays
from common.clock import midnight
from common.months import first_of_month
from hazards.models.hazard import Channel, Level
from reports.demo import (
    desk,
    duties,
    duty,
    hazard_stories,
    ledgers,
    mornings,
    planning,
    plans,
    pushing,
    supervising,
    task_ledger,
    visits,
    world,
)
from reports.demo.calendar import office_hours
from reports.demo.play import Stage, daily, each_month, fortnightly, on_workdays, twice_a_week
from reports.demo.world import World
from reports.jobs import chase_receipts, draft_monthly_notice
from supervision.jobs import chase_listings, climb_ladder
from units.models import Unit, User

MONTHS = 14
LEDGERS_SENT = 18  # natural days before the end
SEED = 20261122
PER_MONTH = (6, 6, 7, 7, 7, 6, 8, 9, 10, 11, 11, 11, 13, 16, 15)

TEMPERS = {
    Level.GENERAL: (
        ("prompt", 52),
        ("on_spot", 14),
        ("late", 16),
        ("untrue", 5),
        ("sloppy", 6),
        ("stubborn", 4),
        ("relapsing", 3),
    ),
    Level.KEY: (("prompt", 40), ("extended", 14), ("late", 18), ("sloppy", 10), ("stubborn", 18)),
    Level.MAJOR: (("prompt", 45), ("late", 15), ("sloppy", 10), ("stubborn", 30)),
}
CHANNELS = (
    (Channel.SELF_CHECK, 40), (Channel.INSPECTION, 42), (Channel.CITIZEN, 8), (Channel.ASSIGNED, 4), (Channel.EXPERT, 6),
)  # fmt: skip
LEVELS = ((Level.GENERAL, 70), (Level.KEY, 22), (Level.MAJOR, 8))


def make(told: Callable[[date], None] = lambda day: None) -> World:
    """Build the street and play its history up to now; the same day gives the same history."""
    end = clock.now()
    first = _months_before(clock.today(), MONTHS)
    with clock.at(midnight(first)):
        street = world.build(first, SEED)
    stage = Stage(end)
    _enter_jobs(stage, first)
    _enter_desks(stage, street, first)
    for moment, plot in _plots(street, first, end):
        stage.enter(moment, hazard_stories.tell(street, plot))
    stage.enter(end - timedelta(days=LEDGERS_SENT), ledgers.send(street, stage.enter))
    visits.enter(stage, street, end)
    duty.enter(stage, street, end)
    planning.enter(stage, street, end)
    task_ledger.enter(stage, street, first, end)
    plans.enter(stage, street, end)
    mornings.enter(stage, end)
    stage.play(told)
    duties.tell(street, first)
    task_ledger.finish(street, end)
    pushing.finish(street)
    mornings.finish(end)
    supervising.finish(street)
    User.objects.update(password_changed_at=end)
    return street


def _months_before(day: date, months: int) -> date:
    return first_of_month(day, -months).replace(day=min(day.day, 28))


def _enter_jobs(stage: Stage, first: date) -> None:
    stage.enter(*daily(first, time(8, 0), climb_ladder))
    stage.enter(*each_month(first, time(7, 30), draft_monthly_notice))
    stage.enter(*fortnightly(first, time(8, 20), chase_listings))
    stage.enter(*fortnightly(first, time(9, 30), chase_receipts))


def _enter_desks(stage: Stage, street: World, first: date) -> None:
    for often, hour, minute, routine in (
        (twice_a_week, 9, 40, desk.handle_letters),
        (on_workdays, 10, 30, desk.handle_listings),
        (twice_a_week, 11, 15, desk.handle_measures),
        (on_workdays, 14, 30, desk.handle_notices),
    ):
        stage.enter(*often(workdays.next_workday(first), time(hour, minute), partial(routine, street)))


def _plots(street: World, first: date, end: datetime) -> Iterator[tuple[datetime, hazard_stories.Plot]]:
    dice = random.Random(SEED + 1)
    seeds = iter(range(1, 100_000))
    for index, number in enumerate(PER_MONTH):
        for _ in range(number):
            day = first + timedelta(days=index * 30 + dice.randint(0, 29))
            moment = office_hours(
                midnight(day) + timedelta(hours=dice.randint(9, 16), minutes=dice.randint(0, 59)), dice
            )
            plot = _plot(street.firms, dice, next(seeds))
            if moment < end:
                yield moment, plot


def _plot(firms: list[Unit], dice: random.Random, seed: int) -> hazard_stories.Plot:
    level, channel = _pick(dice, LEVELS), _pick(dice, CHANNELS)
    temper = _pick(dice, TEMPERS[Level(level)])
    if temper in ("on_spot", "untrue"):
        channel = Channel.INSPECTION if temper == "on_spot" else Channel.CITIZEN
    if temper == "extended":
        level = Level.KEY
    return hazard_stories.Plot(seed, dice.choice(firms), level, temper, channel)


def _pick(dice: random.Random, weighted: tuple[tuple[str, int], ...]) -> str:
    values, weights = zip(*weighted, strict=True)
    return str(dice.choices(values, weights)[0])
