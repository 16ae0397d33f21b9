"""履职记录: what was done and stands nowhere else in the system; append-only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class DutyRecordQuerySet(models.QuerySet["DutyRecord"]):
    """Reads over records."""

    def for_user(self, user: User, right: str = Right.READ_DUTY) -> DutyRecordQuerySet:
        """Of people and units the person reaches, and what they entered themselves."""
        unit = user.hat.unit_id if user.hat else 0
        named = Q(people=user.pk) | Q(unit_id=unit) | Q(entered_by_id=user.pk)
        columns = {"department": "unit__enterprise__department_id", "sector": "unit__enterprise__sector_id"}
        mine = Q(pk__in=self.model.objects.filter(named).values("pk"))
        return self.filter(reach(user, right, named=mine, **columns))

    def standing(self) -> DutyRecordQuerySet:
        """Those not declared void."""
        return self.filter(void__isnull=True)


class DutyRecord(models.Model):
    """履职记录: something done that nothing else in the system records, entered once with its evidence; append-only.

    A mistake is declared void (`DutyRecordVoid`) and entered anew. `people` are those it counts for where the duty is
    personal; otherwise it counts for `unit`. `sector` and `place` say what it was about.
    """

    class Kind(models.TextChoices):
        VISIT = "visit", "深入一线和企业检查"
        SUPERVISION = "supervision", "重点督导"
        PATROL = "patrol", "重点行业领域巡查"
        COURSE = "course", "安全生产、消防培训必修课程"
        FILM = "film", "播放警示教育片"
        LISTS = "lists", "年度职责清单、重点任务清单报备"
        REPORT = "report", "年度述职报备"
        LEADER_LISTS = "leader_lists", "领导年度清单报备"
        LEADER_REPORT = "leader_report", "领导年度述职报备"
        FIRE_ANALYSIS = "fire_analysis", "消防安全风险分析研判和调研评估"
        FIRE_LISTING = "fire_listing", "提请市政府挂牌督办重大火灾隐患"
        TRAINING = "training", "组织主要负责人等安全培训"
        LED_CHECK = "led_check", "主要负责人带队检查"
        DRILL = "drill", "疏散逃生演练"
        OTHER = "other", "其他履职"

    PERSONAL = (Kind.VISIT, Kind.LEADER_LISTS, Kind.LEADER_REPORT)

    kind = models.CharField("类别", max_length=14, choices=Kind)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="duty_records", verbose_name="单位")
    people = models.ManyToManyField("units.User", blank=True, related_name="duty_records", verbose_name="参加领导")
    on = models.DateField("日期")
    title = models.CharField("事项", max_length=120)
    text = models.TextField("情况", max_length=2000, blank=True)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, blank=True, verbose_name="行业领域")
    place = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="到访单位"
    )
    attachments = models.ManyToManyField("evidence.Attachment", blank=True, related_name="+", verbose_name="佐证")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    entered_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    once = models.UUIDField(unique=True, null=True, editable=False)

    objects = DutyRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履职记录"
        ordering = ("-on", "-pk")
        indexes = [
            models.Index(fields=["unit", "kind", "on"], name="duty_record_unit"),
            models.Index(fields=["area_path", "on"], name="duty_record_area"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The record's page."""
        return reverse("duty-record", args=[self.pk])


class DutyRecordVoid(models.Model):
    """A record declared void: it counts no more and stays readable with the reason; append-only."""

    record = models.OneToOneField(DutyRecord, models.PROTECT, related_name="void", verbose_name="履职记录")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="作废人")
    at = models.DateTimeField("作废时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "履职记录作废"

    def __str__(self) -> str:
        return f"作废：{self.record}"
