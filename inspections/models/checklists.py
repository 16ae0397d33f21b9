"""检查表: versions that never change under a running visit, and their items."""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from common import clock
from hazards.models.hazard import Level


class Checklist(models.Model):
    """A checklist for one kind of place; what is asked stands in its versions."""

    code = models.CharField("代码", max_length=20, unique=True)
    title = models.CharField("名称", max_length=80)
    place_kind = models.CharField("场所类型", max_length=30)
    keywords = models.CharField(
        "适用词", max_length=200, blank=True, help_text="场所类型、行业或企业名称含有其一的，优先选用"
    )
    is_active = models.BooleanField("启用", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查表"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The checklist with its items in force."""
        return reverse("checklist-detail", args=[self.pk])


class ChecklistVersionQuerySet(models.QuerySet["ChecklistVersion"]):
    """Reads over versions."""

    def current(self) -> ChecklistVersionQuerySet:
        """The version in force of every checklist in use, by code."""
        return self.filter(is_current=True, checklist__is_active=True).order_by("checklist__code")


class ChecklistVersion(models.Model):
    """One edition of a checklist. Published once, then never changed: a visit keeps the version it began with."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="versions", verbose_name="检查表")
    number = models.PositiveSmallIntegerField("版本")
    is_current = models.BooleanField("现行", default=True)
    published_at = models.DateTimeField("发布时间", default=clock.now)
    published_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="发布人")

    objects = ChecklistVersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查表版本"
        ordering = ("checklist__code", "-number")
        constraints = [
            models.UniqueConstraint(fields=["checklist", "number"], name="checklist_version_once"),
            models.UniqueConstraint(
                fields=["checklist"], condition=models.Q(is_current=True), name="checklist_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.checklist.title}（第{self.number}版）"


class ChecklistItem(models.Model):
    """One question of a version: what, how it is checked, its basis, and what a 不合格 suggests.

    `asks_photo`: whether a photo of a 不合格 is wanted; no photo is ever asked of what is in order.
    """

    version = models.ForeignKey(ChecklistVersion, models.CASCADE, related_name="items", verbose_name="检查表版本")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("检查内容", max_length=200)
    how = models.CharField("检查方法", max_length=300, blank=True)
    basis = models.CharField("依据", max_length=200, blank=True)
    level = models.CharField("建议等级", max_length=8, choices=Level, default=Level.GENERAL)
    criteria_text = models.CharField("相关判定标准", max_length=200, blank=True)
    criterion = models.ForeignKey(
        "hazards.CriterionItem", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="建议判定依据"
    )
    asks_photo = models.BooleanField("不合格时拍照", default=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查项"
        ordering = ("version", "number")
        constraints = [models.UniqueConstraint(fields=["version", "number"], name="checklist_item_once")]

    def __str__(self) -> str:
        return f"{self.number}. {self.text}"
