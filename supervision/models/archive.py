"""Signed papers as they were signed."""

from __future__ import annotations

from django.db import models

from common import clock


class PaperArchive(models.Model):
    """What a signed paper said, names and figures as they stood; printed from here ever after. Never changed."""

    kind = models.CharField("文书", max_length=20)
    record_id = models.BigIntegerField("记录")
    number = models.CharField("文号", max_length=80, blank=True)
    content = models.JSONField("内容")
    kept_at = models.DateTimeField("归档时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "文书存档"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="paper_archived_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PaperDraft(models.Model):
    """The text a person wrote for a paper that is not signed yet; the signature prints it. One per paper."""

    kind = models.CharField("文书", max_length=20)
    record_id = models.BigIntegerField("记录")
    title = models.CharField("标题", max_length=200)
    body = models.TextField("正文", max_length=4000)
    edited_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="修改人")
    edited_at = models.DateTimeField("修改时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "文书草稿"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["kind", "record_id"], name="paper_drafted_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"
