"""A visit (检查): who went where with which checklist, what was found, photographed and signed."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from hazards.models.hazard import Level
from units.roles import FIRM, Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User

SKEW_TOLERATED = 300  # seconds between a phone's clock and ours before it is flagged


class VisitState(models.TextChoices):
    """Lifecycle of a visit."""

    PLANNED = "planned", "待检查"
    RUNNING = "running", "检查中"
    DONE = "done", "已完成"
    CANCELLED = "cancelled", "已取消"


OPEN_VISITS = (VisitState.PLANNED, VisitState.RUNNING)


class InspectionQuerySet(models.QuerySet["Inspection"]):
    """Reads over visits."""

    def for_user(self, user: User, right: str = Right.READ_INSPECTION) -> InspectionQuerySet:
        """Visits in the user's scope and those whose team names the person; an enterprise sees its finished ones only.

        What is planned stays unknown to the enterprise: 四不两直 would be none otherwise.
        """
        named = Q(pk__in=InspectionMember.objects.filter(user_id=getattr(user, "pk", None)).values("inspection_id"))
        found = self.filter(reach(user, right, named=named))
        hidden = getattr(user, "role", "") in FIRM
        return found.filter(state=VisitState.DONE) if hidden else found

    def named_in(self, user: User) -> InspectionQuerySet:
        """Visits whose team names the person."""
        return self.filter(pk__in=InspectionMember.objects.filter(user_id=user.pk).values("inspection_id"))

    def open(self) -> InspectionQuerySet:
        """Planned or under way."""
        return self.filter(state__in=OPEN_VISITS)


class Inspection(models.Model):
    """One visit. `uid` is made by whoever creates it, so that a phone without signal may: sent twice it is one visit.

    `client_*` is what the phone's clock said; `clock_skew` (seconds, phone minus server when first sent) beyond
    `SKEW_TOLERATED` is flagged and nothing else. A position is taken at the start and with evidence, never between.
    """

    class Kind(models.TextChoices):
        ADMINISTRATIVE = "administrative", "行政检查"
        PATROL = "patrol", "巡查（服务指导）"

    class Mode(models.TextChoices):
        DAILY = "daily", "日常"
        SPECIAL = "special", "专项"
        SURPRISE = "surprise", "四不两直"
        COVERT = "covert", "明查暗访"
        CROSS = "cross", "交叉"
        RANDOM = "random", "双随机"
        RECHECK = "recheck", "复查"

    uid = models.UUIDField("标识", unique=True, default=uuid.uuid4)
    kind = models.CharField("性质", max_length=16, choices=Kind, default=Kind.PATROL)
    mode = models.CharField("方式", max_length=10, choices=Mode, default=Mode.DAILY)
    state = models.CharField("状态", max_length=12, choices=VisitState, default=VisitState.PLANNED)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="inspections", verbose_name="被检查单位")
    area_path = models.CharField("区域路径", max_length=60, db_collation="C", editable=False)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, related_name="+", verbose_name="行业领域")
    department = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, related_name="supervised_inspections", verbose_name="监管部门"
    )
    by_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="检查单位")
    checklist = models.ForeignKey(
        "inspections.ChecklistVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查表"
    )
    campaign = models.ForeignKey(
        "inspections.Campaign", models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="专项整治"
    )
    planned_on = models.DateField("计划日期", null=True, blank=True)
    place = models.CharField("检查场所", max_length=200, blank=True)
    contact = models.CharField("现场负责人", max_length=30, blank=True)
    contact_title = models.CharField("职务", max_length=30, blank=True)
    contact_phone = models.CharField("电话", max_length=30, blank=True)
    summary = models.TextField("检查情况", max_length=2000, blank=True)
    started_at = models.DateTimeField("开始时间", null=True)
    finished_at = models.DateTimeField("结束时间", null=True)
    client_started_at = models.DateTimeField("手机记录的开始时间", null=True)
    client_finished_at = models.DateTimeField("手机记录的结束时间", null=True)
    received_at = models.DateTimeField("服务器收到时间", null=True)
    clock_skew = models.IntegerField("手机时钟偏差（秒）", default=0)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    follows = models.ForeignKey(
        "inspections.InspectionPaper", models.PROTECT, null=True, related_name="rechecks", verbose_name="所复查的文书"
    )
    item_count = models.PositiveSmallIntegerField("检查项数", default=0, editable=False)
    bad_count = models.PositiveSmallIntegerField("不合格项数", default=0, editable=False)
    created_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    created_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["area_path", "-created_at"], name="inspection_area_newest"),
            models.Index(fields=["unit", "-created_at"], name="inspection_unit_newest"),
            models.Index(fields=["-created_at", "-id"], name="inspection_newest"),
            models.Index(fields=["planned_on"], name="inspection_planned", condition=Q(state="planned")),
            models.Index(fields=["state", "finished_at"], name="inspection_finished"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="done") | Q(finished_at__isnull=False), name="inspection_done_has_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()}{self.get_kind_display()} {self.unit.name}"

    def get_absolute_url(self) -> str:
        """The visit's page."""
        return reverse("inspection-detail", args=[self.pk])

    @property
    def has_wrong_clock(self) -> bool:
        """The phone's clock was off by more than five minutes."""
        return abs(self.clock_skew) > SKEW_TOLERATED


class InspectionMember(models.Model):
    """A person of the team; the certificate is copied as it stood when the visit began."""

    class Part(models.TextChoices):
        LEAD = "lead", "组长"
        MEMBER = "member", "组员"
        LEADER = "leader", "带队领导"
        EXPERT = "expert", "专家"

    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="members", verbose_name="检查")
    user = models.ForeignKey("units.User", models.PROTECT, related_name="inspection_parts", verbose_name="人员")
    part = models.CharField("分工", max_length=8, choices=Part, default=Part.MEMBER)
    unit_name = models.CharField("单位", max_length=120, blank=True)
    certificate_number = models.CharField("执法证号", max_length=40, blank=True)
    certificate_until = models.DateField("执法证有效期止", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "检查人员"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["inspection", "user"], name="inspection_member_once")]

    def __str__(self) -> str:
        return f"{self.user.name}（{self.get_part_display()}）"


class ItemResult(models.Model):
    """What was found at one item, or a finding of its own (`item` None).

    `revision` rises with every change: a device sends the revision it knew, an older one with other content is a
    conflict (409) and not overwritten. `hazard` is what a 不合格 became; of a 复查, the hazard looked at again.
    """

    class Outcome(models.TextChoices):
        OK = "ok", "合格"
        BAD = "bad", "不合格"
        NA = "na", "不涉及"

    uid = models.UUIDField("标识", unique=True, default=uuid.uuid4)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="results", verbose_name="检查")
    item = models.ForeignKey(
        "inspections.ChecklistItem", models.PROTECT, null=True, related_name="+", verbose_name="检查项"
    )
    text = models.CharField("检查内容", max_length=300, blank=True)
    outcome = models.CharField("结果", max_length=4, choices=Outcome, blank=True)
    note = models.CharField("情况说明", max_length=500, blank=True)
    level = models.CharField("等级", max_length=8, choices=Level, blank=True)
    level_reason = models.CharField("定级理由", max_length=500, blank=True)
    criterion = models.ForeignKey(
        "hazards.CriterionItem", models.PROTECT, null=True, related_name="+", verbose_name="判定依据"
    )
    is_fixed_on_spot = models.BooleanField("当场整改", default=False)
    due_on = models.DateField("整改期限", null=True)
    no_photo_reason = models.CharField("无照片原因", max_length=200, blank=True)
    hazard = models.ForeignKey(
        "hazards.Hazard", models.PROTECT, null=True, related_name="inspection_results", verbose_name="隐患"
    )
    carried_over = models.BooleanField("复查结果已记入隐患", default=False)
    recorded_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="记录人")
    recorded_at = models.DateTimeField("记录时间", default=clock.now)
    client_at = models.DateTimeField("手机记录时间", null=True)
    revision = models.PositiveIntegerField("修订", default=0)

    class Meta:
        verbose_name = verbose_name_plural = "检查结果"
        ordering = ("item__number", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "item"], condition=Q(item__isnull=False), name="item_result_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.text} {self.get_outcome_display()}"


class ResultPhoto(models.Model):
    """A photo of a finding; the same bytes stand once at a result and stage however often they are sent."""

    class Stage(models.TextChoices):
        BEFORE = "before", "发现时"
        AFTER = "after", "整改后"

    result = models.ForeignKey(ItemResult, models.CASCADE, related_name="photos", verbose_name="检查结果")
    attachment = models.ForeignKey("evidence.Attachment", models.PROTECT, related_name="+", verbose_name="照片")
    sha256 = models.CharField("SHA-256", max_length=64)
    stage = models.CharField("阶段", max_length=8, choices=Stage, default=Stage.BEFORE)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True)
    client_at = models.DateTimeField("手机记录时间", null=True)
    created_at = models.DateTimeField("收到时间", default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "检查照片"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["result", "sha256", "stage"], name="result_photo_once")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.sha256[:12]}"


class Signature(models.Model):
    """Who signed the record: drawn on glass, or typed with the reason why not drawn; a refusal is recorded as such.

    安全生产法 Art.68: whoever refuses to sign is noted, with the reason, and the visit stands.
    """

    class Party(models.TextChoices):
        INSPECTOR = "inspector", "检查人员"
        SITE = "site", "现场负责人"
        WITNESS = "witness", "见证人"

    uid = models.UUIDField("标识", unique=True, default=uuid.uuid4)
    inspection = models.ForeignKey(Inspection, models.CASCADE, related_name="signatures", verbose_name="检查")
    party = models.CharField("签名方", max_length=10, choices=Party)
    user = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="检查人员")
    name = models.CharField("姓名", max_length=30)
    picture = models.ForeignKey(
        "evidence.Attachment", models.PROTECT, null=True, related_name="+", verbose_name="手写签名"
    )
    typed_reason = models.CharField("未手写的原因", max_length=200, blank=True)
    is_refused = models.BooleanField("拒绝签名", default=False)
    refusal_reason = models.CharField("拒签情况", max_length=300, blank=True)
    signed_at = models.DateTimeField("签名时间", default=clock.now)
    client_at = models.DateTimeField("手机记录时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "签名"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_party_display()} {self.name}"
