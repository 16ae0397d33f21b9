"""When people of the demonstration act: on working days, in office hours, never all at the same minute."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from common import clock, workdays


def later(dice: random.Random, *, days: int = 0, hours: int = 0, spread: int = 0) -> datetime:
    """A moment in office hours at least so much later than now, plus up to `spread` hours."""
    moment = clock.local(clock.now()) + timedelta(days=days, hours=hours, minutes=dice.randint(5, 50))
    return office_hours(moment + timedelta(hours=dice.randint(0, spread)), dice)


def office_hours(moment: datetime, dice: random.Random) -> datetime:
    """`moment` if it is in office hours, else a moment in the next ones."""
    moment = clock.local(moment)
    if moment.hour >= 17:
        moment = (moment + timedelta(days=1)).replace(hour=8)
    while not workdays.is_workday(moment.date()):
        moment = (moment + timedelta(days=1)).replace(hour=8)
    if moment.hour < 9:
        moment = moment.replace(hour=9, minute=dice.randint(0, 59))
    return moment
