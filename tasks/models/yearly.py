"""年度报备: the lists of duties and of main tasks a unit files each year, and its report against them at the year's end."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from tasks.models.plans import Task
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


class YearlyState(models.TextChoices):
    """Lifecycle of a yearly paper."""

    DRAFT = "draft", "待报送"
    FILED = "filed", "待审核"
    CHECKED = "checked", "已备案"


class YearlyQuerySet(models.QuerySet["YearlyPaper"]):
    """Reads over yearly papers."""

    def for_user(self, user: User, right: str = Right.READ_TASK) -> YearlyQuerySet:
        """Those of the area for office, leaders and villages; else those of the user's own unit."""
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        if scope in (Scope.STREET, Scope.VILLAGE):
            return self.filter(area_path__startswith=hat.unit.area_path)
        return self.filter(unit_id=hat.unit_id)

    def overdue(self, at: datetime | None = None) -> YearlyQuerySet:
        """Not filed, and late at `at`."""
        return self.filter(state=YearlyState.DRAFT, due_at__lt=at or clock.now())


class YearlyPaper(models.Model):
    """One unit's paper of one kind for one year; `receipt` is the number under which the office put it on file."""

    class Kind(models.TextChoices):
        DUTIES = "duties", "职责清单"
        TASKS = "tasks", "重点任务清单"
        REPORT = "report", "履职述职报告"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="yearly_papers", verbose_name="报送单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    year = models.PositiveSmallIntegerField("年度")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    state = models.CharField("状态", max_length=8, choices=YearlyState, default=YearlyState.DRAFT)
    due_at = models.DateTimeField("报送期限")
    receipt = models.CharField("回执编号", max_length=60, unique=True, null=True)
    filed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="报送人")
    filed_at = models.DateTimeField("报送时间", null=True)
    checked_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    checked_at = models.DateTimeField("备案时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = YearlyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "年度报备"
        ordering = ("-year", "unit", "kind")
        constraints = [models.UniqueConstraint(fields=["unit", "year", "kind"], name="yearly_paper_once")]
        indexes = [
            models.Index(fields=["area_path", "-year"], name="yearly_area_year"),
            models.Index(fields=["due_at"], name="yearly_owing", condition=Q(state="draft")),
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}{self.year}年度安全生产{self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return reverse("yearly-detail", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        """Not filed, and late."""
        return self.state == YearlyState.DRAFT and self.due_at < clock.now()


class YearlyItem(models.Model):
    """One line of a yearly paper; `result` is what a report says was done. `task` is the task a line came from,
    `duty_code` the duty."""

    paper = models.ForeignKey(YearlyPaper, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField("顺序")
    text = models.TextField("内容")
    result = models.TextField("完成情况", blank=True)
    origin = models.CharField("来源", max_length=60, blank=True)
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="+", verbose_name="任务")
    duty_code = models.CharField("履职事项代码", max_length=40, blank=True, default="", editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "年度报备事项"
        ordering = ("paper", "order")
        constraints = [models.UniqueConstraint(fields=["paper", "order"], name="yearly_item_order_once")]

    def __str__(self) -> str:
        return self.text[:40]


class YearlyPaperEvent(RecordEvent):
    """One thing that happened to a yearly paper."""

    yearlypaper = models.ForeignKey(YearlyPaper, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "年度报备事件"
