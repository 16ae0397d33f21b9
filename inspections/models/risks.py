"""风险点 of an enterprise with their four colours, and why its level or grade changed (双重预防机制; 茂林 6-7)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from hazards.models import Hazard
from hazards.models.hazard import OPEN, Level
from units.models import Enterprise, Unit
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User

Colour = Enterprise.Risk
DESCENDING = (Colour.RED, Colour.ORANGE, Colour.YELLOW, Colour.BLUE)
RANKS = {colour.value: rank for rank, colour in enumerate(DESCENDING)}
OF_FIRM = {"department": "unit__enterprise__department_id", "sector": "unit__enterprise__sector_id"}
RANKED = Case(*(When(level=colour, then=Value(rank)) for colour, rank in RANKS.items()), default=Value(9))


class RiskPointQuerySet(models.QuerySet["RiskPoint"]):
    """Reads over risk points."""

    def for_user(self, user: User, right: str = Right.READ_RECORD) -> RiskPointQuerySet:
        """Points of the enterprises the user's hat reaches."""
        return self.filter(reach(user, right, **OF_FIRM))

    def active(self) -> RiskPointQuerySet:
        """Points that still exist."""
        return self.filter(state=RiskPoint.State.ACTIVE)

    def overdue(self, on: date | None = None) -> RiskPointQuerySet:
        """Active points whose review date has passed."""
        return self.active().filter(review_on__lt=on or clock.today())

    def worst_first(self) -> RiskPointQuerySet:
        """By colour from red to blue, then by name."""
        return self.order_by("state", RANKED, "name", "pk")


class RiskPoint(models.Model):
    """One 风险点: where, what may happen, how bad, what holds it down and who answers for it.

    `review_on` is the day by which it is judged anew; passing it changes nothing but is shown and reminded.
    """

    class State(models.TextChoices):
        ACTIVE = "active", "管控中"
        RETIRED = "retired", "已消除"

    class Accident(models.TextChoices):
        """事故类型, the common ones of GB 6441."""

        FIRE = "fire", "火灾"
        EXPLOSION = "explosion", "爆炸"
        POISONING = "poisoning", "中毒窒息"
        ELECTRIC = "electric", "触电"
        FALL = "fall", "高处坠落"
        MACHINE = "machine", "机械伤害"
        LIFTING = "lifting", "起重伤害"
        COLLAPSE = "collapse", "坍塌"
        VEHICLE = "vehicle", "车辆伤害"
        SCALD = "scald", "灼烫"
        OTHER = "other", "其他伤害"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="risk_points", verbose_name="企业")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    state = models.CharField("状态", max_length=8, choices=State, default=State.ACTIVE)
    name = models.CharField("风险点名称", max_length=80)
    place = models.CharField("部位", max_length=100, blank=True)
    accident = models.CharField("可能导致的事故", max_length=12, choices=Accident)
    level = models.CharField("风险等级", max_length=8, choices=Colour)
    controls = models.TextField("管控措施", max_length=1000)
    emergency = models.CharField("应急处置措施", max_length=500, blank=True)
    owner = models.CharField("管控责任人", max_length=30)
    owner_post = models.CharField("责任人岗位", max_length=40, blank=True)
    review_on = models.DateField("下次复评日期")
    registered_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = RiskPointQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "风险点"
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["area_path", "state", "level"], name="riskpoint_area_level"),
            models.Index(fields=["unit", "state"], name="riskpoint_unit_state"),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_level_display()}）"

    def get_absolute_url(self) -> str:
        """The point's page."""
        return reverse("risk-point", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        """Whether the review is late."""
        return self.state == self.State.ACTIVE and self.review_on < clock.today()


class RiskPointEvent(RecordEvent):
    """One thing that happened to a risk point."""

    riskpoint = models.ForeignKey(RiskPoint, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "风险点事件"


class LevelChangeQuerySet(models.QuerySet["LevelChange"]):
    """Reads over the history of levels and grades."""

    def for_user(self, user: User, right: str = Right.READ_RECORD) -> LevelChangeQuerySet:
        """Changes of the enterprises the user's hat reaches."""
        return self.filter(reach(user, right, **OF_FIRM))


class LevelChange(models.Model):
    """Why the risk level or the grade of standardisation of an enterprise became what it is; written once with the change.

    The level itself stands in `units.Enterprise.risk`, the grade in `units.Enterprise.grade`: here is only the history.
    `by_rule` says that the points decided it, otherwise the person's `reason` did.
    """

    class Subject(models.TextChoices):
        RISK = "risk", "风险等级"
        GRADE = "grade", "标准化等级"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="level_changes", verbose_name="企业")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    subject = models.CharField("事项", max_length=8, choices=Subject)
    before = models.CharField("原等级", max_length=8, blank=True)
    after = models.CharField("新等级", max_length=8, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    by_rule = models.BooleanField("按规则", default=False)
    reason = models.CharField("理由", max_length=500)
    actor = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    actor_name = models.CharField("办理人姓名", max_length=60)
    actor_hat = models.CharField("办理身份", max_length=160, blank=True)
    at = models.DateTimeField("时间")

    objects = LevelChangeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "等级变动"
        ordering = ("-at", "-pk")
        indexes = [models.Index(fields=["unit", "subject", "-at"], name="levelchange_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.get_subject_display()} {self.before_label}→{self.after_label}"

    @property
    def before_label(self) -> str:
        """The former value in words."""
        return self._label(self.before)

    @property
    def after_label(self) -> str:
        """The new value in words."""
        return self._label(self.after)

    def _label(self, value: str) -> str:
        choices = Colour if self.subject == self.Subject.RISK else Enterprise.Grade
        return str(choices(value).label)


def with_rule_level(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """The units with `rule_level`: what the points say of the enterprise, one sub-query per colour and no join.

    The highest colour of its active points; red while a 重大隐患 is open; empty where it has no points, for nothing
    then speaks for a colour.
    """
    points = RiskPoint.objects.active().filter(unit=OuterRef("pk"))
    major = Hazard.objects.filter(OPEN, unit=OuterRef("pk"), level=Level.MAJOR, confirmed_at__isnull=False)
    cases = [When(Exists(major), then=Value(Colour.RED.value))]
    cases += [When(Exists(points.filter(level=colour)), then=Value(colour.value)) for colour in DESCENDING]
    return units.annotate(rule_level=Case(*cases, default=Value("")))


def differing(units: QuerySet[Unit]) -> QuerySet[Unit]:
    """Of units with `rule_level` those whose level is another."""
    return units.filter(~Q(rule_level=""), ~Q(rule_level=F("enterprise__risk")))
