"""Plays the history: every story and every job in the order of time, each at its own moment of the controlled clock."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count

from django.db import transaction

from common import clock, workdays
from common.clock import midnight
from common.months import first_of_month

Story = Iterator[datetime]


@dataclass
class Stage:
    """A queue of stories by the moment of their next act."""

    until: datetime
    _queue: list[tuple[datetime, int, Story]] = field(default_factory=list)
    _order: Iterator[int] = field(default_factory=count)

    def enter(self, moment: datetime, story: Story) -> None:
        """Let `story` act first at `moment`; what lies beyond the end is never told."""
        if moment < self.until:
            heapq.heappush(self._queue, (moment, next(self._order), story))

    def play(self, told: Callable[[date], None] = lambda day: None) -> None:
        """Tell everything up to the end, one transaction a day; `told(day)` after each."""
        while self._queue:
            day = clock.local(self._queue[0][0]).date()
            with transaction.atomic():
                self._play_before(midnight(day + timedelta(days=1)))
            told(day)

    def _play_before(self, end: datetime) -> None:
        while self._queue and self._queue[0][0] < end:
            moment, _, story = heapq.heappop(self._queue)
            with clock.at(moment):
                following = next(story, None)
            if following is not None:
                self.enter(max(following, moment + timedelta(minutes=1)), story)


def daily(first: date, at: time, job: Callable[[], object]) -> tuple[datetime, Story]:
    """A job run every day at the same hour, as the beat would."""
    return _each(first, at, job, lambda day: day + timedelta(days=1))


def on_workdays(first: date, at: time, job: Callable[[], object]) -> tuple[datetime, Story]:
    """What people do, and what need not be done at the weekend."""
    return _each(first, at, job, workdays.next_workday)


def twice_a_week(first: date, at: time, job: Callable[[], object]) -> tuple[datetime, Story]:
    """What may wait a few days: every third working day."""
    return _each(first, at, job, lambda day: workdays.add_workdays(day, 3))


def fortnightly(first: date, at: time, job: Callable[[], object]) -> tuple[datetime, Story]:
    """What would find the same again on most days: every tenth working day."""
    return _each(first, at, job, lambda day: workdays.add_workdays(day, 10))


def each_month(first: date, at: time, job: Callable[[], object]) -> tuple[datetime, Story]:
    """On the first working day of every month after `first`."""

    def following(day: date) -> date:
        month = first_of_month(day, 1)
        return workdays.first_workday_of_month(month.year, month.month)

    return _each(following(first), at, job, following)


def _each(
    first: date, at: time, job: Callable[[], object], following: Callable[[date], date]
) -> tuple[datetime, Story]:
    def moment(day: date) -> datetime:
        return midnight(day) + timedelta(hours=at.hour, minutes=at.minute)

    def run() -> Story:
        while True:
            job()
            yield moment(following(clock.today()))

    return moment(first), run()
