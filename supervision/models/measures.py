"""Measures against a unit: proposed by the ladder or a person, decided by a person, recorded with result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.roles import FIRM, Right
from units.scope import NOTHING, reach

if TYPE_CHECKING:
    from units.models import User


class MeasureQuerySet(models.QuerySet["Measure"]):
    """Reads over measures."""

    def for_user(self, user: User, right: str = Right.READ_HAZARD) -> MeasureQuerySet:
        """Measures in reach; an enterprise sees only what was decided."""
        columns = {"department": "hazard__department_id", "sector": "hazard__sector_id"}
        visible = self.filter(reach(user, right, named=NOTHING, **columns))
        return visible.filter(state__in=TAKEN_STATES) if getattr(user, "role", "") in FIRM else visible

    def in_effect(self) -> MeasureQuerySet:
        """Taken, and not run out yet."""
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=clock.now()), state__in=TAKEN_STATES)

    def to_follow_up(self) -> MeasureQuerySet:
        """Recorded, and what was promised is still to be checked."""
        return self.filter(state=Measure.State.DONE, follow_up_by__isnull=False, followed_up_at=None)

    def waiting(self) -> MeasureQuerySet:
        """Proposals nobody has decided on."""
        return self.filter(state=Measure.State.PROPOSED)


TAKEN_STATES = ("decided", "done")


class Measure(models.Model):
    """约谈, 曝光, 移送, 问责 … : a proposal until a person decides."""

    class Kind(models.TextChoices):
        TALK = "talk", "约谈"
        RAISE = "raise", "提级督办"
        PUBLISH = "publish", "曝光、移送、问责"
        UNIT = "unit", "通报、约谈单位"

    class Form(models.TextChoices):
        """What is done, as the offices call it (银川 3.7, 禄脿 22)."""

        TALK = "talk", "约谈"
        RAISE = "raise", "提级督办"
        EXPOSE = "expose", "媒体曝光"
        TRANSFER = "transfer", "移送有权机关"
        ACCOUNT = "account", "问责建议"
        CRITICISE = "criticise", "通报批评"
        YELLOW = "yellow", "黄牌警告"
        REVIEW = "review", "书面检查"
        WARN = "warn", "警示"
        STOP = "stop", "停产停业建议"
        ORDER_STOP = "order_stop", "责令停产停业"
        CANCEL = "cancel", "取消评优"

    class State(models.TextChoices):
        PROPOSED = "proposed", "待决定"
        DECIDED = "decided", "已决定"
        DECLINED = "declined", "不予采取"
        DONE = "done", "已办结"

    kind = models.CharField("措施", max_length=10, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PROPOSED)
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="measures", verbose_name="对象")
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, null=True, related_name="measures")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    reason = models.CharField("理由", max_length=500)
    key = models.CharField(max_length=80, unique=True, null=True)
    decider = models.CharField("由谁决定", max_length=8, blank=True, default="")
    proposed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField("提出时间", default=clock.now)
    due_at = models.DateTimeField("应办时间", null=True)
    form = models.CharField("具体形式", max_length=10, choices=Form, blank=True)
    letter = models.OneToOneField(
        "supervision.Letter", models.PROTECT, null=True, related_name="measure", verbose_name="约谈通知"
    )
    document = models.CharField("文书名称及文号", max_length=120, blank=True)
    number = models.CharField("文号", max_length=60, unique=True, null=True)
    receiver = models.CharField("受移送机关", max_length=100, blank=True)
    place = models.CharField("约谈地点", max_length=100, blank=True)
    attendees = models.CharField("参加人员", max_length=300, blank=True)
    follow_up_by = models.DateTimeField("落实情况复核期限", null=True)
    followed_up_at = models.DateTimeField("复核时间", null=True)
    expires_at = models.DateTimeField("有效期至", null=True)
    opinion = models.CharField("决定意见", max_length=500, blank=True)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField("决定时间", null=True)
    result = models.TextField("纪要、结果", blank=True)
    done_at = models.DateTimeField("办结时间", null=True)
    attachments = models.ManyToManyField("evidence.Attachment", blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "处置措施"
        ordering = ("-proposed_at", "-pk")
        indexes = [models.Index(fields=["area_path", "state"], name="measure_area_state")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit}"

    def get_absolute_url(self) -> str:
        """The measure's page."""
        return reverse("measure-detail", args=[self.pk])

    @property
    def department_id(self) -> int | None:
        """The hazard's department, as the read scope asks for it."""
        return self.hazard.department_id if self.hazard else None

    @property
    def sector_id(self) -> int | None:
        """The hazard's sector, as the read scope asks for it."""
        return self.hazard.sector_id if self.hazard else None

    @property
    def owes_follow_up(self) -> bool:
        """What was promised is still to be checked."""
        return self.follow_up_by is not None and self.followed_up_at is None

    @property
    def is_in_effect(self) -> bool:
        """Taken, and not run out yet."""
        return self.state in TAKEN_STATES and (self.expires_at is None or self.expires_at > clock.now())
