"""How values are said in Chinese: dates, ratios, what is missing and how long is left. Pages, papers and exports share it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from common import clock

DASH = "—"
SOON_DAYS = 3  # natural days before the deadline at which a countdown starts to warn


@dataclass(frozen=True)
class Countdown:
    """What a deadline says now. `tone` is one of red (overdue), orange (near), grey (time left), green (done)."""

    text: str
    tone: str


def dash(value: Any) -> Any:
    """`value`, or "—" where there is none. Zero and False are values."""
    return DASH if value is None or value == "" else value


def percent(ratio: Decimal | float | None, digits: int = 1) -> str:
    """A ratio between 0 and 1 as "95.7%", rounded half up; "—" for None (0/0 is never 100 %)."""
    if ratio is None:
        return DASH
    step = Decimal(1).scaleb(-digits)
    return f"{(Decimal(str(ratio)) * 100).quantize(step, rounding=ROUND_HALF_UP)}%"


def cn_date(value: date | datetime | None) -> str:
    """2026年11月22日, in Asia/Shanghai; "—" for None (and for "", what a template makes of a missing name)."""
    if not value:
        return DASH
    day = clock.local(value).date() if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


def cn_datetime(value: datetime | None) -> str:
    """2026年11月22日 09:05, in Asia/Shanghai; "—" for None (and for "", what a template makes of a missing name)."""
    if not value:
        return DASH
    return f"{cn_date(value)} {clock.local(value):%H:%M}"


def countdown(due: date | datetime | None, done: date | datetime | None = None) -> Countdown:
    """What is left until `due`, in natural days (hours within the last 24): 剩3天, 剩5小时, 今天到期, 逾期5天.

    With `done`, the finished matter is judged instead: 按期完成 or 逾期5天完成. A bare date falls due at the end of
    that day.
    """
    if due is None:
        return Countdown(DASH, "grey")
    if done is not None:
        late = _late_text(due, done)
        return Countdown(f"{late}完成", "red") if late else Countdown("按期完成", "green")
    late = _late_text(due, clock.now())
    return Countdown(late, "red") if late else _time_left(due)


def _late_text(due: date | datetime, moment: date | datetime) -> str:
    """逾期… when `moment` is past `due`, else an empty text."""
    if isinstance(due, datetime) and isinstance(moment, datetime):
        late = moment - due
        if late <= timedelta(0):
            return ""
        if late < timedelta(days=1):
            return f"逾期{max(1, int(late.total_seconds() // 3600))}小时"
    days = (_day(moment) - _day(due)).days
    return f"逾期{days}天" if days > 0 else ""


def _time_left(due: date | datetime) -> Countdown:
    days = (_day(due) - clock.today()).days
    if isinstance(due, datetime):
        left = due - clock.now()
        if left < timedelta(days=1):
            return Countdown(f"剩{math.ceil(left.total_seconds() / 3600)}小时", "orange")
    if days == 0:
        return Countdown("今天到期", "orange")
    return Countdown(f"剩{days}天", "orange" if days <= SOON_DAYS else "grey")


def _day(value: date | datetime) -> date:
    return clock.local(value).date() if isinstance(value, datetime) else value
