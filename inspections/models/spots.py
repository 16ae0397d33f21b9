"""抽查复核: closed hazards drawn every month and looked at again by somebody who has had no hand in them (防虚假整改)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from hazards.models import Hazard
from inspections.models.scoping import owned
from units.roles import Right, scope_of

if TYPE_CHECKING:
    from units.models import User


class SpotRoundQuerySet(models.QuerySet["SpotRound"]):
    """Reads over rounds."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> SpotRoundQuerySet:
        """Rounds of the own area, and those that gave the person a hazard."""
        given = SpotCheck.objects.filter(inspector_id=getattr(user, "pk", None)).values("round_id")
        return self.filter(owned(user, right, named=Q(pk__in=given)))


class SpotRound(models.Model):
    """The draw over the hazards an office's area closed in one month; everything it was drawn from is recorded.

    `month` is the first day of the month of the closings. The job draws once a month; the constraint makes a second draw
    impossible, so nobody draws until it suits.
    """

    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="组织单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    month = models.DateField("销号月份")
    number = models.CharField("编号", max_length=40, unique=True)
    algorithm = models.CharField("算法", max_length=30)
    given = models.JSONField("输入")
    digest = models.CharField("输入摘要", max_length=64)
    secret = models.CharField("密钥", max_length=64)
    seed = models.CharField("种子", max_length=64)
    result = models.JSONField("结果")
    drawn_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="抽取人")
    drawn_at = models.DateTimeField("抽取时间", default=clock.now)

    objects = SpotRoundQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽查复核轮次"
        ordering = ("-month", "-pk")
        constraints = [models.UniqueConstraint(fields=["owner", "month"], name="spot_round_once_a_month")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """The round's page."""
        return reverse("spot-round", args=[self.pk])


class SpotCheckQuerySet(models.QuerySet["SpotCheck"]):
    """Reads over spot checks."""

    def for_user(self, user: User, right: str = Right.READ_PLAN) -> SpotCheckQuerySet:
        """Of the hazards the hat reaches with the right, and those the person was given; never for an enterprise."""
        hat = getattr(user, "hat", None)
        if hat is None or scope_of(hat.role, right) is None:
            return self.none()
        return self.filter(Q(hazard__in=Hazard.objects.for_user(user, right)) | Q(inspector_id=user.pk))

    def open(self) -> SpotCheckQuerySet:
        """Still to be done."""
        return self.filter(state=SpotCheck.State.WAITING)

    def concluded(self) -> SpotCheckQuerySet:
        """Found true or not."""
        return self.filter(state__in=(SpotCheck.State.TRUE, SpotCheck.State.FALSE))


class SpotCheck(models.Model):
    """One closed hazard to be looked at again on site, by whom and until when, and what was found."""

    class State(models.TextChoices):
        WAITING = "waiting", "待复核"
        TRUE = "true", "属实"
        FALSE = "false", "不属实"
        DROPPED = "dropped", "免于复核"

    class Stratum(models.TextChoices):
        """The layers of the draw, the most closely looked at first."""

        LISTED = "listed", "挂牌挂账"
        MAJOR = "major", "重大"
        KEY = "key", "重点"
        GENERAL = "general", "一般"

    round = models.ForeignKey(SpotRound, models.PROTECT, related_name="checks", verbose_name="轮次")
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, related_name="spot_checks", verbose_name="隐患")
    stratum = models.CharField("层次", max_length=8, choices=Stratum)
    inspector = models.ForeignKey(
        "units.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人"
    )
    due_on = models.DateField("复核期限")
    state = models.CharField("状态", max_length=8, choices=State, default=State.WAITING)
    note = models.CharField("复核情况", max_length=500, blank=True)
    no_photo_reason = models.CharField("无照片原因", max_length=200, blank=True)
    attachments = models.ManyToManyField("evidence.Attachment", blank=True, related_name="+")
    done_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="办理人")
    done_at = models.DateTimeField("复核时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField("更新时间", default=clock.now, editable=False)

    objects = SpotCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "抽查复核"
        ordering = ("due_on", "pk")
        indexes = [
            models.Index(fields=["state", "due_on"], name="spotcheck_state"),
            models.Index(fields=["done_at"], name="spotcheck_done"),
        ]
        constraints = [models.UniqueConstraint(fields=["round", "hazard"], name="spotcheck_once_a_round")]

    def __str__(self) -> str:
        return f"{self.round} {self.hazard}"

    def get_absolute_url(self) -> str:
        """The check's page."""
        return reverse("spot-check", args=[self.pk])

    @property
    def is_overdue(self) -> bool:
        """Not done by its day."""
        return self.state == self.State.WAITING and self.due_on < clock.today()


class SpotCheckEvent(RecordEvent):
    """One thing that happened to a spot check."""

    spotcheck = models.ForeignKey(SpotCheck, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "抽查复核事件"
