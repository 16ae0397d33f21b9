"""Assignments: what one unit owes for one task by one deadline, its reports, and what happened to it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from tasks.models.plans import Plan, Task, TaskUnit
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


class AssignmentState(models.TextChoices):
    """Lifecycle of an assignment."""

    OPEN = "open", "待办"
    IN_PROGRESS = "in_progress", "推进中"
    SUBMITTED = "submitted", "待审核"
    DONE = "done", "已办结"
    CANCELLED = "cancelled", "已取消"


RUNNING_STATES = (AssignmentState.OPEN, AssignmentState.IN_PROGRESS)
LIVE_STATES = (*RUNNING_STATES, AssignmentState.SUBMITTED)


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Reads over assignments."""

    def for_user(self, user: User, right: str = Right.READ_TASK) -> AssignmentQuerySet:
        """Everything in the area of the office, leaders and villages; else the unit's own, its plans' and what it leads."""
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        if right == Right.REPORT_TASK:
            return self.filter(unit_id=hat.unit_id)
        if scope in (Scope.STREET, Scope.VILLAGE):
            return self.filter(area_path__startswith=hat.unit.area_path)
        led = TaskUnit.objects.filter(unit_id=hat.unit_id, role=TaskUnit.Role.LEAD).values("task_id")
        directed = Q(plan__owner_id=hat.unit_id) | Q(task_id__in=led)
        if right == Right.MANAGE_TASK:
            return self.filter(directed)
        return self.filter(directed | Q(unit_id=hat.unit_id) if scope == Scope.SECTOR else Q(unit_id=hat.unit_id))

    def live(self) -> AssignmentQuerySet:
        """Not finished and not cancelled."""
        return self.filter(state__in=LIVE_STATES)

    def overdue(self, at: datetime | None = None) -> AssignmentQuerySet:
        """Past the deadline and still with the unit; what waits for review is not the unit's delay."""
        return self.filter(state__in=RUNNING_STATES, due_at__lt=at or clock.now())


class Assignment(models.Model):
    """One unit's part in one task for one deadline (`occurrence`: the day, the period, or empty where none is set).

    `due_at` may be empty: a task without a date is never late. `percent` is what the unit last reported, 100 only when done.
    `round` rises when a finished one is reopened, `deadline_no` with every moved deadline: the escalation ladder starts
    anew. `next_step_at` is when the ladder must look again: transitions set it to "now", the ladder to its next step.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="assignments", verbose_name="方案")
    task = models.ForeignKey(Task, models.PROTECT, related_name="assignments", verbose_name="任务")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="assignments", verbose_name="承办单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    role = models.CharField("承担", max_length=12, choices=TaskUnit.Role)
    occurrence = models.CharField("期次", max_length=12, blank=True, editable=False)
    period_label = models.CharField("期次名称", max_length=30, blank=True)
    state = models.CharField("状态", max_length=12, choices=AssignmentState, default=AssignmentState.OPEN)
    due_at = models.DateTimeField("完成时限", null=True)
    original_due_at = models.DateTimeField("原定时限", null=True)
    percent = models.PositiveSmallIntegerField("完成比例", default=0)
    latest = models.CharField("最新进展", max_length=300, blank=True)
    opened_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="下达人")
    opened_at = models.DateTimeField("下达时间", default=clock.now)
    submitted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="报送人")
    submitted_at = models.DateTimeField("报送时间", null=True)
    done_at = models.DateTimeField("办结时间", null=True)
    round = models.PositiveSmallIntegerField("轮次", default=1)
    deadline_no = models.PositiveSmallIntegerField("期限序次", default=1)
    next_step_at = models.DateTimeField("阶梯下次检查", null=True, editable=False)
    ladder_step = models.CharField("阶梯步骤", max_length=20, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "任务分解"
        ordering = ("due_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["task", "unit", "occurrence"], name="assignment_once"),
            models.CheckConstraint(condition=Q(percent__lte=100), name="assignment_percent"),
        ]
        indexes = [
            models.Index(fields=["area_path", "due_at"], name="assignment_area_due"),
            models.Index(fields=["unit", "due_at"], name="assignment_unit_due"),
            models.Index(fields=["plan", "task"], name="assignment_plan_task"),
            models.Index(fields=["next_step_at"], name="assignment_next_step", condition=Q(next_step_at__isnull=False)),
            models.Index(fields=["due_at"], name="assignment_running", condition=Q(state__in=("open", "in_progress"))),
        ]

    def __str__(self) -> str:
        label = f"（{self.period_label}）" if self.period_label else ""
        return f"{self.task}{label}"

    def get_absolute_url(self) -> str:
        """The assignment's page."""
        return reverse("assignment-detail", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        """Past the deadline and still with the unit."""
        return self.state in RUNNING_STATES and self.due_at is not None and self.due_at < clock.now()

    @property
    def is_caught_up(self) -> bool:
        """Given out when its deadline had passed, to put on record what was done before (补录)."""
        return self.due_at is not None and self.opened_at > self.due_at

    @property
    def is_late(self) -> bool:
        """Finished after its deadline."""
        return (
            self.done_at is not None and self.due_at is not None and (self.submitted_at or self.done_at) > self.due_at
        )


class ProgressReport(models.Model):
    """What the unit reported: progress on the way, or the completion that is judged. `figures` answer the quantities."""

    class Kind(models.TextChoices):
        PROGRESS = "progress", "进展"
        COMPLETION = "completion", "完成报告"

    class Outcome(models.TextChoices):
        NONE = "", "—"
        PENDING = "pending", "待审核"
        ACCEPTED = "accepted", "通过"
        RETURNED = "returned", "退回"
        WITHDRAWN = "withdrawn", "撤回"

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="reports")
    kind = models.CharField("类别", max_length=12, choices=Kind)
    percent = models.PositiveSmallIntegerField("完成比例")
    text = models.TextField("进展情况")
    figures = models.JSONField("完成数据", default=list, blank=True)
    attachments = models.ManyToManyField("evidence.Attachment", blank=True, related_name="+")
    no_evidence_reason = models.CharField("无佐证说明", max_length=200, blank=True)
    reported_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="报送人")
    reported_at = models.DateTimeField("报送时间", default=clock.now)
    outcome = models.CharField("审核", max_length=10, choices=Outcome, default=Outcome.NONE, blank=True)
    opinion = models.CharField("审核意见", max_length=500, blank=True)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    decided_at = models.DateTimeField("审核时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "进展报告"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"], condition=Q(outcome="pending"), name="assignment_one_pending_report"
            )
        ]

    def __str__(self) -> str:
        return self.text[:40]


class AssignmentEvent(RecordEvent):
    """One thing that happened to an assignment."""

    assignment = models.ForeignKey(Assignment, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "任务事件"
