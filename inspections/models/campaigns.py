"""专项整治: a campaign with its checklist and dates, and its ledger of objects, each with category, deadline and state (C9)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from inspections.models.scoping import owned
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Reads over campaigns."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> CampaignQuerySet:
        """Campaigns of the own area; a department or village also those that give it an object."""
        hat = getattr(user, "hat", None)
        given = CampaignObject.objects.filter(responsible_id=hat.unit_id if hat else None).values("campaign_id")
        above = Q(pk__in=())
        if hat and scope_of(hat.role, right) == Scope.VILLAGE:
            above = Q(
                pk__in=CampaignObject.objects.filter(area_path__startswith=hat.unit.area_path).values("campaign_id")
            )
        return self.filter(owned(user, right, named=Q(pk__in=given) | above))

    def with_progress(self) -> CampaignQuerySet:
        """With `total` objects taken in, how many are `done` and how many `late`."""
        counted = Q(objects_listed__isnull=False) & ~Q(objects_listed__state=CampaignObject.State.REMOVED)
        late = Q(objects_listed__in=CampaignObject.objects.overdue())
        return self.annotate(
            total=Count("objects_listed", filter=counted),
            done=Count("objects_listed", filter=Q(objects_listed__state=CampaignObject.State.DONE)),
            late=Count("objects_listed", filter=late),
        )


class Campaign(models.Model):
    """One 专项整治: title, basis, dates, checklist, and the categories its objects are sorted into.

    `mark` is what hazards carry of it, under the same id.
    """

    class Form(models.TextChoices):
        """Which ledger it keeps; the categories are the office's own words and start from these."""

        FOUR_LISTS = "four_lists", "非煤矿山“四个清单”"
        SELF_BUILT = "self_built", "自建房“一本账”"
        SCATTERED = "scattered", "“小散乱”关搬改"
        OTHER = "other", "其他专项"

    class State(models.TextChoices):
        RUNNING = "running", "整治中"
        CLOSED = "closed", "已结束"

    mark = models.OneToOneField(
        "hazards.CampaignMark", models.PROTECT, related_name="campaign", editable=False, verbose_name="专项标记"
    )
    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="牵头单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    title = models.CharField("名称", max_length=100)
    form = models.CharField("台账形式", max_length=12, choices=Form, default=Form.OTHER)
    categories = ArrayField(models.CharField(max_length=30), verbose_name="分类")
    basis = models.CharField("依据", max_length=300, blank=True)
    sector = models.ForeignKey(
        "units.Sector", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行业领域"
    )
    checklist = models.ForeignKey(
        "inspections.Checklist", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查表"
    )
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期")
    state = models.CharField("状态", max_length=8, choices=State, default=State.RUNNING)
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="建立人")
    created_at = models.DateTimeField("建立时间", default=clock.now)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "专项整治"
        ordering = ("-starts_on", "-pk")
        indexes = [models.Index(fields=["area_path", "-starts_on"], name="campaign_area_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=models.F("starts_on")), name="campaign_dates"),
            models.UniqueConstraint(fields=["owner", "title"], name="campaign_title_once"),
            models.CheckConstraint(condition=Q(pk=models.F("mark_id")), name="campaign_has_its_marks_id"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The campaign's ledger."""
        return reverse("campaign", args=[self.pk])


class CampaignObjectQuerySet(models.QuerySet["CampaignObject"]):
    """Reads over objects."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> CampaignObjectQuerySet:
        """Objects of the campaigns the user leads or oversees; a department or village its own of the others."""
        hat = getattr(user, "hat", None)
        mine = Q(responsible_id=hat.unit_id) if hat else Q(pk__in=())
        if hat and scope_of(hat.role, right) == Scope.VILLAGE:
            mine |= Q(area_path__startswith=hat.unit.area_path)
        if hat is None or scope_of(hat.role, right) is None:
            return self.none()
        leading = Campaign.objects.filter(owned(user, right))
        return self.filter(Q(campaign__in=leading) | mine)

    def overdue(self) -> CampaignObjectQuerySet:
        """Not finished and past its deadline."""
        return self.filter(state__in=OPEN, deadline__lt=clock.today())


class CampaignObject(models.Model):
    """One object of a campaign: an enterprise or a building, category, deadline, who sees to it, how far it is.

    `mark` is what a row of a sheet is known again by: name and address within the campaign.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "待整治"
        TREATING = "treating", "整治中"
        DONE = "done", "已完成"
        REMOVED = "removed", "不纳入"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="objects_listed", verbose_name="专项整治")
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="campaign_objects", verbose_name="企业"
    )
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    name = models.CharField("对象名称", max_length=120)
    address = models.CharField("地址", max_length=200, blank=True)
    category = models.CharField("分类", max_length=30)
    measure = models.CharField("整治措施", max_length=500, blank=True)
    responsible = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="责任单位")
    person = models.CharField("责任人", max_length=30, blank=True)
    deadline = models.DateField("完成时限")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    progress = models.CharField("进展", max_length=500, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    mark = models.CharField(max_length=64, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField("更新时间", default=clock.now, editable=False)

    objects = CampaignObjectQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "整治对象"
        ordering = ("deadline", "pk")
        indexes = [models.Index(fields=["campaign", "state", "deadline"], name="campaignobject_state")]
        constraints = [models.UniqueConstraint(fields=["campaign", "mark"], name="campaign_object_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The object's page."""
        return reverse("campaign-object", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        """Not finished and past its deadline."""
        return self.state in OPEN and self.deadline < clock.today()


OPEN = (CampaignObject.State.WAITING, CampaignObject.State.TREATING)
CATEGORIES: dict[str, list[str]] = {
    Campaign.Form.FOUR_LISTS: ["达标保留", "改造升级", "整合重组", "淘汰关闭"],
    Campaign.Form.SELF_BUILT: ["安全", "一般隐患", "严重隐患", "用作经营"],
    Campaign.Form.SCATTERED: ["关停取缔", "搬迁入园", "规范改造"],
    Campaign.Form.OTHER: ["重点", "一般"],
}


class CampaignObjectEvent(RecordEvent):
    """One thing that happened to an object."""

    campaignobject = models.ForeignKey(CampaignObject, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "整治对象事件"
