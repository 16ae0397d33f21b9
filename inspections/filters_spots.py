"""Filter bar of spot checks."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from common import clock
from common.filters import LedgerFilterSet
from inspections.models.spots import SpotCheck
from units.filters import AreaFilter, own_areas

LATE = (("yes", "逾期未复核"),)


class SpotFilter(LedgerFilterSet):
    """抽查复核."""

    q = filters.CharFilter(label="隐患编号、企业", method="search", max_length=60)
    state = filters.MultipleChoiceFilter(
        label="状态", choices=SpotCheck.State.choices, widget=forms.SelectMultiple(attrs={"size": 1})
    )
    stratum = filters.ChoiceFilter(label="层次", choices=SpotCheck.Stratum.choices)
    mine = filters.BooleanFilter(label="由我复核", method="given_to_me")
    late = filters.ChoiceFilter(label="期限", choices=LATE, method="past_due")
    area = AreaFilter(label="区域", field_name="hazard__area_path", queryset=own_areas)
    done = filters.DateFromToRangeFilter(label="复核日期", field_name="done_at")
    round = filters.NumberFilter(field_name="round", widget=forms.HiddenInput)
    more = ("area", "done")

    class Meta:
        model = SpotCheck
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[SpotCheck], name: str, value: str) -> QuerySet[SpotCheck]:
        """Number of the hazard or name of the enterprise."""
        return queryset.filter(Q(hazard__number__contains=value) | Q(hazard__unit__name__contains=value))

    def given_to_me(self, queryset: QuerySet[SpotCheck], name: str, value: bool) -> QuerySet[SpotCheck]:
        """The reader's own, or the others."""
        own: dict[str, Any] = {"inspector": self.request.user.pk}
        return queryset.filter(**own) if value else queryset.exclude(**own)

    def past_due(self, queryset: QuerySet[SpotCheck], name: str, value: str) -> QuerySet[SpotCheck]:
        """Not done by its day."""
        return queryset.filter(state=SpotCheck.State.WAITING, due_on__lt=clock.today())
