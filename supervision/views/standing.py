"""督办一览: one page that says of every hazard on the ladder why it stands where it does, what comes next, who must act."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.urls import reverse

from common.columns import Column, Empty, badge_column, due_column
from common.filters import LedgerFilterSet
from common.ledgers import LedgerView
from hazards.discretion import step_field
from hazards.models import Hazard
from hazards.models.hazard import TIMED, Level
from supervision.models import LadderStep
from supervision.standing import ground, next_step, waits_for, with_standing
from units.access import RightRequiredMixin
from units.roles import Right


class StandingFilter(LedgerFilterSet):
    """Level, step, unit, number."""

    level = filters.ChoiceFilter(label="等级", choices=Level.choices)
    ladder_step = filters.MultipleChoiceFilter(label="所在步骤", choices=LadderStep.Code.choices, method="on_step")
    unit = filters.CharFilter(label="责任单位", field_name="unit__name", lookup_expr="contains", max_length=60)
    number = filters.CharFilter(label="编号", lookup_expr="contains", max_length=40)

    class Meta:
        model = Hazard
        fields: tuple[str, ...] = ()

    def on_step(self, queryset: QuerySet[Hazard], name: str, value: list[str]) -> QuerySet[Hazard]:
        """The rung as the reader may know it."""
        return queryset.filter(**{f"{step_field(self.request.user)}__in": value}) if value else queryset


class StandingLedger(RightRequiredMixin, LedgerView):
    """Hazards that stand on a rung now, the longest overdue first."""

    rights = (Right.READ_LETTER,)
    model = Hazard
    title = "督办一览"
    filterset_class = StandingFilter
    default_order = ("due_at", "pk")
    columns = (
        Column("number", "编号", link=True),
        Column("unit", "责任单位", "unit.name", order=("unit__name",), width=28),
        badge_column("level", "等级", "hazard_level", order=("level",)),
        badge_column("step", "所在步骤", "ladder_step", "shown_step", order=("shown_step",)),
        due_column("due", "整改期限", "due_at", order=("due_at",)),
        Column("description", "隐患描述", css="cell-words", width=40),
        Column("why", "为什么在这一步", ground, css="cell-words", width=60),
        Column("next", "下一步", next_step, width=28),
        Column("waits", "等谁办理", waits_for, width=28),
    )

    def get_base_queryset(self) -> QuerySet[Hazard]:
        """With the last step that fired, and what waits for a person; a few probes per row shown."""
        user = self.request.user
        rows = super().get_base_queryset().filter(TIMED).exclude(**{step_field(user): ""}).select_related("unit")
        return with_standing(rows, user)

    def row_url(self, row: Any) -> str:
        """The hazard."""
        return reverse("hazard-detail", args=[row.pk])

    def get_empty(self) -> Empty:
        """Nothing is good news."""
        return super().get_empty() if self.chips else Empty("没有隐患在督办阶梯上", "到期前后的隐患会在这里说明缘由。")
