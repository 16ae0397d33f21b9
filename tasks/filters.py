"""Filter bars of assignments and plans; pages, exports and API share them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from common import clock
from common.filters import LedgerFilterSet
from tasks.models import (
    LIVE_STATES,
    Assignment,
    AssignmentState,
    Plan,
    PlanStage,
    Task,
    TaskUnit,
    YearlyPaper,
    YearlyState,
)
from units.models import Unit

PROGRESS = (("late", "逾期未完成"), ("soon", "7天内到期"), ("undated", "未设时限"), ("live", "未办结"))
SOON = timedelta(days=7)
LATE = (("yes", "逾期未报送"),)


def _plans(request: Any) -> QuerySet[Plan]:
    return Plan.objects.for_user(request.user).defer("text") if request else Plan.objects.none()


def _stages(request: Any) -> QuerySet[PlanStage]:
    return PlanStage.objects.filter(plan__in=_plans(request)).select_related("plan")


class AssignmentFilter(LedgerFilterSet):
    """任务台账."""

    more = ("role", "stage", "due", "unit", "task")
    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    plan = filters.ModelChoiceFilter(label="方案", queryset=_plans)
    level = filters.ChoiceFilter(label="层级", field_name="unit__kind", choices=Unit.Kind.choices)
    unit_name = filters.CharFilter(label="承办单位", field_name="unit__name", lookup_expr="contains", max_length=60)
    state = filters.MultipleChoiceFilter(label="状态", choices=AssignmentState.choices)
    progress = filters.ChoiceFilter(label="进度", choices=PROGRESS, method="by_progress")
    role = filters.ChoiceFilter(label="承担", choices=TaskUnit.Role.choices)
    stage = filters.ModelChoiceFilter(label="阶段", queryset=_stages, method="in_stage")
    due = filters.DateFromToRangeFilter(label="完成时限", field_name="due_at")
    unit = filters.NumberFilter(label="单位编号", field_name="unit_id")
    task = filters.NumberFilter(label="任务编号", field_name="task_id")

    class Meta:
        model = Assignment
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Assignment], name: str, value: str) -> QuerySet[Assignment]:
        """Title or text of the task, its number, or the unit."""
        return queryset.filter(
            Q(task__title__contains=value)
            | Q(task__text__contains=value)
            | Q(task__no=value)
            | Q(unit__name__contains=value)
        )

    def by_progress(self, queryset: QuerySet[Assignment], name: str, value: str) -> QuerySet[Assignment]:
        """Late, due within seven days, without a date, or not finished."""
        now = clock.now()
        if value == "late":
            return queryset.overdue(now)  # type: ignore[attr-defined]
        live = queryset.filter(state__in=LIVE_STATES)
        if value == "soon":
            return live.filter(due_at__gte=now, due_at__lt=now + SOON)
        return live.filter(due_at__isnull=True) if value == "undated" else live

    def in_stage(self, queryset: QuerySet[Assignment], name: str, value: PlanStage) -> QuerySet[Assignment]:
        """Due within the stage of its plan."""
        found = queryset.filter(plan_id=value.plan_id)
        if value.starts_on:
            found = found.filter(due_at__gte=clock.midnight(value.starts_on))
        return found.filter(due_at__lte=clock.end_of(value.ends_on)) if value.ends_on else found


class PlanFilter(LedgerFilterSet):
    """方案."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    source = filters.ChoiceFilter(label="来源", choices=Plan.Source.choices)

    class Meta:
        model = Plan
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Plan], name: str, value: str) -> QuerySet[Plan]:
        """Title, number or issuer."""
        return queryset.filter(Q(title__contains=value) | Q(number__contains=value) | Q(issuer__contains=value))


class TaskFilter(LedgerFilterSet):
    """任务."""

    q = filters.CharFilter(label="关键词", field_name="title", lookup_expr="contains", max_length=60)
    plan = filters.ModelChoiceFilter(label="方案", queryset=_plans)

    class Meta:
        model = Task
        fields: tuple[str, ...] = ()


class YearlyFilter(LedgerFilterSet):
    """年度报备."""

    year = filters.NumberFilter(label="年度")
    kind = filters.ChoiceFilter(label="种类", choices=YearlyPaper.Kind.choices)
    state = filters.ChoiceFilter(label="状态", choices=YearlyState.choices)
    late = filters.ChoiceFilter(label="报送", choices=LATE, method="by_late")
    unit = filters.CharFilter(label="报送单位", field_name="unit__name", lookup_expr="contains", max_length=60)

    class Meta:
        model = YearlyPaper
        fields: tuple[str, ...] = ()

    def by_late(self, queryset: QuerySet[YearlyPaper], name: str, value: str) -> QuerySet[YearlyPaper]:
        """Not filed and late."""
        return queryset.overdue()  # type: ignore[attr-defined]
