"""Plans 方案 with their stages, actions and tasks, and the units each task names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


def _empty_list() -> list[str]:
    return []


class PlanQuerySet(models.QuerySet["Plan"]):
    """Reads over plans."""

    def for_user(self, user: User, right: str = Right.READ_TASK) -> PlanQuerySet:
        """Plans of the user's street for the office and leaders; for others those they issued or that name their units."""
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        if scope == Scope.STREET:
            return self.filter(area_path__startswith=hat.unit.area_path)
        if right != Right.READ_TASK:
            return self.filter(owner_id=hat.unit_id)
        inside = Q(unit__area_path__startswith=hat.unit.area_path) if scope == Scope.VILLAGE else Q()
        named = TaskUnit.objects.filter(Q(unit_id=hat.unit_id) | inside if inside else Q(unit_id=hat.unit_id))
        return self.filter(Q(owner_id=hat.unit_id) | Q(pk__in=named.values("task__plan_id")))


class Plan(models.Model):
    """A document that sets tasks: an imported plan 方案, the decisions of a meeting, a ledger brought in, or one by hand.

    `owner` is the unit that answers for it here (the safety office or a department), `issuer` whoever the document says
    issued it. `text` is what was read; spans of stages and tasks are offsets of characters in it.
    """

    class Source(models.TextChoices):
        DOCUMENT = "document", "方案文件"
        MEETING = "meeting", "会议议定"
        LEDGER = "ledger", "台账导入"
        HAND = "hand", "手工登记"

    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="plans", verbose_name="归口单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    source = models.CharField("来源", max_length=10, choices=Source, default=Source.DOCUMENT)
    title = models.CharField("名称", max_length=200)
    number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("印发单位", max_length=120, blank=True)
    starts_on = models.DateField("起始日期", null=True, blank=True)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    text = models.TextField("原文", blank=True)
    fingerprint = models.CharField("原文指纹", max_length=64, null=True, blank=True, editable=False)
    once = models.UUIDField("提交标识", unique=True, null=True, editable=False)
    created_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间", default=clock.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案"
        ordering = ("-created_at", "-pk")
        constraints = [models.UniqueConstraint(fields=["owner", "fingerprint"], name="plan_once_per_owner")]
        indexes = [models.Index(fields=["area_path", "-created_at"], name="plan_area_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("plan-detail", args=[self.pk])


class PlanStage(models.Model):
    """A stage 阶段 of a plan; either end may be open where the text does not say."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="stages")
    order = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("名称", max_length=80)
    starts_on = models.DateField("起始日期", null=True, blank=True)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    span_start = models.PositiveIntegerField(null=True, editable=False)
    span_end = models.PositiveIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "阶段"
        ordering = ("plan", "order")
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="stage_order_once")]

    def __str__(self) -> str:
        return self.name


class Action(models.Model):
    """An action 行动 of a plan: the heading tasks stand under."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="actions")
    order = models.PositiveSmallIntegerField("顺序")
    name = models.CharField("名称", max_length=160)

    class Meta:
        verbose_name = verbose_name_plural = "行动"
        ordering = ("plan", "order")
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="action_order_once")]

    def __str__(self) -> str:
        return self.name


class TaskQuerySet(models.QuerySet["Task"]):
    """Reads over tasks."""

    def for_user(self, user: User, right: str = Right.READ_TASK) -> TaskQuerySet:
        """Every task of the street for the office and leaders; for others tasks of their own plans and those naming them.

        With `Right.MANAGE_TASK` only tasks of plans the unit owns, or that it leads (own parts).
        """
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        if scope == Scope.STREET:
            return self.filter(area_path__startswith=hat.unit.area_path)
        named = TaskUnit.objects.filter(unit_id=hat.unit_id)
        if right != Right.READ_TASK:
            named = named.filter(role=TaskUnit.Role.LEAD)
        elif scope == Scope.VILLAGE:
            named = TaskUnit.objects.filter(unit__area_path__startswith=hat.unit.area_path)
        return self.filter(Q(plan__owner_id=hat.unit_id) | Q(pk__in=named.values("task_id")))


class Task(models.Model):
    """One task 任务: what must be done, who leads, who is responsible, who cooperates, by when, and how much.

    `measures` are the steps 措施 of a ledger; `quantities` the numbers the text demands, as it says them; `spans` map a
    field to the [start, end) offsets in the plan's text it was read from. `key` knows a row of an imported ledger again.
    From `issued_at` on recurring terms open by themselves.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="tasks", verbose_name="方案")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="行动")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    order = models.PositiveIntegerField("顺序")
    no = models.CharField("序号", max_length=20, blank=True)
    title = models.CharField("重点任务", max_length=200)
    text = models.TextField("任务内容", blank=True)
    measures = models.TextField("措施", blank=True)
    leader = models.CharField("责任领导", max_length=80, blank=True)
    quantities = models.JSONField("量化指标", default=_empty_list, blank=True)
    spans = models.JSONField("原文位置", default=dict, blank=True, editable=False)
    key = models.CharField(max_length=64, null=True, editable=False)
    issued_at = models.DateTimeField("下达时间", null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)
    units = models.ManyToManyField("units.Unit", through="TaskUnit", related_name="tasks_named")

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务"
        ordering = ("plan", "order")
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="task_order_once"),
            models.UniqueConstraint(fields=["plan", "key"], name="task_key_once"),
        ]
        indexes = [models.Index(fields=["area_path"], name="task_area")]

    def __str__(self) -> str:
        return f"{self.no}.{self.title}" if self.no else self.title

    def get_absolute_url(self) -> str:
        """The task's page."""
        return reverse("task-detail", args=[self.pk])


class TaskUnit(models.Model):
    """A unit a task names, and as what; `name` is how the text calls it (the group, where a group was expanded)."""

    class Role(models.TextChoices):
        LEAD = "lead", "牵头"
        RESPONSIBLE = "responsible", "责任"
        COOPERATING = "cooperating", "配合"

    task = models.ForeignKey(Task, models.CASCADE, related_name="named")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="task_roles", verbose_name="单位")
    role = models.CharField("承担", max_length=12, choices=Role)
    name = models.CharField("原文名称", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务单位"
        ordering = ("task", "pk")
        constraints = [models.UniqueConstraint(fields=["task", "unit"], name="task_names_a_unit_once")]
        indexes = [models.Index(fields=["unit", "role"], name="taskunit_unit_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}：{self.unit}"


ANSWERING = (TaskUnit.Role.LEAD, TaskUnit.Role.RESPONSIBLE)


class TaskTerm(models.Model):
    """When a task is due: one day, or again in every period (by its last day, or by `month`/`day` within it).

    Of a 年 `month` is 1-12 and `day` its day; of shorter periods `month` counts the months of the period from 1. Without
    them the period's last day counts. `text` is how the document says it.
    """

    class Period(models.TextChoices):
        ONCE = "once", "一次"
        MONTH = "month", "每月"
        QUARTER = "quarter", "每季度"
        HALF = "half", "每半年"
        YEAR = "year", "每年"

    task = models.ForeignKey(Task, models.CASCADE, related_name="terms")
    period = models.CharField("周期", max_length=8, choices=Period, default=Period.ONCE)
    due_on = models.DateField("完成日期", null=True, blank=True)
    month = models.PositiveSmallIntegerField("月", null=True, blank=True)
    day = models.PositiveSmallIntegerField("日", null=True, blank=True)
    text = models.CharField("原文", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "任务时限"
        ordering = ("task", "due_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(period="once", due_on__isnull=False) | (~Q(period="once") & Q(due_on__isnull=True)),
                name="term_is_a_day_or_a_period",
            )
        ]

    def __str__(self) -> str:
        return self.text or (str(self.due_on) if self.due_on else self.get_period_display())
