"""驾驶舱: what a person's scope looks like now, computed at most once a minute for all who share the scope."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count, QuerySet
from django.urls import reverse

from common import clock
from common.columns import Figure
from common.wording import DASH, percent
from reports import charts
from reports.models import NoticeReceipt
from reports.scoping import period_query, population, records_url, scope_key
from reports.statistics import FIGURES, GROUPINGS, Period, by_group, compute, month_trend, records
from reports.statistics.tables import in_order
from supervision.models import Listing
from units.roles import Right, Scope, scope_of

KEPT_SECONDS = 60
MONTHS = 12
RANKED_DAYS = 30
SHOWN = 3
KEYS = ("stock", "overdue", "stock_major", "overdue_major", "listed", "closing_rate", "on_time_rate", "major_rate")
SPOT_KEYS = ("stock", "overdue")
RANK_KEYS = ("new", "overdue", "fell_due", "on_time_rate")
TONES = {"overdue": "red", "stock_major": "red", "overdue_major": "red", "listed": "orange"}
ICONS = {"stock": "hourglass", "overdue": "alert", "stock_major": "flag", "overdue_major": "fire", "listed": "gavel"}
# What a hat compares: (ranking, hot spots). A village compares its enterprises, an enterprise its kinds of hazards.
COMPARED = {Scope.VILLAGE: ("unit", "sector"), Scope.OWN: ("category", "channel")}


def compared(user: Any) -> tuple[str, str]:
    """The groupings of the ranking and of the hot spots for the person's scope."""
    return COMPARED.get(Scope(scope_of(user.role, Right.STATISTICS)), ("village", "sector"))


def last_months(count: int = MONTHS) -> list[Period]:
    """This month and those before it, oldest first."""
    today = clock.today()
    months = [Period.month(today.year, today.month)]
    while len(months) < count:
        months.append(months[-1].before())
    return months[::-1]


def computed(user: Any) -> dict[str, Any]:
    """Everything counted, in eight queries, kept for a minute of the clock under the scope it holds for."""
    key = f"dashboard:{scope_key(user)}:{clock.now():%Y%m%d%H%M}"
    return cache.get_or_set(key, lambda: _compute(user), KEPT_SECONDS)  # type: ignore[return-value]


def _compute(user: Any) -> dict[str, Any]:
    own, area = population(user), user.hat.unit.area_path
    months, month = last_months(), Period.this_month()
    ranking, spots = compared(user)
    return {
        "now": compute(own, month, KEYS),
        "before": compute(own, months[-2], KEYS),
        "trend": month_trend(own, months),
        "levels": by_group("level", own, month, SPOT_KEYS, area),
        "ranking": by_group(ranking, own, Period.days(RANKED_DAYS), RANK_KEYS, area),
        "spots": by_group(spots, own, month, SPOT_KEYS, area),
    }


def figures(found: dict[str, Any]) -> list[Figure]:
    """The figures with their change against the end of last month (counts) or against last month (rates)."""
    month = Period.this_month()
    return [
        Figure(
            FIGURES[key].label if key != "stock" else "当前存量",
            percent(found["now"][key]) if FIGURES[key].kind == "rate" else found["now"][key],
            records_url(key, month),
            "条" if FIGURES[key].kind == "count" else "",
            TONES.get(key, "plain") if found["now"][key] else "plain",
            ICONS.get(key, "chart-line"),
            _change(key, found["now"][key], found["before"][key]),
        )
        for key in KEYS
    ]


def _change(key: str, now: float | None, before: float | None) -> str:
    rate = FIGURES[key].kind == "rate"
    than = "比上月" if rate else "比上月末"
    if now is None or before is None:
        return f"上月{percent(before)}" if rate else f"{than}{DASH}"
    change = round((now - before) * 100, 1) if rate else now - before
    if not change:
        return f"与{than[1:]}持平"
    return f"{than}{'升' if change > 0 else '降'}{abs(change):g}{'个百分点' if rate else '条'}"


def ranking(user: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The ranking by on-time rate over the last 30 days; groups where nothing fell due follow without a rank."""
    grouping, period = compared(user)[0], Period.days(RANKED_DAYS)
    rows = [_ranked(row, grouping, period) for row in in_order(found["ranking"])[: charts.SHOWN_GROUPS]]
    query = "&".join(f"{name}={value}" for name, value in period_query(period).items())
    return {
        "label": GROUPINGS[grouping][0],
        "days": RANKED_DAYS,
        "rows": rows,
        "url": f"{reverse('statistics')}?{query}&by={grouping}",
    }


def _ranked(row: dict[str, Any], grouping: str, period: Period) -> dict[str, Any]:
    cells = [
        {
            "value": percent(row[key]) if FIGURES[key].kind == "rate" else row[key],
            "url": records_url(key, period, grouping, row["group"]),
        }
        for key in RANK_KEYS
    ]
    return {"rank": row["rank"] or DASH, "name": row["name"], "cells": cells}


def drawn(user: Any, found: dict[str, Any]) -> dict[str, Any]:
    """The three charts."""
    month = Period.this_month()
    return {
        "trend": charts.trend(found["trend"]),
        "levels": charts.levels(found["levels"], month),
        "spots": charts.hot_spots(compared(user)[1], found["spots"], month),
    }


@dataclass(frozen=True)
class Alert:
    """What cannot wait: how many, the list of them, the first few."""

    title: str
    count: int
    url: str
    icon: str
    rows: list[dict[str, str]]


def missed_reports(user: Any) -> QuerySet[Listing]:
    """Listings in force whose progress report is late, the longest waiting first."""
    late = Listing.objects.for_user(user, Right.STATISTICS).in_force().filter(next_report_at__lt=clock.now())
    return late.select_related("hazard__unit").order_by("next_report_at", "pk")


def late_receipts(user: Any) -> QuerySet[NoticeReceipt]:
    """Receipts past their time that the person may see."""
    late = NoticeReceipt.objects.for_user(user).waiting().filter(due_at__lt=clock.now())
    return late.select_related("notice", "unit").defer("notice__sections", "notice__snapshot").order_by("-due_at", "pk")


def alerts(user: Any) -> list[Alert]:
    """Overdue major hazards, missed progress reports, unsigned notices; two queries each, only those with something."""
    made = (_overdue_major(user), _missed(user), _unsigned(user))
    return [alert for alert in made if alert.count]


def _overdue_major(user: Any) -> Alert:
    month = Period.this_month()
    found = records("overdue_major", population(user), month).select_related("unit").order_by("due_at", "pk")
    return _alert(
        "重大隐患逾期",
        found,
        records_url("overdue_major", month),
        "fire",
        lambda row: (row.unit.name, row.description, row),
    )


def _missed(user: Any) -> Alert:
    def said(row: Listing) -> tuple[str, str, Any]:
        return row.hazard.unit.name, f"{row.number or row.get_kind_display()} 未按期报告进展", row.hazard

    return _alert("督办进展逾期未报", missed_reports(user), reverse("alert-missed"), "gavel", said)


def _unsigned(user: Any) -> Alert:
    """The newest notices first, each with how many units have not signed."""
    late = NoticeReceipt.objects.for_user(user).waiting().filter(due_at__lt=clock.now())
    counted = late.values("notice_id", "notice__number").annotate(units=Count("pk")).order_by("-notice__period_to")
    notices = list(counted)
    rows = [
        {
            "who": row["notice__number"],
            "what": f"{row['units']}家逾期未签收",
            "url": f"{reverse('notice-receipts', args=[row['notice_id']])}?signed=late",
        }
        for row in notices[:SHOWN]
    ]
    total = sum(row["units"] for row in notices)
    return Alert("通报逾期未签收", total, reverse("alert-unsigned"), "megaphone", rows)


def _alert(title: str, found: QuerySet[Any], url: str, icon: str, said: Callable[[Any], tuple[str, str, Any]]) -> Alert:
    rows = []
    for row in found[:SHOWN]:
        who, what, target = said(row)
        rows.append({"who": who, "what": what, "url": target.get_absolute_url()})
    return Alert(title, found.count() if len(rows) == SHOWN else len(rows), url, icon, rows)
