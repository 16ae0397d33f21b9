"""Filter bars of draws, conflicts, plans, campaigns and records."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from common.filters import LedgerFilterSet
from inspections.models.draws import ConflictDeclaration, RandomDraw
from inspections.models.plans import MONTHS, InspectionPlan, PlannedVisit
from inspections.models.risks import Colour
from inspections.models.visits import Inspection
from units.models import Unit, User

IN_FORCE = (("yes", "有效"), ("no", "已撤销"))


class DrawFilter(LedgerFilterSet):
    """双随机抽取."""

    q = filters.CharFilter(label="编号、事项", method="search", max_length=60)
    state = filters.ChoiceFilter(label="状态", choices=RandomDraw.State.choices)
    kind = filters.ChoiceFilter(label="性质", choices=Inspection.Kind.choices)
    drawn = filters.DateFromToRangeFilter(label="抽取日期", field_name="drawn_at")

    class Meta:
        model = RandomDraw
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[RandomDraw], name: str, value: str) -> QuerySet[RandomDraw]:
        """Number or title."""
        return queryset.filter(Q(number__contains=value) | Q(title__contains=value))


class ConflictFilter(LedgerFilterSet):
    """回避申报."""

    user = filters.CharFilter(label="检查人员", field_name="user__name", lookup_expr="contains", max_length=30)
    ground = filters.ChoiceFilter(label="事由", choices=ConflictDeclaration.Ground.choices)
    in_force = filters.ChoiceFilter(label="状态", choices=IN_FORCE, method="by_force")

    class Meta:
        model = ConflictDeclaration
        fields: tuple[str, ...] = ()

    def by_force(self, queryset: QuerySet[ConflictDeclaration], name: str, value: str) -> QuerySet[ConflictDeclaration]:
        """Withdrawn or not."""
        return queryset.filter(ended_at__isnull=value == "yes")


class PlanFilter(LedgerFilterSet):
    """检查计划."""

    year = filters.NumberFilter(label="年度", min_value=2000, max_value=2999)
    month = filters.ChoiceFilter(label="月份", choices=[("0", "年度计划"), *MONTHS], method="by_month")
    kind = filters.ChoiceFilter(label="性质", choices=Inspection.Kind.choices)
    state = filters.ChoiceFilter(label="状态", choices=InspectionPlan.State.choices)

    class Meta:
        model = InspectionPlan
        fields: tuple[str, ...] = ()

    def by_month(self, queryset: QuerySet[InspectionPlan], name: str, value: str) -> QuerySet[InspectionPlan]:
        """A month, or the plans of whole years."""
        return queryset.filter(month=int(value) or None)


def _own_plans(request: Any) -> QuerySet[InspectionPlan]:
    return InspectionPlan.objects.for_user(request.user) if request is not None else InspectionPlan.objects.none()


def _own_people(request: Any) -> QuerySet[User]:
    return User.objects.filter(pk__in=_own_plans(request).values("people")).order_by("name")


class PlannedVisitFilter(LedgerFilterSet):
    """计划检查."""

    q = filters.CharFilter(label="企业", field_name="unit__name", lookup_expr="contains", max_length=60)
    plan = filters.ModelChoiceFilter(label="计划", queryset=_own_plans)
    year = filters.NumberFilter(label="年度", field_name="plan__year", min_value=2000, max_value=2999)
    month = filters.ChoiceFilter(label="月份", choices=MONTHS)
    in_force = filters.BooleanFilter(label="现行安排", method="now_in_force")
    matter = filters.NumberFilter(field_name="matter", widget=forms.HiddenInput)
    inspector = filters.ModelChoiceFilter(label="检查人员", queryset=_own_people)
    nobody = filters.BooleanFilter(label="未派人员", field_name="inspector", lookup_expr="isnull")
    done = filters.BooleanFilter(label="已检查", field_name="is_done")
    risk = filters.MultipleChoiceFilter(label="风险等级", field_name="unit__enterprise__risk", choices=Colour.choices)
    more = ("year", "in_force", "inspector", "nobody")

    class Meta:
        model = PlannedVisit
        fields: tuple[str, ...] = ()

    def now_in_force(self, queryset: Any, name: str, value: bool) -> QuerySet[PlannedVisit]:
        """Of approved plans, a month's instead of the year's; or the others."""
        effective = PlannedVisit.objects.in_force()
        return queryset.filter(pk__in=effective) if value else queryset.exclude(pk__in=effective)


class CoveredFilter(LedgerFilterSet):
    """The enterprises of a matter."""

    q = filters.CharFilter(label="企业", field_name="name", lookup_expr="contains", max_length=60)
    is_visited = filters.BooleanFilter(label="已检查")
    risk = filters.MultipleChoiceFilter(label="风险等级", field_name="enterprise__risk", choices=Colour.choices)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()
