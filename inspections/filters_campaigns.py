"""Filter bars of campaigns and their objects."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from common.filters import LedgerFilterSet
from inspections.models.campaigns import Campaign, CampaignObject
from units.models import Sector

LATE = (("yes", "逾期"),)


class CampaignFilter(LedgerFilterSet):
    """专项整治."""

    q = filters.CharFilter(label="名称", field_name="title", lookup_expr="contains", max_length=60)
    form = filters.ChoiceFilter(label="台账形式", choices=Campaign.Form.choices)
    sector = filters.ModelChoiceFilter(label="行业领域", queryset=Sector.objects.all())
    state = filters.ChoiceFilter(label="状态", choices=Campaign.State.choices)

    class Meta:
        model = Campaign
        fields: tuple[str, ...] = ()


class ObjectFilter(LedgerFilterSet):
    """整治对象."""

    q = filters.CharFilter(label="名称、地址", method="search", max_length=60)
    category = filters.CharFilter(label="分类", max_length=30)
    state = filters.ChoiceFilter(label="状态", choices=CampaignObject.State.choices)
    responsible = filters.CharFilter(
        label="责任单位", field_name="responsible__name", lookup_expr="contains", max_length=60
    )
    late = filters.ChoiceFilter(label="时限", choices=LATE, method="past_deadline")
    taken = filters.BooleanFilter(label="纳入整治", method="taken_in")
    more = ("taken",)

    class Meta:
        model = CampaignObject
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[CampaignObject], name: str, value: str) -> QuerySet[CampaignObject]:
        """Name or address."""
        return queryset.filter(Q(name__contains=value) | Q(address__contains=value))

    def taken_in(self, queryset: QuerySet[CampaignObject], name: str, value: bool) -> QuerySet[CampaignObject]:
        """Counted in the campaign, or 不纳入."""
        removed = CampaignObject.State.REMOVED
        return queryset.exclude(state=removed) if value else queryset.filter(state=removed)

    def past_deadline(self, queryset: Any, name: str, value: str) -> QuerySet[CampaignObject]:
        """Not finished in time."""
        return queryset.overdue()
