"""Measures against a unit: proposed by the ladder or a person, decided by a person, recorded with result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common import clock
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Reads over measures."""

    def for_user(self, user: User, right: str = Right.READ_HAZARD) -> MeasureQuerySet:
        """Measures in reach; an enterprise sees only what was decided."""
        columns = {"department": "hazard__department_id", "sector": "hazard__sector_id"}
        visible = self.filter(reach(user, right, named=Q(pk__in=()), **columns))
        return visible.filter(state="decided") if getattr(user, "role", "") in ("principal", "safety") else visible


class Measure(models.Model):
    """约谈, 曝光, 移送, 问责 … : a proposal until a person decides."""

    class Kind(models.TextChoices):
        TALK = "talk", "约谈"
        PUBLISH = "publish", "曝光、移送、问责"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待决定"
        DECIDED = "decided", "已决定"
        DECLINED = "declined", "不予采取"
        DONE = "done", "已办结"

    kind = models.CharField("措施", max_length=10, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="measures", verbose_name="对象")
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="measures")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    reason = models.CharField("理由", max_length=500)
    key = models.CharField(max_length=80, unique=True, null=True)
    proposed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出时间", default=clock.now)
    due_at = models.DateTimeField("应办时间", null=True)
    form = models.CharField("具体形式", max_length=60, blank=True)
    opinion = models.CharField("决定意见", max_length=500, blank=True)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)
    result = models.TextField("纪要、结果", blank=True)
    done_at = models.DateTimeField("办结时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "处置措施"
        ordering = ("-proposed_at", "-pk")
        indexes = [models.Index(fields=["area_path", "state"], name="measure_area_state")]
