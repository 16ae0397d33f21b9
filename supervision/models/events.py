"""What happened to a letter, a listing or a measure: append-only, one table each, one shape."""

from __future__ import annotations

from django.db import models


class RecordEvent(models.Model):
    """One thing that happened; written in the transaction of the change, never changed. `data` keeps what was typed.

    `key` makes an event of a job unique, whatever repeats.
    """

    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=30)
    label = models.CharField("名称", max_length=40)
    source = models.CharField("原状态", max_length=12, blank=True)
    target = models.CharField("新状态", max_length=12, blank=True)
    actor = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    actor_name = models.CharField("办理人姓名", max_length=60)
    actor_hat = models.CharField("办理身份", max_length=160, blank=True)
    note = models.TextField("说明", blank=True)
    data = models.JSONField("内容", default=dict)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        abstract = True
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.label} {self.actor_name}"


class LetterEvent(RecordEvent):
    """One thing that happened to a letter."""

    letter = models.ForeignKey("supervision.Letter", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "函件事件"


class ListingEvent(RecordEvent):
    """One thing that happened to a listing."""

    listing = models.ForeignKey("supervision.Listing", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "挂牌事件"


class MeasureEvent(RecordEvent):
    """One thing that happened to a measure."""

    measure = models.ForeignKey("supervision.Measure", models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "措施事件"
