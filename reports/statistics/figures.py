"""The figures. A count is a condition on verified hazards; a rate is one count over another; 0/0 is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, Q

from reports.statistics.periods import Period
from supervision.models import Listing

Condition = Callable[[Period], Q]


class _Among(Func):
    """`value = ANY (array)`: a subquery with IN, standing beside an OR, would keep every index from being used."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()


@dataclass(frozen=True)
class Figure:
    """One figure: Chinese label, definition in words, and which records it counts.

    kind "count": number of records of `rows`. kind "rate": `rows` within `base` (a ratio 0–1). kind "days": mean
    natural days between verification and closure of `rows`.
    """

    key: str
    label: str
    definition: str
    rows: Condition
    base: Condition | None = None
    kind: Literal["count", "rate", "days"] = "count"
    higher_is_better: bool | None = None


def in_stock(at: datetime) -> Q:
    """Verified before `at`, and neither closed nor transferred before it."""
    closed, gone = (
        Q(closed_at__isnull=True) | Q(closed_at__gte=at),
        Q(transferred_at__isnull=True) | Q(transferred_at__gte=at),
    )
    return Q(confirmed_at__lt=at) & closed & gone


def overdue_at(at: datetime) -> Q:
    """In stock, past its deadline, and not reported as rectified by then."""
    return in_stock(at) & Q(due_at__lt=at) & (Q(submitted_at__isnull=True) | Q(submitted_at__gte=at))


def new(period: Period) -> Q:
    """Verified within the period."""
    return Q(confirmed_at__gte=period.start, confirmed_at__lt=period.end)


def closed(period: Period) -> Q:
    """Closed within the period."""
    return Q(closed_at__gte=period.start, closed_at__lt=period.end)


def opening(period: Period) -> Q:
    """In stock when the period began."""
    return in_stock(period.start)


def stock(period: Period) -> Q:
    """In stock when the period ended."""
    return in_stock(period.end)


def overdue(period: Period) -> Q:
    """Overdue when the period ended."""
    return overdue_at(period.end)


def fell_due(period: Period) -> Q:
    """The deadline fell within the period."""
    return Q(due_at__gte=period.start, due_at__lt=period.end)


def listed(period: Period) -> Q:
    """Under an approved listing that was not delisted when the period ended."""
    standing = Listing.objects.filter(approved_at__lt=period.end).exclude(delisted_at__lt=period.end)
    return Q(_Among("pk", ArraySubquery(standing.values("hazard_id"))))


def touched(period: Period) -> Q:
    """Whatever any figure of the period can count; spares the database the long settled."""
    unsettled = Q(closed_at__isnull=True) | Q(closed_at__gte=period.start)
    return Q(confirmed_at__lt=period.end) & (unsettled | new(period) | fell_due(period) | listed(period))


def to_rectify(period: Period) -> Q:
    """Opening stock plus new: what was to be rectified in the period."""
    return opening(period) | new(period)


def on_time(period: Period) -> Q:
    """Fell due, and was rectified (as reported and passed in review) not later than the deadline."""
    return fell_due(period) & Q(rectified_at__isnull=False, rectified_at__lte=F("due_at"))


def major(condition: Condition) -> Condition:
    """The same, of major hazards only."""
    return lambda period: condition(period) & Q(level="major")


def passed_first(period: Period) -> Q:
    """Closed in the period, passed at the first review and never reopened."""
    return closed(period) & Q(round=1, reopened=0)


FIGURES: dict[str, Figure] = {
    figure.key: figure
    for figure in (
        Figure("new", "新增隐患", "统计期内核实立案的隐患数", new),
        Figure("new_major", "新增重大隐患", "统计期内核实立案的重大隐患数", major(new)),
        Figure("opening", "期初存量", "统计期开始时已立案、未销号且未移送的隐患数", opening),
        Figure("closed", "销号隐患", "统计期内销号的隐患数", closed, higher_is_better=True),
        Figure("stock", "期末存量", "统计期结束时已立案、未销号且未移送的隐患数", stock, higher_is_better=False),
        Figure("stock_major", "重大隐患存量", "期末存量中的重大隐患数", major(stock), higher_is_better=False),
        Figure("overdue", "逾期未改", "期末存量中已过整改期限且未报告整改完成的隐患数", overdue, higher_is_better=False),
        Figure("overdue_major", "重大隐患逾期", "逾期未改中的重大隐患数", major(overdue), higher_is_better=False),
        Figure("listed", "挂牌（挂账）督办", "统计期结束时已批准挂牌、挂账且尚未摘牌的隐患数", listed, higher_is_better=False),
        Figure("fell_due", "到期隐患", "整改期限落在统计期内的隐患数", fell_due),
        Figure("on_time", "按期整改", "到期隐患中在期限内完成整改并经复查合格的隐患数", on_time, higher_is_better=True),
        Figure("closing_rate", "整改率", "统计期内应整改隐患（期初存量＋新增）中已销号的比例",
               lambda p: to_rectify(p) & closed(p), to_rectify, "rate", True),
        Figure("on_time_rate", "按期整改率", "到期隐患中按期整改的比例", on_time, fell_due, "rate", True),
        Figure("major_rate", "重大隐患整改率", "应整改重大隐患中已销号的比例",
               major(lambda p: to_rectify(p) & closed(p)), major(to_rectify), "rate", True),
        Figure("first_pass_rate", "一次复查合格率", "销号隐患中首次复查即合格且未重新立案的比例", passed_first, closed, "rate", True),
        Figure("mean_days", "平均整改天数", "统计期内销号隐患从立案到销号的平均自然日数", closed, kind="days", higher_is_better=False),
    )
}  # fmt: skip
