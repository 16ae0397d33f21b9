"""Filter bars of notices and receipts; pages, exports and API share them."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet

from common import clock
from common.filters import LedgerFilterSet
from inspections.filters_spots import SpotFilter
from reports.models import Notice, NoticeReceipt
from units.filters import AreaFilter, own_areas
from units.models import Enterprise, Unit

SIGNED = (("yes", "已签收"), ("no", "未签收"), ("late", "逾期未签收"))


class NoticeFilter(LedgerFilterSet):
    """通报."""

    q = filters.CharFilter(label="标题", field_name="title", lookup_expr="icontains", max_length=60)
    kind = filters.ChoiceFilter(label="种类", choices=Notice.Kind.choices)
    state = filters.MultipleChoiceFilter(label="状态", choices=Notice.State.choices)
    period = filters.DateFromToRangeFilter(label="统计期", field_name="period_to")

    class Meta:
        model = Notice
        fields: tuple[str, ...] = ()


class FirmShareFilter(LedgerFilterSet):
    """The enterprises a share is taken of; the period is read by the page."""

    q = filters.CharFilter(label="企业", field_name="name", lookup_expr="contains", max_length=60)
    is_counted = filters.BooleanFilter(label="计入")
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)
    risk = filters.MultipleChoiceFilter(
        label="风险等级", field_name="enterprise__risk", choices=Enterprise.Risk.choices
    )

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()


class SpotShareFilter(SpotFilter):
    """The spot checks a share is taken of."""

    is_counted = filters.BooleanFilter(label="属实")
    late = mine = round = done = None
    more = ("area",)


class ReceiptFilter(LedgerFilterSet):
    """签收情况."""

    signed = filters.ChoiceFilter(label="签收", choices=SIGNED, method="by_signature")
    kind = filters.ChoiceFilter(label="单位类型", field_name="unit__kind", choices=Unit.Kind.choices)

    class Meta:
        model = NoticeReceipt
        fields: tuple[str, ...] = ()

    def by_signature(self, queryset: QuerySet[NoticeReceipt], name: str, value: str) -> QuerySet[NoticeReceipt]:
        """Signed for, not signed for, or past its time."""
        if value == "yes":
            return queryset.filter(signed_at__isnull=False)
        waiting = queryset.filter(signed_at__isnull=True)
        return waiting.filter(due_at__lt=clock.now()) if value == "late" else waiting
