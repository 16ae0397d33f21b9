"""挂牌督办、挂账督办: a hazard under government supervision from proposal to delisting."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.roles import FIRM, Right
from units.scope import NOTHING, reach

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
    ACCEPTED = "accepted", "验收通过待解除"
    DELISTED = "delisted", "已解除督办"


LIVE_STATES = ("proposed", "approved", "served", "treating", "acceptance", "accepted")
FORCE_STATES = ("approved", "served", "treating", "acceptance", "accepted")
ENDINGS = {"key": "销账", "major": "摘牌", "fire": "整改销案"}  # how each kind ends, in the words of its papers


class ListingQuerySet(models.QuerySet["Listing"]):
    """Reads over listings."""

    def for_user(self, user: User, right: str = Right.READ_HAZARD) -> ListingQuerySet:
        """Listings of hazards in reach; an enterprise sees its own once approved."""
        columns = {"unit": "hazard__unit_id", "department": "department_id", "sector": "hazard__sector_id"}
        visible = self.filter(reach(user, right, named=NOTHING, **columns))
        return visible.in_force_or_past() if getattr(user, "role", "") in FIRM else visible

    def in_force_or_past(self) -> ListingQuerySet:
        """What was approved, delisted ones included."""
        return self.exclude(state__in=(ListingState.PROPOSED, ListingState.REJECTED))

    def public(self, at: datetime | None = None) -> ListingQuerySet:
        """On the public page now: published there and not withdrawn, nor past its last day."""
        moment = at or clock.now()
        shown = Q(public_until=None) | Q(public_until__gt=moment)
        return self.in_force_or_past().filter(shown, public_from__lte=moment)

    def live(self) -> ListingQuerySet:
        """Proposed or in force."""
        return self.filter(state__in=LIVE_STATES)

    def in_force(self) -> ListingQuerySet:
        """Approved and not yet delisted."""
        return self.filter(state__in=FORCE_STATES)


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
    batch = models.ForeignKey(
        "supervision.ListingBatch", models.PROTECT, null=True, blank=True, related_name="listings"
    )
    department = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="督办部门")
    leader = models.CharField("督办领导", max_length=30, blank=True)
    reason = models.CharField("提请理由", max_length=500)
    proposed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="提请人")
    proposed_at = models.DateTimeField("提请时间", default=clock.now)
    opinion = models.CharField("部门会审意见", max_length=500, blank=True)
    opinion_at = models.DateTimeField("会审时间", null=True)
    opinion_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=80, unique=True, null=True, editable=False)
    decider = models.CharField("由谁决定", max_length=8, blank=True, default="")
    number = models.CharField("督办通知书文号", max_length=60, unique=True, null=True)
    approved_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="批准人")
    approved_at = models.DateTimeField("批准时间", null=True)
    finish_by = models.DateTimeField("督办整改期限", null=True)
    serve_by = models.DateTimeField("应送达时间", null=True)
    served_at = models.DateTimeField("送达时间", null=True)
    receiver = models.CharField("签收人", max_length=60, blank=True)
    publish_by = models.DateTimeField("应公示时间", null=True)
    published_at = models.DateTimeField("公示时间", null=True)
    published_in = models.CharField("公示载体", max_length=200, blank=True)
    public_from = models.DateTimeField("网上公示起", null=True)
    public_until = models.DateTimeField("网上公示止", null=True)
    public_unit = models.CharField("公示单位名称", max_length=80, blank=True)
    public_text = models.CharField("公示内容", max_length=500, blank=True)
    plan_due_at = models.DateTimeField("治理方案报送期限", null=True)
    next_report_at = models.DateTimeField("下次进展报告期限", null=True)
    missed_reports = models.PositiveSmallIntegerField("未按期报告次数", default=0)
    report_from = models.DateTimeField("本期报告起算", null=True)
    accept_by = models.DateTimeField("应组织验收时间", null=True)
    accepted_at = models.DateTimeField("验收通过时间", null=True)
    accepted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    delist_number = models.CharField("解除督办通知文号", max_length=60, unique=True, null=True)
    delisted_at = models.DateTimeField("解除督办时间", null=True)
    delist_publish_by = models.DateTimeField("解除督办应公示时间", null=True)
    delist_published_at = models.DateTimeField("解除督办公示时间", null=True)
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
            models.Index(fields=["-public_from"], name="listing_public", condition=Q(public_from__isnull=False)),
            models.Index(
                fields=["next_report_at"], name="listing_next_report", condition=Q(next_report_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or '（待编号）'} {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        """The listing's page."""
        return reverse("listing-detail", args=[self.pk])

    @property
    def unit_id(self) -> int:
        """The responsible unit, as the read scope asks for it."""
        return self.hazard.unit_id

    @property
    def sector_id(self) -> int | None:
        """The hazard's sector, as the read scope asks for it."""
        return self.hazard.sector_id

    @property
    def deadline(self) -> datetime | None:
        """Until when the treatment must be finished now: the term, or the deadline an extension has put in its place."""
        return self.hazard.due_at if self.approved_at else None

    @property
    def is_public(self) -> bool:
        """On the public page now."""
        now = clock.now()
        return bool(self.public_from and self.public_from <= now and (not self.public_until or self.public_until > now))

    @property
    def is_in_force(self) -> bool:
        """Approved and not yet delisted."""
        return self.state in FORCE_STATES

    @property
    def word(self) -> str:
        """挂牌 or 挂账."""
        return "挂账" if self.kind == self.Kind.KEY else "挂牌"

    @property
    def supervision(self) -> str:
        """挂账督办; 挂牌督办; of 重大火灾隐患 政府挂牌督办."""
        return "政府挂牌督办" if self.kind == self.Kind.FIRE else f"{self.word}督办"

    @property
    def danger(self) -> str:
        """What is listed, as the papers call it."""
        names = {self.Kind.KEY: "重点隐患", self.Kind.FIRE: "重大火灾隐患"}
        return names.get(self.Kind(self.kind), "重大事故隐患")

    @property
    def ending(self) -> str:
        """How it ends: 销账, 摘牌, of 重大火灾隐患 整改销案."""
        return ENDINGS[self.kind]

    @property
    def state_label(self) -> str:
        """The state in the words of its kind: 已摘牌, 已销账, 已整改销案."""
        said = {ListingState.ACCEPTED: f"验收通过待{self.ending}", ListingState.DELISTED: f"已{self.ending}"}
        return said.get(ListingState(self.state)) or str(self.get_state_display())

    @property
    def state_badge(self) -> str:
        """The code of the state's badge, in the words of its kind where they differ."""
        return (
            f"{self.kind}.{self.state}" if self.state in (ListingState.ACCEPTED, ListingState.DELISTED) else self.state
        )


class ListingFile(models.Model):
    """A file in its place in the listing: receipt of service, plan, progress, acceptance."""

    class Stage(models.TextChoices):
        SERVED = "served", "送达回执"
        PLAN = "plan", "治理方案"
        PROGRESS = "progress", "进展佐证"
        ACCEPTANCE = "acceptance", "验收材料"

    listing = models.ForeignKey(Listing, models.CASCADE, related_name="files")
    attachment = models.ForeignKey("evidence.Attachment", models.PROTECT, related_name="+")
    stage = models.CharField("环节", max_length=12, choices=Stage)
    created_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = verbose_name_plural = "挂牌佐证"
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["listing", "attachment", "stage"], name="listing_file_once")]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.attachment_id}"
