"""Whose figures, over what period and of which group: what every number's address says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from common.errors import NotInScope
from common.typed import id_of, text_of
from hazards.models import Hazard
from reports.notices.snapshot import NO_GROUP, group_key
from reports.statistics import GROUPINGS, Period
from units.roles import Right, Scope, scope_of

BY_ID = frozenset({"department", "sector", "unit"})
MOST_GROUP = 255  # characters: the longest path of an area
LONGEST = timedelta(days=366 * 5)


def population(user: Any) -> QuerySet[Hazard]:
    """The hazards whose figures the user's hat may read."""
    return Hazard.objects.for_user(user, Right.STATISTICS)


def scope_key(user: Any) -> str:
    """Equal for people who read exactly the same figures: what a cached figure is kept under."""
    hat = user.hat
    scope = scope_of(hat.role, Right.STATISTICS)
    person = user.pk if scope in (Scope.SECTOR, Scope.NAMED) else ""
    return f"{scope}-{hat.unit_id}-{person}"


@dataclass(frozen=True)
class Asked:
    """The period and the group an address asks for."""

    period: Period
    grouping: str = ""
    group: Any = None

    @property
    def group_name(self) -> str:
        """村（社区）：甲村."""
        if not self.grouping:
            return ""
        label, _, names = GROUPINGS[self.grouping]
        return f"{label}：{names([self.group]).get(self.group, '未填写')}"

    @property
    def statistics_url(self) -> str:
        """The statistics page of this period and table."""
        asked = period_query(self.period) | ({"by": self.grouping} if self.grouping else {})
        return f"{reverse('statistics')}?{urlencode(asked)}"


def period_query(period: Period) -> dict[str, str]:
    """The period as parameters."""
    return {"from": period.first.isoformat(), "to": period.last.isoformat()}


def records_url(key: str, period: Period, grouping: str = "", group: Any = None) -> str:
    """The list behind a figure of one's own scope, or of one group in it."""
    asked = period_query(period) | ({"by": grouping, "group": group_key(group)} if grouping else {})
    return f"{reverse('figure-records', args=[key])}?{urlencode(asked)}"


def share_url(key: str, period: Period) -> str:
    """The list behind a share of one's own scope."""
    return f"{reverse('share-records', args=[key])}?{urlencode(period_query(period))}"


def asked_of(params: Mapping[str, str]) -> Asked:
    """Read an address made by `records_url`; `NotInScope` for one that says nothing sensible."""
    grouping, group = params.get("by", ""), text_of(params, "group", MOST_GROUP)
    if grouping and grouping not in GROUPINGS:
        raise NotInScope("没有这种分组。")
    if grouping in BY_ID and group != NO_GROUP and id_of(group) is None:
        raise NotInScope("没有这个分组。")
    value: Any = None if group == NO_GROUP else int(group) if grouping in BY_ID else group
    return Asked(period_from(params), grouping, value)


def period_from(params: Mapping[str, str]) -> Period:
    """from and to as a period; this month where they are missing."""
    if not params.get("from") and not params.get("to"):
        return Period.this_month()
    try:
        first, last = date.fromisoformat(params.get("from", "")), date.fromisoformat(params.get("to", ""))
    except ValueError:
        raise NotInScope("日期不正确，应为 2026-10-01 这样的形式。") from None
    if not first <= last <= first + LONGEST or first.year < 2000 or last.year > 2100:
        raise NotInScope("起止日期不正确：止不能早于起，最长五年。")
    return Period(first, last)
