"""会议与听取汇报: agenda, attendance, minutes, and the decisions that become tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Reads over meetings."""

    def for_user(self, user: User, right: str = Right.READ_MEETING) -> MeetingQuerySet:
        """The office and leaders see their street's; departments and villages those they were called to."""
        unit = user.hat.unit_id if getattr(user, "hat", None) else 0
        called = Attendance.objects.filter(Q(unit_id=unit, person=None) | Q(person_id=user.pk)).values("meeting_id")
        columns = {"unit": "office_id", "department": "office_id", "sector": "office_id"}
        return self.filter(reach(user, right, named=Q(pk__in=called), **columns))

    def held(self) -> MeetingQuerySet:
        """Those that took place: they count."""
        return self.filter(state__in=(Meeting.State.HELD, Meeting.State.CONFIRMED))


class Meeting(models.Model):
    """One meeting of a street: planned, held (with minutes, attendance, decisions), its minutes confirmed."""

    class Kind(models.TextChoices):
        """Whom the plan wants to meet (禄街发〔2024〕18号 三（一）1、2、6)."""

        ANALYSIS = "analysis", "安全生产形势分析研判专题会议"
        PARTY = "party", "党工委会议听取安全生产工作汇报"
        DIRECTOR = "director", "主任办公会议听取安全生产工作汇报"
        EXPANDED = "expanded", "安委会扩大会议"
        STUDY = "study", "理论学习中心组安全生产专题学习"
        SPECIAL = "special", "专项工作推进会"

    class State(models.TextChoices):
        PLANNED = "planned", "待召开"
        HELD = "held", "已召开，纪要待审签"
        CONFIRMED = "confirmed", "纪要已审签"
        CANCELLED = "cancelled", "已取消"

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="meetings", verbose_name="承办单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    kind = models.CharField("会议类别", max_length=10, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PLANNED)
    title = models.CharField("会议名称", max_length=120)
    starts_at = models.DateTimeField("时间")
    place = models.CharField("地点", max_length=60, blank=True)
    chair = models.CharField("主持人", max_length=40, blank=True)
    recorder = models.CharField("记录人", max_length=40, blank=True)
    agenda = models.TextField("议程", max_length=3000, blank=True)
    minutes = models.TextField("会议纪要", max_length=20000, blank=True)
    others = models.CharField("其他参会人员", max_length=300, blank=True)
    attachments = models.ManyToManyField("evidence.Attachment", blank=True, related_name="+", verbose_name="佐证")
    called_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="登记人")
    held_at = models.DateTimeField("登记召开时间", null=True)
    confirmed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审签人")
    confirmed_at = models.DateTimeField("审签时间", null=True)
    written_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="纪要拟稿人")
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "会议"
        ordering = ("-starts_at", "-pk")
        indexes = [models.Index(fields=["area_path", "starts_at"], name="meeting_area")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The meeting's page."""
        return reverse("meeting-detail", args=[self.pk])


class Attendance(models.Model):
    """参会: a unit or a person called to a meeting, and whether they came."""

    class Presence(models.TextChoices):
        CALLED = "called", "通知"
        PRESENT = "present", "到会"
        EXCUSED = "excused", "请假"
        ABSENT = "absent", "缺席"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance", verbose_name="会议")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="单位")
    person = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="人员")
    presence = models.CharField("到会情况", max_length=8, choices=Presence, default=Presence.CALLED)

    class Meta:
        verbose_name = verbose_name_plural = "参会"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["meeting", "unit"], condition=Q(person=None), name="attendance_unit_once"),
            models.UniqueConstraint(
                fields=["meeting", "person"], condition=Q(person__isnull=False), name="attendance_person_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}：{self.get_presence_display()}"

    @property
    def who(self) -> str:
        """The person's or the unit's name."""
        return str(self.person or self.unit)


class Decision(models.Model):
    """议定事项: what a meeting decided; handed on, it becomes a task of its unit."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions", verbose_name="会议")
    place = models.PositiveSmallIntegerField("序号")
    text = models.CharField("议定事项", max_length=500)
    unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="责任单位")
    due_on = models.DateField("完成时限", null=True)
    task = models.OneToOneField("tasks.Task", models.PROTECT, null=True, related_name="decision", verbose_name="任务")

    class Meta:
        verbose_name = verbose_name_plural = "议定事项"
        ordering = ("meeting", "place")
        constraints = [models.UniqueConstraint(fields=["meeting", "place"], name="decision_place_once")]

    def __str__(self) -> str:
        return self.text


class MeetingEvent(RecordEvent):
    """One thing that happened to a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "会议事件"
