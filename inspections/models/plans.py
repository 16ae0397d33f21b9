"""检查计划: yearly and monthly, its matters in the layout offices publish (domain-rules §6), its planned visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from inspections.models.scoping import owned
from inspections.models.visits import Inspection, VisitState
from units.roles import Right

if TYPE_CHECKING:
    from units.models import User

MONTHS = [(month, f"{month}月") for month in range(1, 13)]


class InspectionPlanQuerySet(models.QuerySet["InspectionPlan"]):
    """Reads over plans."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> InspectionPlanQuerySet:
        """Plans of the own area; a department its own and those that name it or its people."""
        hat = getattr(user, "hat", None)
        bodies = PlanMatter.objects.filter(body_id=hat.unit_id if hat else None).values("plan_id")
        named = PlannedVisit.objects.filter(inspector_id=getattr(user, "pk", None)).values("plan_id")
        return self.filter(owned(user, right, named=Q(pk__in=bodies) | Q(pk__in=named)))


class InspectionPlan(models.Model):
    """What a unit means to inspect in a year or, with `month`, in a month. Rows change while it is drafted only."""

    class State(models.TextChoices):
        DRAFT = "draft", "编制中"
        SUBMITTED = "submitted", "待审批"
        APPROVED = "approved", "已批准"
        VOID = "void", "作废"

    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="编制单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    kind = models.CharField("性质", max_length=16, choices=Inspection.Kind)
    year = models.PositiveSmallIntegerField("年度")
    month = models.PositiveSmallIntegerField("月份", null=True, blank=True, choices=MONTHS)
    title = models.CharField("名称", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    people = models.ManyToManyField("units.User", related_name="+", verbose_name="检查人员")
    drafted_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="编制人")
    drafted_at = models.DateTimeField("编制时间", default=clock.now)
    submitted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="送审人")
    approved_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审批人")
    approved_at = models.DateTimeField("批准时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = InspectionPlanQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "检查计划"
        ordering = ("-year", "-month", "-pk")
        indexes = [models.Index(fields=["area_path", "-year"], name="plan_area_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "kind", "year", "month"],
                condition=~Q(state="void"),
                name="plan_once_a_period",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(month__isnull=True) | Q(month__range=(1, 12)), name="plan_month"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The plan's page."""
        return reverse("plan", args=[self.pk])


class InspectionPlanEvent(RecordEvent):
    """One thing that happened to a plan."""

    inspectionplan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "计划事件"


class PlanMatter(models.Model):
    """One row of the plan as it is published: what is inspected on which basis, of whom how many, how, when, by whom.

    `target` is the share of the matter's enterprises to be visited in the period, in percent (特种设备使用单位 20,
    重点单位 50, 生产充装检验机构 100; 禄脿 task 15). Its enterprises are those of the sector with the flag; where a list
    decides (重点监督检查单位), the named ones.
    """

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="matters", verbose_name="计划")
    position = models.PositiveSmallIntegerField("序号")
    matter = models.CharField("检查事项", max_length=200)
    basis = models.CharField("实施依据", max_length=300)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, blank=True, verbose_name="行业领域")
    flag = models.CharField("对象特征", max_length=30, blank=True)
    named = models.ManyToManyField("units.Unit", blank=True, related_name="+", verbose_name="指定企业")
    target = models.PositiveSmallIntegerField("抽查比例（%）", default=100)
    content = models.CharField("检查内容（项目）", max_length=500, blank=True)
    mode = models.CharField("检查方式", max_length=10, choices=Inspection.Mode, default=Inspection.Mode.DAILY)
    schedule = models.CharField("检查时间安排", max_length=100, blank=True)
    body = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="承办机构")
    is_joint = models.BooleanField("属跨部门联合检查", default=False)
    remark = models.CharField("备注", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计划事项"
        ordering = ("plan", "position")
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="matter_position_once"),
            models.CheckConstraint(condition=Q(target__range=(1, 100)), name="matter_target_percent"),
        ]

    def __str__(self) -> str:
        return self.matter


class PlannedVisitQuerySet(models.QuerySet["PlannedVisit"]):
    """Reads over planned visits."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> PlannedVisitQuerySet:
        """Those of the plans the user may read."""
        return self.filter(plan__in=InspectionPlan.objects.for_user(user, right))

    def with_done(self) -> PlannedVisitQuerySet:
        """With `is_done`: a visit of the enterprise was finished in the planned month, by whomever; a 复查 is none."""
        visits = Inspection.objects.filter(
            unit=OuterRef("unit"),
            state=VisitState.DONE,
            finished_at__year=OuterRef("plan__year"),
            finished_at__month=OuterRef("month"),
        ).exclude(mode=Inspection.Mode.RECHECK)
        return self.annotate(is_done=Exists(visits))

    def in_force(self) -> PlannedVisitQuerySet:
        """Those of approved plans; a year's give way to the approved plan of their month, which took them over."""
        monthly = InspectionPlan.objects.filter(
            owner=OuterRef("plan__owner"),
            kind=OuterRef("plan__kind"),
            year=OuterRef("plan__year"),
            month=OuterRef("month"),
            state=InspectionPlan.State.APPROVED,
        )
        standing = self.filter(plan__state=InspectionPlan.State.APPROVED)
        return standing.filter(Q(plan__month__isnull=False) | ~Exists(monthly))


class PlannedVisit(models.Model):
    """An enterprise to be visited in a month; whether it was is read from the visits, never stored."""

    plan = models.ForeignKey(InspectionPlan, models.CASCADE, related_name="visits", verbose_name="计划")
    matter = models.ForeignKey(PlanMatter, models.CASCADE, related_name="visits", verbose_name="事项")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="企业")
    month = models.PositiveSmallIntegerField("月份", choices=MONTHS)
    inspector = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="检查人员"
    )

    objects = PlannedVisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "计划检查"
        ordering = ("plan", "month", "pk")
        indexes = [models.Index(fields=["plan", "month"], name="plannedvisit_month")]
        constraints = [models.UniqueConstraint(fields=["matter", "unit", "month"], name="planned_once_a_month")]

    def __str__(self) -> str:
        return f"{self.unit} {self.month}月"
