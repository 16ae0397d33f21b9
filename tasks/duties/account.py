"""What the duties of a unit and of its people came to in a year, in words; the counts are those of the standings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from common import clock
from common.wording import cn_date
from tasks.duties.periods import Span
from tasks.models import DutyStanding, StandingState
from units.models import Unit

LONGEST = 2000


@dataclass
class Account:
    """One duty over a year: how the unit, or each of its people, stood in every period."""

    code: str
    rows: list[DutyStanding] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The duty as it was last in force, with its quota."""
        duty = max(self.rows, key=attrgetter("first_on")).duty
        return f"{duty.name}（{duty.quota}）"

    @property
    def said(self) -> str:
        """Owed, done and short, each of the people by name, and until when it was counted."""
        by_who = [list(rows) for _, rows in groupby(self.rows, key=attrgetter("subject"))]
        words = "；".join((f"{rows[0].who}：" if rows[0].person_id else "") + _summed(rows) for rows in by_who)
        counted = cn_date(clock.local(max(row.counted_at for row in self.rows)))
        end = f"（统计至{counted}）"
        return words[: LONGEST - len(end)] + end


def accounts(unit: Unit, year: int) -> Iterator[Account]:
    """Every duty the unit or its people were to carry out themselves in the year, in the order of the duties' codes."""
    rows = DutyStanding.objects.owed_in(unit, year).select_related("duty", "person", "unit")
    for code, group in groupby(rows.order_by("code", "person__name", "subject", "first_on"), key=attrgetter("code")):
        yield Account(code, list(group))


def told(standing: DutyStanding) -> str:
    """2026年第3季度应完成3次，已完成2次."""
    words = f"{Span(standing.first_on, standing.last_on).label}应完成{standing.needed}次，已完成{standing.done}次"
    if standing.distinct_needed:
        what = standing.duty.get_distinct_by_display()
        words += f"，应涉及{standing.distinct_needed}个{what}，已涉及{standing.distinct_done}个"
    return words


def _summed(rows: list[DutyStanding]) -> str:
    late = sum(row.state == StandingState.LATE for row in rows)
    short = [f"{told(row)}，还差{row.missing}次" for row in rows if row.missing]
    if len(rows) == 1:
        return (short[0] if short else told(rows[0])) + ("（逾期完成）" if late else "")
    needed, done = sum(row.needed for row in rows), sum(row.done for row in rows)
    words = f"{len(rows)}个周期应完成{needed}次，已完成{done}次" + (f"，{late}个周期逾期完成" if late else "")
    return words + (f"；其中{'；'.join(short)}" if short else "，各周期均达到要求")
