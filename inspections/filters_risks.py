"""Filter bars of risk points and of the enterprises' levels."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from common.filters import LedgerFilterSet
from inspections.models.risks import Colour, RiskPoint, differing
from units.filters import AreaFilter, EnterpriseFilter, own_areas
from units.models import Unit

LATE = (("yes", "已过复评日期"),)
BASES = (("differs", "与规则不一致"), ("none", "没有风险点"), ("by_rule", "与规则一致"))


class RiskPointFilter(LedgerFilterSet):
    """风险点台账."""

    q = filters.CharFilter(label="风险点、企业", method="search", max_length=60)
    level = filters.MultipleChoiceFilter(label="风险等级", choices=Colour.choices)
    state = filters.ChoiceFilter(label="状态", choices=RiskPoint.State.choices)
    accident = filters.ChoiceFilter(label="事故类型", choices=RiskPoint.Accident.choices)
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)
    late = filters.ChoiceFilter(label="复评", choices=LATE, method="past_review")
    unit = filters.NumberFilter(field_name="unit", widget=forms.HiddenInput)

    class Meta:
        model = RiskPoint
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[RiskPoint], name: str, value: str) -> QuerySet[RiskPoint]:
        """Name of the point or of the enterprise."""
        return queryset.filter(Q(name__contains=value) | Q(unit__name__contains=value))

    def past_review(self, queryset: Any, name: str, value: str) -> QuerySet[RiskPoint]:
        """Active and not reviewed in time."""
        return queryset.overdue()


class RiskLevelFilter(EnterpriseFilter):
    """企业风险分级: the enterprise list's filters and how the level compares with the rule."""

    basis = filters.ChoiceFilter(label="定级", choices=BASES, method="by_basis")
    watched = filters.BooleanFilter(label="差异化管理", field_name="is_watched")
    more = ("watched", "flag", "department", "standing", "is_active")

    def by_basis(self, queryset: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        """Where level and rule differ, agree, or no rule speaks."""
        if value == "none":
            return queryset.filter(rule_level="")
        if value == "differs":
            return differing(queryset)
        return queryset.exclude(rule_level="").exclude(pk__in=differing(queryset).order_by().values("pk"))
