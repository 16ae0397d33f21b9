"""What happened to a hazard: append-only events, the evidence attached, who was notified."""

from __future__ import annotations

from typing import Any

from django.db import models

from common import clock
from common.events import RecordEvent


class HazardEvent(RecordEvent):
    """One thing that happened to a hazard, in its order; `data` keeps dates as ISO text, money in 万元."""

    hazard = models.ForeignKey("hazards.Hazard", models.CASCADE, related_name="events")
    seq = models.PositiveIntegerField("序号")
    round = models.PositiveSmallIntegerField("整改轮次", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "隐患事件"
        ordering = ("hazard_id", "seq")
        constraints = [models.UniqueConstraint(fields=["hazard", "seq"], name="hazard_event_seq_once")]
        indexes = [models.Index(fields=["action", "at"], name="hazard_event_action_at")]

    @staticmethod
    def copied_from(record: Any) -> dict[str, Any]:
        """Its place in the log and the round of rectification."""
        return {"seq": record.version, "round": record.round}


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
