"""The treatment plan (治理方案, 五到位) and the extension of a deadline (延期)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from common import clock


class TreatmentPlan(models.Model):
    """A filed 治理方案 with its six items (总局令第16号 Art.15); money in 万元."""

    class State(models.TextChoices):
        FILED = "filed", "待审批"
        APPROVED = "approved", "已批准"
        RETURNED = "returned", "退回修改"

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="plans")
    version = models.PositiveSmallIntegerField("版次")
    state = models.CharField("状态", max_length=10, choices=State, default=State.FILED)
    objectives = models.TextField("目标和任务（责任）")
    measures = models.TextField("方法和措施")
    funds = models.DecimalField("治理经费（万元）", max_digits=12, decimal_places=2)
    materials = models.CharField("物资保障", max_length=300, blank=True)
    organisation = models.CharField("负责机构和人员", max_length=300)
    finish_on = models.DateField("计划完成日期")
    schedule = models.TextField("时限和要求", blank=True)
    safeguards = models.TextField("安全措施和应急预案")
    filed_by = models.ForeignKey("units.User", models.PROTECT, related_name="+")
    filed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.CharField("审批意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "治理方案"
        ordering = ("version",)
        constraints = [
            models.UniqueConstraint(fields=["hazard", "version"], name="plan_version_once"),
            models.UniqueConstraint(fields=["hazard"], condition=Q(state="filed"), name="plan_one_pending"),
        ]

    def __str__(self) -> str:
        return f"第{self.version}版（{self.get_state_display()}）"


class Extension(models.Model):
    """A request to extend the deadline; a grant keeps the original date and the overdue history.

    The window in which it could be asked for, and the day it must be decided by, are stored as they stood. Silence goes
    upward: at `climb_at` an undecided request passes to the next `decider`.
    """

    class State(models.TextChoices):
        PENDING = "pending", "待审批"
        GRANTED = "granted", "同意"
        REFUSED = "refused", "不同意"

    class Decider(models.TextChoices):
        """To whom silence has carried the request."""

        FIRST = "", "监管部门或安委办"
        HEAD = "head", "安委办负责人"
        LEADER = "leader", "街道领导"

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="extensions")
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    round = models.PositiveSmallIntegerField("整改轮次")
    due_before = models.DateTimeField("原期限")
    requested_due = models.DateTimeField("申请延至")
    granted_due = models.DateTimeField("批准延至", null=True)
    reason = models.TextField("延期理由")
    protection = models.TextField("延期期间防控措施")
    opens_at = models.DateTimeField("受理窗口起")
    closes_at = models.DateTimeField("受理窗口止")
    decide_by = models.DateTimeField("应办结时间")
    decider = models.CharField("现由谁审批", max_length=8, choices=Decider, blank=True, default="")
    climb_at = models.DateTimeField("逾期上报时间", null=True)
    requested_by = models.ForeignKey("units.User", models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.CharField("审批意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "延期申请"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["hazard"], condition=Q(state="pending"), name="extension_one_pending"),
        ]

    def __str__(self) -> str:
        return f"延至{self.requested_due:%Y-%m-%d}（{self.get_state_display()}）"
