"""Filter bars of self-checks and of who has filed."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import F, QuerySet
from django.http import QueryDict

from common.filters import LedgerFilterSet
from inspections.cadence import Cadence
from inspections.models.self_checks import SelfCheck
from units.filters import AreaFilter, own_areas
from units.models import Unit

FOUND = (("zero", "零隐患"), ("bad", "发现问题"))
FILED = (("missing", "未报送"), ("filed", "已报送"), ("zero", "零隐患"), ("bad", "发现问题"))


class SelfCheckFilter(LedgerFilterSet):
    """企业自查台账."""

    q = filters.CharFilter(label="企业", field_name="unit__name", lookup_expr="contains", max_length=60)
    cadence = filters.MultipleChoiceFilter(label="频次", choices=Cadence.choices)
    found = filters.ChoiceFilter(label="结果", choices=FOUND, method="by_result")
    late = filters.BooleanFilter(label="迟报", method="by_lateness")
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)
    on = filters.DateFromToRangeFilter(label="自查日期", field_name="first_on")
    more = ("area", "on")

    class Meta:
        model = SelfCheck
        fields: tuple[str, ...] = ()

    def by_result(self, queryset: QuerySet[SelfCheck], name: str, value: str) -> QuerySet[SelfCheck]:
        """零隐患 or not."""
        return queryset.filter(bad_count=0) if value == "zero" else queryset.filter(bad_count__gt=0)

    def by_lateness(self, queryset: QuerySet[SelfCheck], name: str, value: bool) -> QuerySet[SelfCheck]:
        """Filed too late, or in time."""
        return queryset.filter(filed_at__gt=F("due_at")) if value else queryset.filter(filed_at__lte=F("due_at"))


class CoverageFilter(LedgerFilterSet):
    """Who owes the check of a span; the rows have `check_id` and `check_bad`. Cadence and day are read by the page."""

    cadence = filters.ChoiceFilter(label="频次", choices=Cadence.choices, method="kept", empty_label=None)
    on = filters.DateFilter(label="所在日期", method="kept")
    filed = filters.ChoiceFilter(label="报送情况", choices=FILED, method="by_filing")
    q = filters.CharFilter(label="企业", field_name="name", lookup_expr="contains", max_length=60)
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        """Without a cadence in the address the monthly check is shown, and the bar says so."""
        asked = data.copy() if data is not None else QueryDict(mutable=True)
        asked.setdefault("cadence", Cadence.MONTH)
        super().__init__(asked, *args, **kwargs)

    def kept(self, queryset: QuerySet[Unit], name: str, value: Any) -> QuerySet[Unit]:
        """The page has chosen its rows by it already."""
        return queryset

    def by_filing(self, queryset: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        """Filed or not, with what result."""
        if value == "missing":
            return queryset.filter(check_id=None)
        filed = queryset.filter(check_id__isnull=False)
        return {"filed": filed, "zero": filed.filter(check_bad=0), "bad": filed.filter(check_bad__gt=0)}[value]
