"""检查文书: the five papers of an administrative inspection and the record of a patrol (domain-rules §4)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.urls import reverse

from common import clock
from units.roles import FIRM, Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class PaperState(models.TextChoices):
    """Lifecycle of a paper."""

    DRAFT = "draft", "草稿"
    ISSUED = "issued", "已出具"
    SERVED = "served", "已送达"
    VOID = "void", "作废"


class PaperQuerySet(models.QuerySet["InspectionPaper"]):
    """Reads over papers."""

    def for_user(self, user: User, right: str = Right.READ_INSPECTION) -> PaperQuerySet:
        """Papers of visits the user may read; an enterprise sees what was issued to it."""
        from inspections.models.visits import InspectionMember

        named_visits = InspectionMember.objects.filter(user_id=getattr(user, "pk", None)).values("inspection_id")
        found = self.filter(reach(user, right, named=models.Q(inspection_id__in=named_visits)))
        if getattr(user, "role", "") in FIRM:
            return found.filter(state__in=(PaperState.ISSUED, PaperState.SERVED))
        return found

    def live(self) -> PaperQuerySet:
        """Issued and not voided."""
        return self.filter(state__in=(PaperState.ISSUED, PaperState.SERVED))


class InspectionPaper(models.Model):
    """A numbered paper of a visit. `content` is what it says, frozen when issued; a number once given stays with its row.

    `deadline` and `recheck_on` belong to 责改 and 现决: deadline ≥ day of the check, re-check ≥ deadline.
    """

    class Kind(models.TextChoices):
        RECORD = "record", "现场检查记录"
        PATROL = "patrol", "安全巡查（服务指导）记录"
        ORDER = "order", "责令限期整改指令书"
        DECISION = "decision", "现场处理措施决定书"
        REVIEW = "review", "整改复查意见书"

    class Way(models.TextChoices):
        DIRECT = "direct", "直接送达"
        LEFT = "left", "留置送达"
        POST = "post", "邮寄送达"
        ELECTRONIC = "electronic", "电子送达（已签确认书）"

    uid = models.UUIDField("标识", unique=True, default=uuid.uuid4)
    inspection = models.ForeignKey("inspections.Inspection", models.PROTECT, related_name="papers", verbose_name="检查")
    kind = models.CharField("文种", max_length=10, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=PaperState, default=PaperState.DRAFT)
    number = models.CharField("文号", max_length=60, unique=True, null=True)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="inspection_papers", verbose_name="受送达单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey("self", models.PROTECT, null=True, related_name="led_to", verbose_name="所涉文书")
    content = models.JSONField("内容", default=dict)
    deadline = models.DateField("整改期限", null=True)
    recheck_on = models.DateField("拟复查日期", null=True)
    drafted_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="制作人")
    drafted_at = models.DateTimeField("制作时间", default=clock.now)
    issued_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="出具人")
    issued_at = models.DateTimeField("出具时间", null=True)
    way = models.CharField("送达方式", max_length=12, choices=Way, blank=True)
    receiver = models.CharField("收件人", max_length=30, blank=True)
    served_place = models.CharField("送达地点", max_length=200, blank=True)
    served_at = models.DateTimeField("送达时间", null=True)
    served_note = models.CharField("送达备注", max_length=300, blank=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查文书"
        ordering = ("-drafted_at", "-pk")
        indexes = [
            models.Index(fields=["area_path", "-drafted_at"], name="paper_area_newest"),
            models.Index(fields=["inspection", "kind"], name="paper_of_visit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recheck_on__isnull=True)
                | models.Q(deadline__isnull=True)
                | models.Q(recheck_on__gte=models.F("deadline")),
                name="paper_recheck_after_deadline",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number or '（待编号）'}"

    def get_absolute_url(self) -> str:
        """The paper's page."""
        return reverse("inspection-paper", args=[self.pk])
