"""危险作业报备: a dangerous work, its crew, its five steps, its gas readings (禄脿 16; domain-rules §7)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from inspections import gas
from units.models import Enterprise
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class WorkKind(models.TextChoices):
    """The kinds that are reported before they begin."""

    HOT = "hot", "动火"
    CONFINED = "confined", "有限空间"
    HEIGHT = "height", "高处"
    LIFTING = "lifting", "吊装"
    POWER = "power", "临时用电"
    EARTH = "earth", "动土"
    ROAD = "road", "断路"
    BLIND = "blind", "盲板抽堵"
    BLAST = "blast", "爆破"
    DEMOLITION = "demolition", "拆除"


# Whoever does these holds a certificate of special work (特种作业目录; 爆破作业人员许可证).
CERTIFIED = frozenset({WorkKind.HOT, WorkKind.HEIGHT, WorkKind.LIFTING, WorkKind.POWER, WorkKind.BLAST})


class WorkState(models.TextChoices):
    """Where the work stands. Overrunning is computed, never a state."""

    FILED = "filed", "已报备"
    WORKING = "working", "作业中"
    HALTED = "halted", "暂停作业"
    FINISHED = "finished", "已完工验收"
    CANCELLED = "cancelled", "已取消"


OPEN_STATES = (WorkState.FILED, WorkState.WORKING, WorkState.HALTED)


class HazardousWorkQuerySet(models.QuerySet["HazardousWork"]):
    """Reads over dangerous works."""

    def for_user(self, user: User, right: str = Right.READ_RECORD) -> HazardousWorkQuerySet:
        """Works of the enterprises the user's hat reaches."""
        return self.filter(reach(user, right))

    def open(self) -> HazardousWorkQuerySet:
        """Reported and neither finished nor cancelled."""
        return self.filter(state__in=OPEN_STATES)

    def working(self) -> HazardousWorkQuerySet:
        """Going on now."""
        return self.filter(state=WorkState.WORKING)

    def overrun(self, now: datetime | None = None) -> HazardousWorkQuerySet:
        """Still going on after the reported end."""
        return self.filter(OVERRUN_STATES, ends_at__lt=now or clock.now())

    def on(self, day: date) -> HazardousWorkQuerySet:
        """Works whose reported time touches this day."""
        return self.filter(starts_at__lte=clock.end_of(day), ends_at__gte=clock.midnight(day))


OVERRUN_STATES = Q(state__in=(WorkState.WORKING, WorkState.HALTED))


class HazardousWork(models.Model):
    """A dangerous work as reported: what, where, when, by whom, guarded by whom.

    The columns `area_path`, `department` and `sector` copy the enterprise's for the read scope. `once` makes a report that
    is sent twice one report.
    """

    class Grade(models.TextChoices):
        SPECIAL = "special", "特级"
        FIRST = "1", "一级"
        SECOND = "2", "二级"
        THIRD = "3", "三级"
        NONE = "", "不分级"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="hazardous_works", verbose_name="企业")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    department = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", editable=False)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, related_name="+", editable=False)
    kind = models.CharField("作业类型", max_length=12, choices=WorkKind)
    grade = models.CharField("作业级别", max_length=8, choices=Grade, blank=True)
    state = models.CharField("状态", max_length=12, choices=WorkState, default=WorkState.FILED)
    content = models.CharField("作业内容", max_length=300)
    place = models.CharField("作业地点", max_length=120)
    latitude = models.DecimalField("纬度", max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField("经度", max_digits=9, decimal_places=6, null=True, blank=True)
    starts_at = models.DateTimeField("计划开始")
    ends_at = models.DateTimeField("计划结束")
    contractor = models.CharField("作业单位", max_length=120, help_text="本单位自行作业的填写本单位名称")
    qualification = models.CharField("作业单位资质", max_length=160, blank=True)
    measures = models.TextField("安全措施", max_length=1000)
    equipment = models.CharField("应急器材", max_length=300)
    manager = models.CharField("现场安全管理人员", max_length=30)
    short_notice_reason = models.CharField("临时报备理由", max_length=200, blank=True)
    regulator = models.ForeignKey(
        "units.User", models.PROTECT, null=True, related_name="+", verbose_name="到场监管人员"
    )
    regulator_at = models.DateTimeField("监管人员到场时间", null=True)
    halted_by_gas = models.BooleanField(default=False, editable=False)
    overrun_told_for = models.DateTimeField(null=True, editable=False)
    filed_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="报备人")
    filed_at = models.DateTimeField("报备时间", default=clock.now)
    started_at = models.DateTimeField("实际开始", null=True)
    finished_at = models.DateTimeField("完工验收时间", null=True)
    once = models.UUIDField(unique=True, null=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = HazardousWorkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "危险作业"
        ordering = ("-starts_at", "-pk")
        indexes = [
            models.Index(fields=["area_path", "-starts_at"], name="work_area_start"),
            models.Index(fields=["unit", "-starts_at"], name="work_unit_start"),
            models.Index(fields=["ends_at"], condition=Q(state__in=("working", "halted")), name="work_running_end"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=models.F("starts_at")), name="work_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}作业 {self.place}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the scope from the enterprise when it is first stored."""
        if self._state.adding:
            firm = Enterprise.objects.filter(unit=self.unit_id).first()
            self.area_path = self.unit.area_path
            self.department_id = firm.department_id if firm else None
            self.sector_id = firm.sector_id if firm else None
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The work's page."""
        return reverse("hazardous-work-detail", args=[self.pk])

    @property
    def is_overrun(self) -> bool:
        """Still going on after the reported end."""
        return self.state in (WorkState.WORKING, WorkState.HALTED) and self.ends_at < clock.now()

    @property
    def needs_gas(self) -> bool:
        """Whether the air is measured before anybody goes in (先通风、再检测、后作业)."""
        return self.kind == WorkKind.CONFINED


class WorkStep(models.Model):
    """One of the five steps: when, who, with which photos. The last record of a step counts."""

    class Code(models.TextChoices):
        APPROVED = "approved", "方案审批"
        BRIEFED = "briefed", "技术交底"
        STARTED = "started", "作业规范"
        GUARDED = "guarded", "现场监护"
        ACCEPTED = "accepted", "完工验收"

    hazardouswork = models.ForeignKey(HazardousWork, models.CASCADE, related_name="steps")
    code = models.CharField("步骤", max_length=10, choices=Code)
    at = models.DateTimeField("时间")
    person = models.CharField("责任人", max_length=30)
    note = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="登记人")
    photos = models.ManyToManyField("evidence.Attachment", blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "作业步骤"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_code_display()} {self.person}"


class WorkCrew(models.Model):
    """Somebody who works, guards or commands; with the certificate the kind of work asks for."""

    class Post(models.TextChoices):
        WORKER = "worker", "作业人"
        GUARDIAN = "guardian", "监护人"
        COMMANDER = "commander", "指挥人"

    hazardouswork = models.ForeignKey(HazardousWork, models.CASCADE, related_name="crew")
    post = models.CharField("岗位", max_length=10, choices=Post)
    name = models.CharField("姓名", max_length=30)
    certificate = models.CharField("证书编号", max_length=40, blank=True)
    valid_until = models.DateField("证书有效期至", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "作业人员"
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.get_post_display()}{self.name}"


class GasReading(models.Model):
    """One measurement of the air. Oxygen in % by volume, combustible gas in % of the lower explosive limit, the rest in mg/m³."""

    hazardouswork = models.ForeignKey(HazardousWork, models.CASCADE, related_name="readings")
    at = models.DateTimeField("检测时间")
    by_person = models.CharField("检测人", max_length=30)
    oxygen = models.DecimalField("氧气（%）", max_digits=4, decimal_places=1)
    combustible = models.DecimalField("可燃气体（%LEL）", max_digits=5, decimal_places=1)
    hydrogen_sulfide = models.DecimalField("硫化氢（mg/m³）", max_digits=6, decimal_places=1, null=True, blank=True)
    carbon_monoxide = models.DecimalField("一氧化碳（mg/m³）", max_digits=6, decimal_places=1, null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "气体检测"
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"氧气{self.oxygen}% 可燃气体{self.combustible}%LEL"

    @property
    def faults(self) -> list[str]:
        """What is outside its bounds, in Chinese; empty when the air is fit."""
        return gas.faults(self)


class HazardousWorkEvent(RecordEvent):
    """One thing that happened to a work."""

    hazardouswork = models.ForeignKey(HazardousWork, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "危险作业事件"
