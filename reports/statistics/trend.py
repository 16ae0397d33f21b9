"""新增, 销号 and 期末存量 month by month, from what entered and left the stock in each month.

A hazard is in stock (`figures.in_stock`) from its verification until it is closed or transferred, whichever comes first. So
the stock at the end of a month is that of the following month without what entered in it and with what left in it, and each
hazard is looked at once, in an index that holds all it takes, instead of once per month and figure in the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Least

from hazards.models import Hazard
from reports.statistics.figures import closed, new
from reports.statistics.periods import Period
from reports.statistics.tables import compute

LEFT = Least("closed_at", "transferred_at")
_PLACES = ("entered", "left_in", "closed_in", "was_in_stock")


class _Place(Func):
    """Between which of the moments a moment lies: 0 before the first, 1 after it, …"""

    function = "width_bucket"
    output_field = IntegerField()


def month_trend(population: QuerySet[Hazard], months: Sequence[Period]) -> list[dict[str, Any]]:
    """`new`, `closed` and `stock` of each of the consecutive `months`, in four queries."""
    whole, before = Period(months[0].first, months[-1].last), Q(confirmed_at__lt=months[0].start)
    moved = Q(transferred_at__gte=whole.start, transferred_at__lt=whole.end)
    rows = _placed(population.filter(confirmed_at__isnull=False), [*(month.start for month in months), whole.end])
    entered, left, shut = Counter[int](), Counter[int](), Counter[int]()
    new_in = Counter[int]()
    for part in (new(whole), before & closed(whole), before & moved & _not_closed_in(whole)):
        for row in rows.filter(part).values(*_PLACES).annotate(hazards=Count("*")):
            new_in[row["entered"]] += row["hazards"]
            if (row["closed_in"] or 0) >= row["entered"]:  # a month counts only what was verified by its end
                shut[row["closed_in"]] += row["hazards"]
            if row["was_in_stock"]:
                entered[row["entered"]] += row["hazards"]
                left[row["left_in"]] += row["hazards"]
    stock = compute(population, months[-1], ["stock"])["stock"]
    trend = []
    for place, month in reversed(list(enumerate(months, 1))):
        row = {"label": month.label, "first": month.first, "last": month.last}
        trend.append(row | {"new": new_in[place], "closed": shut[place], "stock": stock})
        stock += left[place] - entered[place]
    return trend[::-1]


def _placed(rows: QuerySet[Hazard], moments: list[Any]) -> QuerySet[Any]:
    """With the month in which each hazard was verified, left the stock and was closed, as places among `moments`."""
    among = Value(moments, output_field=ArrayField(DateTimeField()))
    stays = ExpressionWrapper(Q(left__isnull=True) | Q(left__gt=F("confirmed_at")), output_field=BooleanField())
    return rows.order_by().annotate(left=LEFT).annotate(
        entered=_Place("confirmed_at", among),
        left_in=_Place("left", among),
        closed_in=_Place("closed_at", among),
        was_in_stock=stays,
    )  # fmt: skip


def _not_closed_in(whole: Period) -> Q:
    return Q(closed_at__isnull=True) | Q(closed_at__lt=whole.start) | Q(closed_at__gte=whole.end)
