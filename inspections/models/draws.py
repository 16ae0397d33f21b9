"""双随机一公开: who must keep away from whom, the draw with everything it was drawn from, and what was drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from inspections.models.scoping import owned
from inspections.models.visits import Inspection
from units.roles import Right

if TYPE_CHECKING:
    from units.models import User


class ConflictQuerySet(models.QuerySet["ConflictDeclaration"]):
    """Reads over declared conflicts."""

    def for_user(self, user: User, right: str = Right.PLAN_INSPECTION) -> ConflictQuerySet:
        """Those of the area the user plans for, and everybody's own."""
        return self.filter(owned(user, right, named=Q(user_id=getattr(user, "pk", None))))

    def in_force(self) -> ConflictQuerySet:
        """Not withdrawn."""
        return self.filter(ended_at__isnull=True)


class ConflictDeclaration(models.Model):
    """回避申报: a person keeps away from an enterprise, or from every enterprise of a village (行政处罚法 Art.43)."""

    class Ground(models.TextChoices):
        RELATIVE = "relative", "亲属关系"
        VILLAGE = "village", "同村（社区）"
        WORKED = "worked", "曾在该单位任职"
        INTEREST = "interest", "其他利害关系"

    user = models.ForeignKey("units.User", models.CASCADE, related_name="conflicts", verbose_name="检查人员")
    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="所在单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    unit = models.ForeignKey("units.Unit", models.CASCADE, null=True, related_name="+", verbose_name="回避企业")
    village = models.ForeignKey(
        "units.Area", models.CASCADE, null=True, related_name="+", verbose_name="回避村（社区）"
    )
    ground = models.CharField("事由", max_length=10, choices=Ground)
    note = models.CharField("说明", max_length=200, blank=True)
    declared_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="申报人")
    declared_at = models.DateTimeField("申报时间", default=clock.now)
    ended_at = models.DateTimeField("撤销时间", null=True)

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "回避申报"
        ordering = ("-declared_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, village__isnull=True) | Q(unit__isnull=True, village__isnull=False),
                name="conflict_of_unit_or_village",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.get_ground_display()}"


class DrawQuerySet(models.QuerySet["RandomDraw"]):
    """Reads over draws."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> DrawQuerySet:
        """Draws of the own area, those that drew the person, for a department its own."""
        drawn = DrawnVisit.members.through.objects.filter(user_id=getattr(user, "pk", None)).values(
            "drawnvisit__draw_id"
        )
        return self.filter(owned(user, right, named=Q(pk__in=drawn)))

    def public(self) -> DrawQuerySet:
        """What everybody may read: published draws, and drawn ones voided afterwards, so that nobody draws until it suits."""
        return self.filter(Q(published_at__isnull=False) | Q(state=RandomDraw.State.VOID, drawn_at__isnull=False))


class RandomDraw(models.Model):
    """One draw of enterprises × inspectors. `given` is frozen when it is prepared, together with `commitment`, the SHA-256
    of a secret made in the same moment; the seed follows from both (`inspections.drawing`). The secret stays with the
    server until the draw and is public afterwards.
    """

    class State(models.TextChoices):
        PREPARED = "prepared", "待抽取"
        DRAWN = "drawn", "已抽取"
        PUBLISHED = "published", "已公示"
        VOID = "void", "作废"

    number = models.CharField("编号", max_length=40, unique=True)
    title = models.CharField("抽查事项", max_length=100)
    kind = models.CharField("性质", max_length=16, choices=Inspection.Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PREPARED)
    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="组织单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    check_by = models.DateField("检查完成期限")
    asked = models.PositiveSmallIntegerField("抽取企业数")
    team_size = models.PositiveSmallIntegerField("每组人数")
    algorithm = models.CharField("算法", max_length=30)
    given = models.JSONField("输入")
    digest = models.CharField("输入摘要", max_length=64)
    commitment = models.CharField("密钥摘要", max_length=64)
    secret = models.CharField("密钥", max_length=64)
    seed = models.CharField("种子", max_length=64, blank=True)
    result = models.JSONField("结果", default=list)
    prepared_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="编制人")
    prepared_at = models.DateTimeField("编制时间", default=clock.now)
    drawn_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间", null=True)
    published_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="公示人")
    published_at = models.DateTimeField("公示时间", null=True)
    void_reason = models.CharField("作废原因", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DrawQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "双随机抽取"
        ordering = ("-prepared_at", "-pk")
        indexes = [models.Index(fields=["area_path", "-prepared_at"], name="draw_area_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True, seed="") | Q(drawn_at__isnull=False) & ~Q(seed=""),
                name="draw_seed_with_result",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def get_absolute_url(self) -> str:
        """The draw's page."""
        return reverse("draw", args=[self.pk])

    @property
    def excluded(self) -> list[dict[str, object]]:
        """Candidates left out, with the reason."""
        return [row for row in self.given["enterprises"] if row["excluded"]]

    @property
    def candidates(self) -> list[dict[str, object]]:
        """Enterprises that could be drawn."""
        return [row for row in self.given["enterprises"] if not row["excluded"]]


class RandomDrawEvent(RecordEvent):
    """One thing that happened to a draw."""

    randomdraw = models.ForeignKey(RandomDraw, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "抽取事件"


class DrawnVisit(models.Model):
    """An enterprise drawn, with the people drawn for it and the visit it became."""

    draw = models.ForeignKey(RandomDraw, models.CASCADE, related_name="visits", verbose_name="抽取")
    position = models.PositiveSmallIntegerField("序号")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="企业")
    members = models.ManyToManyField("units.User", related_name="+", verbose_name="检查人员")
    inspection = models.OneToOneField(
        "inspections.Inspection", models.PROTECT, null=True, related_name="drawn", verbose_name="检查"
    )
    result_published_at = models.DateTimeField("结果公示时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "抽取结果"
        ordering = ("draw", "position")
        constraints = [models.UniqueConstraint(fields=["draw", "position"], name="drawn_position_once")]

    def __str__(self) -> str:
        return f"{self.draw.number} {self.position} {self.unit}"
