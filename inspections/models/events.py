"""What happened to a visit and to a paper: append-only."""

from __future__ import annotations

from django.db import models

from common.events import RecordEvent


class InspectionEvent(RecordEvent):
    """One thing that happened to a visit."""

    inspection = models.ForeignKey("inspections.Inspection", models.CASCADE, related_name="events")

    class Meta:
        verbose_name = verbose_name_plural = "检查事件"
        ordering = ("pk",)
        indexes = [models.Index(fields=["inspection", "id"], name="inspection_event_order")]


class PaperEvent(RecordEvent):
    """One thing that happened to a paper."""

    inspectionpaper = models.ForeignKey("inspections.InspectionPaper", models.CASCADE, related_name="events")

    class Meta:
        verbose_name = verbose_name_plural = "文书事件"
        ordering = ("pk",)
