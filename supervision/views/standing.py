"""督办一览: one page that says of every hazard on the ladder why it stands where it does, what comes next, who must act."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import CharField, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.urls import reverse

from common.columns import Column, Empty, badge_column, due_column
from common.filters import LedgerFilterSet
from common.ledgers import LedgerView
from common.wording import cn_date
from hazards.models import Hazard
from hazards.models.hazard import TIMED, Level
from supervision.ladder import RANK, Edition
from supervision.letter_texts import label_of
from supervision.models import LadderFiring, LadderStep, Letter, Listing, Measure
from supervision.models.letters import LetterState
from supervision.transitions.policies import editions
from units.access import RightRequiredMixin
from units.roles import Right


def next_step(row: Any) -> str:
    """What the ladder does next with the hazard, and when."""
    if row.next_step_at is None:
        return "阶梯已走完，等待处置"
    edition = next((each for each in editions.get() if each.pk == row.fired_policy), None)
    label = _after(edition, row.ladder_step) if edition else ""
    return f"{cn_date(row.next_step_at)}{label or '再次检查'}"


def _after(edition: Edition, code: str) -> str:
    above = sorted((rung.code for rung in edition.rungs if RANK[rung.code] > RANK.get(code, -1)), key=RANK.__getitem__)
    return label_of(above[0]) if above else ""


_LISTING = {
    "proposed": "负责人：审批督办", "approved": "安委办：送达", "served": "企业：报治理方案", "treating": "企业：整治并报进展",
    "acceptance": "部门：组织验收", "accepted": "负责人：批准解除督办",
}  # fmt: skip


def waits_for(row: Any) -> str:
    """Who must act now, and what for; the enterprise when nobody else has to."""
    waits = []
    if row.letter_waits:
        waits.append("负责人：签发函件")
    if row.measure_waits:
        waits.append("负责人：决定措施")
    if row.listing_state == "proposed" and not row.listing_opined:
        waits.append("部门：会审意见")
    if row.listing_state:
        waits.append(_LISTING[row.listing_state])
    if row.answer_waits:
        waits.append("安委办：审核回复")
    if row.answer_owed:
        waits.append("企业：逾期未回复函件")
    return "；".join(waits) or "企业：完成整改"


class StandingFilter(LedgerFilterSet):
    """Level, step, unit, number."""

    level = filters.ChoiceFilter(label="等级", choices=Level.choices)
    ladder_step = filters.MultipleChoiceFilter(label="所在步骤", choices=LadderStep.Code.choices)
    unit = filters.CharFilter(label="责任单位", field_name="unit__name", lookup_expr="contains", max_length=60)
    number = filters.CharFilter(label="编号", lookup_expr="contains", max_length=40)

    class Meta:
        model = Hazard
        fields: tuple[str, ...] = ()


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
        badge_column("step", "所在步骤", "ladder_step", "ladder_step", order=("ladder_step",)),
        due_column("due", "整改期限", "due_at", order=("due_at",)),
        Column("why", "为什么在这一步", "fired_reason", css="cell-words", width=60),
        Column("next", "下一步", next_step, css="cell-words", width=28),
        Column("waits", "等谁办理", waits_for, css="cell-words", width=28),
        Column("description", "隐患描述", default=False, width=40),
    )

    def get_base_queryset(self) -> QuerySet[Hazard]:
        """With the last step that fired, and what waits for a person; two columns and three probes per row shown."""
        last = LadderFiring.objects.filter(
            hazard=OuterRef("pk"), round=OuterRef("round"), deadline_no=OuterRef("deadline_no"), merged_into=""
        ).order_by("-fired_at", "-pk")
        mine = {"hazard": OuterRef("pk")}
        return (
            super()
            .get_base_queryset()
            .filter(TIMED)
            .exclude(ladder_step="")
            .select_related("unit")
            .annotate(
                fired_reason=Subquery(last.values("reason")[:1], output_field=CharField()),
                fired_policy=Subquery(last.values("policy_id")[:1], output_field=IntegerField()),
                letter_waits=Exists(Letter.objects.filter(state=LetterState.DRAFT, **mine)),
                answer_waits=Exists(Letter.objects.filter(state=LetterState.ANSWERED, **mine)),
                answer_owed=Exists(Letter.objects.owing().filter(**mine)),
                measure_waits=Exists(Measure.objects.waiting().filter(**mine)),
                listing_state=Subquery(Listing.objects.live().filter(**mine).values("state")[:1]),
                listing_opined=Subquery(Listing.objects.live().filter(**mine).values("opinion")[:1]),
            )
        )

    def row_url(self, row: Any) -> str:
        """The hazard."""
        return reverse("hazard-detail", args=[row.pk])

    def get_empty(self) -> Empty:
        """Nothing is good news."""
        return super().get_empty() if self.chips else Empty("没有隐患在督办阶梯上", "到期前后的隐患会在这里说明缘由。")
