"""Filter bar of dangerous works; page, export, map and API share it."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet

from common import clock
from common.filters import LedgerFilterSet
from inspections.models.works import HazardousWork, WorkKind, WorkState
from inspections.queries import works as queries
from units.filters import AreaFilter, own_areas

NOW = (
    ("now", "正在作业"),
    ("overrun", "超时未完工"),
    ("today", "今天有作业"),
    ("ahead", "尚未开始"),
    ("double", "双到位待到场"),
)


class WorkFilter(LedgerFilterSet):
    """危险作业台账."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    kind = filters.MultipleChoiceFilter(label="作业类型", choices=WorkKind.choices)
    state = filters.MultipleChoiceFilter(label="状态", choices=WorkState.choices)
    when = filters.ChoiceFilter(label="时间", choices=NOW, method="by_moment")
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)
    starts = filters.DateFromToRangeFilter(label="计划开始", field_name="starts_at")
    more = ("area", "starts")

    class Meta:
        model = HazardousWork
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[HazardousWork], name: str, value: str) -> QuerySet[HazardousWork]:
        """Enterprise, place or what is done."""
        return queryset.filter(Q(unit__name__contains=value) | Q(place__contains=value) | Q(content__contains=value))

    def by_moment(self, queryset: QuerySet[HazardousWork], name: str, value: str) -> QuerySet[HazardousWork]:
        """How the work stands to this moment."""
        rows: dict[str, QuerySet[HazardousWork]] = {
            "now": HazardousWork.objects.working(),
            "overrun": HazardousWork.objects.overrun(),
            "today": HazardousWork.objects.open().on(clock.today()),
            "ahead": HazardousWork.objects.filter(state=WorkState.FILED),
            "double": queries.double_due(HazardousWork.objects.open()),
        }
        return queryset & rows[value]
