"""指标: what a plan wants to reach, what it is measured by, and the value of every month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.models.areas import paths_above
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Reads over indicators."""

    def for_user(self, user: User, right: str = Right.READ_INDICATOR) -> IndicatorQuerySet:
        """Those that hold in the person's area; a department has those it leads in its street."""
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        here = self.filter(area_path__in=["", *paths_above(hat.unit.area_path)])
        if scope == Scope.NAMED:
            led = IndicatorLead.objects.filter(unit_id=hat.unit_id).values("indicator_id")
            return here.filter(pk__in=led)
        return here


class Indicator(models.Model):
    """One indicator: numerator ÷ denominator, or reached or not (`LEVEL`), with its target and the day it is due.

    `measure` names what computes it (`tasks.measuring`); without one its values are entered by hand with their source.
    """

    class Kind(models.TextChoices):
        RATIO = "ratio", "比率"
        LEVEL = "level", "达标"

    class Direction(models.TextChoices):
        UP = "up", "不低于"
        DOWN = "down", "不高于"

    code = models.CharField("代码", max_length=40)
    area_path = models.CharField("适用区域", max_length=60, db_collation="C", blank=True, default="")
    order = models.PositiveSmallIntegerField("顺序", default=0)
    group = models.CharField("类别", max_length=30)
    name = models.CharField("指标", max_length=80)
    kind = models.CharField("类型", max_length=8, choices=Kind, default=Kind.RATIO)
    numerator = models.CharField("分子", max_length=200)
    denominator = models.CharField("分母", max_length=200)
    direction = models.CharField("方向", max_length=4, choices=Direction, default=Direction.UP)
    target = models.DecimalField("目标值", max_digits=6, decimal_places=3, default=Decimal(1))
    due_on = models.DateField("目标日期", null=True, blank=True)
    measure = models.CharField("计算方式", max_length=40, blank=True)
    basis = models.CharField("依据", max_length=300)

    objects = IndicatorQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "工作指标"
        ordering = ("order", "pk")
        constraints = [models.UniqueConstraint(fields=["code", "area_path"], name="indicator_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The indicator's page."""
        return reverse("indicator-detail", args=[self.pk])

    def is_met_by(self, ratio: Decimal | None) -> bool | None:
        """Whether a value reaches the target; None without a value."""
        if ratio is None:
            return None
        return ratio >= self.target if self.direction == self.Direction.UP else ratio <= self.target


class IndicatorLead(models.Model):
    """The unit of a street that answers for an indicator and enters its values."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="leads", verbose_name="指标")
    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+", verbose_name="责任单位")

    class Meta:
        verbose_name = verbose_name_plural = "指标责任单位"
        constraints = [models.UniqueConstraint(fields=["indicator", "unit"], name="indicator_lead_once")]

    def __str__(self) -> str:
        return f"{self.indicator}：{self.unit}"


class IndicatorValueQuerySet(models.QuerySet["IndicatorValue"]):
    """Reads over values."""

    def for_user(self, user: User, right: str = Right.READ_INDICATOR) -> IndicatorValueQuerySet:
        """Values of the person's street, of the indicators the person sees."""
        hat = getattr(user, "hat", None)
        if hat is None:
            return self.none()
        streets = [*paths_above(hat.unit.area_path)]
        seen = Indicator.objects.for_user(user, right).values("pk")
        below = Q(area_path__startswith=hat.unit.area_path)
        return self.filter(Q(area_path__in=streets) | below, indicator__in=seen)


class IndicatorValue(models.Model):
    """The value of one month in one street (`area_path`); a fraction of two counts, 0/0 has no value."""

    class Source(models.TextChoices):
        COMPUTED = "computed", "系统计算"
        MANUAL = "manual", "填报"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name="指标")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    month = models.DateField("月份")
    numerator = models.PositiveIntegerField("分子")
    denominator = models.PositiveIntegerField("分母")
    source = models.CharField("来源", max_length=10, choices=Source)
    note = models.CharField("数据来源说明", max_length=300, blank=True)
    attachments = models.ManyToManyField("evidence.Attachment", blank=True, related_name="+", verbose_name="佐证")
    entered_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="填报人")
    at = models.DateTimeField("时间", default=clock.now)

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "指标值"
        ordering = ("-month", "pk")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "area_path", "month"], name="indicator_value_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.month:%Y-%m}"

    @property
    def ratio(self) -> Decimal | None:
        """Numerator ÷ denominator; None for 0/0."""
        return Decimal(self.numerator) / self.denominator if self.denominator else None


def month_of(day: date) -> date:
    """The first day of the month."""
    return day.replace(day=1)
