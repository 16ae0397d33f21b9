"""阶段评估: a report on a plan's stage, drafted from tasks, indicators and duties, edited and approved by people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class EvaluationQuerySet(models.QuerySet["Evaluation"]):
    """Reads over evaluations."""

    def for_user(self, user: User, right: str = Right.READ_EVALUATION) -> EvaluationQuerySet:
        """Those of the person's street."""
        return self.filter(reach(user, right, unit="office_id", department="office_id", sector="office_id"))


class Evaluation(models.Model):
    """One evaluation; `snapshot` holds the figures, tables and ids it was drafted from, `sections` the text as edited."""

    class Kind(models.TextChoices):
        MID = "mid", "中期评估"
        FINAL = "final", "总结评估"

    class State(models.TextChoices):
        DRAFTED = "drafted", "系统起草"
        EDITED = "edited", "已编辑"
        APPROVED = "approved", "已审定"
        VOID = "void", "作废"

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="evaluations", verbose_name="单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    plan = models.ForeignKey("tasks.Plan", models.PROTECT, related_name="evaluations", verbose_name="方案")
    kind = models.CharField("类别", max_length=6, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFTED)
    until = models.DateField("评估截至")
    title = models.CharField("标题", max_length=160)
    sections = models.JSONField("正文")
    snapshot = models.JSONField("数据快照")
    approved_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审定人")
    approved_at = models.DateTimeField("审定时间", null=True)
    drafted_at = models.DateTimeField("起草时间", default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EvaluationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "阶段评估"
        ordering = ("-until", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "kind", "until"], condition=~Q(state="void"), name="evaluation_once"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The evaluation's page."""
        return reverse("evaluation-detail", args=[self.pk])


class EvaluationEvent(RecordEvent):
    """One thing that happened to an evaluation."""

    evaluation = models.ForeignKey(Evaluation, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "评估事件"
