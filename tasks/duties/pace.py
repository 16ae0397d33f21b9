"""How fast a quota must be met, and who is behind: pure arithmetic over days (decision 0030).

The k-th of n is due when k/n of the time has passed; the last one so many days before the end (`lead`, a policy value,
at most half the interval between two). Whoever is in post for part of a period owes that part of the quota, rounded up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from tasks.duties.periods import Span


@dataclass(frozen=True)
class Quota:
    """`times` records within `span`, counted for somebody from `since` on, the last `lead` days before `due`."""

    times: int
    distinct: int
    span: Span
    due: date
    since: date
    lead: int

    @property
    def begins(self) -> date:
        """When the clock of this person or unit starts."""
        return max(self.span.first, self.since)

    @property
    def share(self) -> float:
        """The part of the period that is theirs, 0 … 1."""
        days = (self.due - self.span.first).days + 1
        own = (self.due - self.begins).days + 1
        return max(own, 0) / days

    @property
    def needed(self) -> int:
        """Records owed: the quota, or the part of it that falls into the own time, rounded up."""
        return ceil(self.times * self.share - 1e-9)

    @property
    def distinct_needed(self) -> int:
        """Different sectors or units owed among them."""
        return min(self.distinct, self.needed) if self.share < 1 else self.distinct

    def next_by(self, missing: int) -> date | None:
        """The day by which the next record is due while `missing` are; None when none is."""
        total = max(self.needed, self.distinct_needed)
        if missing <= 0 or total == 0:
            return None
        days = (self.due - self.begins).days + 1
        place = total - missing + 1
        if place < total:
            return self.begins + timedelta(days=ceil(days * place / total) - 1)
        return self.due - timedelta(days=min(self.lead, days // total // 2))


def projected(done: int, first: date, last: date, today: date) -> int:
    """How many there will be at the end if things go on as until `today`; what is done at least."""
    passed = (min(today, last) - first).days + 1
    if passed <= 0:
        return done
    return max(done, round(done * ((last - first).days + 1) / passed))
