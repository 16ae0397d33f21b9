"""What happened to a hazard: append-only events, the evidence attached, who was notified."""

from __future__ import annotations

from django.db import models

from common import clock


class HazardEvent(models.Model):
    """One thing that happened to a hazard; written in the same transaction as the row, never changed.

    `data` keeps what was typed (measures, reason, dates as ISO text, money in 万元); `key` makes an event of a
    job or a repeated request unique.
    """

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField("序号")
    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=30)
    label = models.CharField("名称", max_length=40)
    source = models.CharField("原状态", max_length=12, blank=True)
    target = models.CharField("新状态", max_length=12, blank=True)
    actor = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    actor_name = models.CharField("办理人姓名", max_length=60)
    actor_hat = models.CharField("办理身份", max_length=160, blank=True)
    round = models.PositiveSmallIntegerField("整改轮次", default=1)
    note = models.TextField("说明", blank=True)
    data = models.JSONField("内容", default=dict)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "隐患事件"
        ordering = ("hazard_id", "seq")
        constraints = [models.UniqueConstraint(fields=["hazard", "seq"], name="hazard_event_seq_once")]
        indexes = [models.Index(fields=["action", "at"], name="hazard_event_action_at")]

    def __str__(self) -> str:
        return f"{self.label} {self.actor_name}"


class HazardEvidence(models.Model):
    """A file in its place in the closed loop: before, after, plan, review, document."""

    class Stage(models.TextChoices):
        BEFORE = "before", "整改前"
        PLAN = "plan", "治理方案"
        PROGRESS = "progress", "整改过程"
        AFTER = "after", "整改后"
        REVIEW = "review", "复查"
        DOCUMENT = "document", "文书"

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="evidence")
    attachment = models.ForeignKey("evidence.Attachment", models.PROTECT, related_name="+")
    stage = models.CharField("环节", max_length=10, choices=Stage)
    round = models.PositiveSmallIntegerField("整改轮次", default=1)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "隐患佐证"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["hazard", "attachment", "stage"], name="hazard_evidence_once")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.attachment_id}"


class PrincipalNotification(models.Model):
    """主要负责人、实际控制人 were told of a major hazard; sent and read times are kept (禄脿方案 task 22)."""

    class Capacity(models.TextChoices):
        PRINCIPAL = "principal", "主要负责人"
        CONTROLLER = "controller", "实际控制人"

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="principal_notifications")
    capacity = models.CharField("身份", max_length=10, choices=Capacity)
    name = models.CharField("姓名", max_length=30)
    phone = models.CharField("电话", max_length=30, blank=True)
    user = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField("告知时间", default=clock.now)
    read_at = models.DateTimeField("阅知时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "重大隐患告知"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["hazard", "capacity"], name="principal_told_once")]

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} {self.name}"
