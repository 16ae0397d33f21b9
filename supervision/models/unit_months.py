"""A unit's month on the ladder: its figures as they stood, what the rules made of them, and what happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from supervision.models.ladder import Firing
from supervision.models.unit_rules import UnitRule
from units.roles import Right, Scope, scope_of
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class UnitMonthQuerySet(models.QuerySet["UnitMonth"]):
    """Reads over months of units."""

    def for_user(self, user: User, right: str = Right.READ_LETTER) -> UnitMonthQuerySet:
        """Months of the area's units, for the office and the leaders alone: the rule that fired may be an undecided proposal."""
        hat = getattr(user, "hat", None)
        street = hat is not None and scope_of(hat.role, right) in (Scope.STREET, Scope.ALL)
        return self.filter(reach(user, right)) if street else self.none()


class UnitMonth(models.Model):
    """单位月度情况: how one unit did in one month, under one office, with the columns of a record that climbs.

    The figures are those of the moment the month was opened or last reckoned anew; the log keeps the former ones. `group`
    is what the unit is compared within. The "deadline" is the moment after the month's end. `ladder_step` is the hardest
    rule that fired.
    """

    class Group(models.TextChoices):
        UNIT = "unit", "责任单位"
        DEPARTMENT = "department", "监管部门"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="months", verbose_name="单位")
    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="安委办")
    month = models.DateField("月份")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    group = models.CharField("比较范围", max_length=10, choices=Group)
    fell_due = models.PositiveIntegerField("到期隐患")
    on_time = models.PositiveIntegerField("按期整改")
    fell_due_before = models.PositiveIntegerField("上月到期", default=0)
    on_time_before = models.PositiveIntegerField("上月按期", default=0)
    false = models.PositiveIntegerField("虚假整改", default=0)
    due_at = models.DateTimeField("月末")
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    deadline_no = models.PositiveSmallIntegerField(default=1, editable=False)
    next_step_at = models.DateTimeField("阶梯下次检查", null=True, editable=False)
    ladder_step = models.CharField("触发规则", max_length=12, blank=True, choices=UnitRule.Code, editable=False)
    opened_at = models.DateTimeField("建立时间", default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UnitMonthQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "单位月度情况"
        ordering = ("-month", "unit")
        constraints = [models.UniqueConstraint(fields=["unit", "month"], name="unit_month_once")]
        indexes = [
            models.Index(fields=["office", "month"], name="unit_month_office"),
            models.Index(fields=["next_step_at"], name="unit_month_next_step", condition=Q(next_step_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.unit}{self.month.year}年{self.month.month}月"

    def get_absolute_url(self) -> str:
        """The month's page."""
        return reverse("unit-month-detail", args=[self.pk])


class UnitMonthEvent(RecordEvent):
    """One thing that happened to a unit's month: opened, reckoned anew, a rule carried out."""

    unitmonth = models.ForeignKey(UnitMonth, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "单位月度事件"


class UnitFiring(Firing):
    """A rule that held for a unit's month; `policy` is the edition of the rule."""

    code = models.CharField("规则", max_length=12, choices=UnitRule.Code)
    document = models.CharField("文书", max_length=10, choices=UnitRule.Document)
    merged_into = models.CharField("并入规则", max_length=12, blank=True, choices=UnitRule.Code)
    unitmonth = models.ForeignKey(UnitMonth, models.CASCADE, related_name="firings", verbose_name="单位月度情况")
    policy = models.ForeignKey(UnitRule, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = verbose_name_plural = "单位触发记录"
        ordering = ("unitmonth", "planned_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["unitmonth", "round", "deadline_no", "code"], name="unit_rule_fires_once")
        ]
