"""挂牌督办、挂账督办: a hazard under government supervision from proposal to delisting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common import clock
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class ListingState(models.TextChoices):
    """Lifecycle of a listing."""

    PROPOSED = "proposed", "待审批"
    REJECTED = "rejected", "未批准"
    APPROVED = "approved", "已批准待送达"
    SERVED = "served", "已送达待报方案"
    TREATING = "treating", "督办整治中"
    ACCEPTANCE = "acceptance", "申请验收"
    ACCEPTED = "accepted", "验收通过待摘牌"
    DELISTED = "delisted", "已摘牌"


LIVE_STATES = ("proposed", "approved", "served", "treating", "acceptance", "accepted")
FORCE_STATES = ("approved", "served", "treating", "acceptance", "accepted")


class ListingQuerySet(models.QuerySet["Listing"]):
    """Reads over listings."""

    def for_user(self, user: User, right: str = Right.READ_HAZARD) -> ListingQuerySet:
        """Listings of hazards in reach; an enterprise sees its own once approved."""
        columns = {"unit": "hazard__unit_id", "department": "department_id", "sector": "hazard__sector_id"}
        named = Q(hazard__reported_by=user) if getattr(user, "pk", None) else None
        visible = self.filter(reach(user, right, named=named, **columns))
        if getattr(user, "role", "") in ("principal", "safety"):
            visible = visible.exclude(state__in=("proposed", "rejected"))
        return visible

    def live(self) -> ListingQuerySet:
        """Proposed or in force."""
        return self.filter(state__in=LIVE_STATES)

    def in_force(self) -> ListingQuerySet:
        """Approved and not yet delisted."""
        return self.filter(state__in=FORCE_STATES)


class ListingBatch(models.Model):
    """第N批: listings with one notice and a joint progress table."""

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    number = models.PositiveSmallIntegerField("批次")

    class Meta:
        verbose_name = verbose_name_plural = "挂牌批次"
        ordering = ("-year", "-number")
        constraints = [models.UniqueConstraint(fields=["office", "year", "number"], name="listing_batch_once")]

    def __str__(self) -> str:
        return f"{self.year}年第{self.number}批"


class Listing(models.Model):
    """One listing of one hazard; at most one is live per hazard (database constraint)."""

    class Kind(models.TextChoices):
        KEY = "key", "挂账督办"
        MAJOR = "major", "挂牌督办"
        FIRE = "fire", "挂牌督办（消防）"

    class Tier(models.TextChoices):
        STREET = "street", "街道级"
        COUNTY = "county", "县（市、区）级"
        CITY = "city", "市（州）级"
        PROVINCE = "province", "省级"

    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="listings")
    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="督办单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    kind = models.CharField("种类", max_length=8, choices=Kind)
    tier = models.CharField("级别", max_length=10, choices=Tier, default=Tier.STREET)
    state = models.CharField("状态", max_length=12, choices=ListingState, default=ListingState.PROPOSED)
    batch = models.ForeignKey(ListingBatch, models.PROTECT, null=True, blank=True, related_name="listings")
    department = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="督办部门")
    leader = models.CharField("督办领导", max_length=30, blank=True)
    reason = models.CharField("提请理由", max_length=500)
    proposed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="提请人")
    proposed_at = models.DateTimeField("提请时间", default=clock.now)
    opinion = models.CharField("部门会审意见", max_length=500, blank=True)
    opinion_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    number = models.CharField("督办通知书文号", max_length=60, unique=True, null=True)
    approved_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="批准人")
    approved_at = models.DateTimeField("批准时间", null=True)
    finish_by = models.DateTimeField("督办整改期限", null=True)
    serve_by = models.DateTimeField("应送达时间", null=True)
    served_at = models.DateTimeField("送达时间", null=True)
    publish_by = models.DateTimeField("应公示时间", null=True)
    published_at = models.DateTimeField("公示时间", null=True)
    plan_due_at = models.DateTimeField("治理方案报送期限", null=True)
    next_report_at = models.DateTimeField("下次进展报告期限", null=True)
    missed_reports = models.PositiveSmallIntegerField("未按期报告次数", default=0)
    accept_by = models.DateTimeField("应组织验收时间", null=True)
    accepted_at = models.DateTimeField("验收通过时间", null=True)
    accepted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    delist_number = models.CharField("摘牌通知文号", max_length=60, unique=True, null=True)
    delisted_at = models.DateTimeField("摘牌时间", null=True)
    delist_publish_by = models.DateTimeField("摘牌应公示时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "挂牌督办"
        ordering = ("-proposed_at", "-pk")
        constraints = [
            models.UniqueConstraint(fields=["hazard"], condition=Q(state__in=LIVE_STATES), name="listing_one_live"),
        ]
        indexes = [
            models.Index(fields=["area_path", "state"], name="listing_area_state"),
            models.Index(fields=["next_report_at"], name="listing_next_report", condition=Q(next_report_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number or '（待编号）'} {self.get_kind_display()}"


class ListingEvent(models.Model):
    """One thing that happened to a listing; append-only. `data` keeps what was typed."""

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="events")
    at = models.DateTimeField("时间")
    action = models.CharField("动作", max_length=30)
    label = models.CharField("名称", max_length=40)
    source = models.CharField("原状态", max_length=12, blank=True)
    target = models.CharField("新状态", max_length=12, blank=True)
    actor = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField("办理人", max_length=60)
    actor_hat = models.CharField("办理身份", max_length=160, blank=True)
    note = models.TextField("说明", blank=True)
    data = models.JSONField("内容", default=dict)
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = "挂牌事件"
        ordering = ("listing_id", "pk")
