"""Drafts: what was read from a plan document, until a person confirms it; and what unit names in documents mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from tasks.models.plans import Plan
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


def _names() -> ArrayField[list[str], list[str]]:
    return ArrayField(models.CharField(max_length=120), default=list, blank=True)


class PlanDraftQuerySet(models.QuerySet["PlanDraft"]):
    """Reads over drafts."""

    def for_user(self, user: User) -> PlanDraftQuerySet:
        """Drafts of the street for its office, of the own department for a department; nobody else reads drafts."""
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, Right.MANAGE_TASK) if hat else None
        if hat is None or scope is None:
            return self.none()
        if scope == Scope.STREET:
            return self.filter(area_path__startswith=hat.unit.area_path)
        return self.filter(owner_id=hat.unit_id)

    def unread(self) -> PlanDraftQuerySet:
        """Documents that wait for their reading."""
        return self.filter(state=PlanDraft.State.READING)


class PlanDraft(models.Model):
    """A plan document on its way to a plan. `text` is what was sent; all spans are [start, end) characters of it.

    `marks` hold where title, number, issuer and period stand and why one is doubtful. Nothing of a draft is a task.
    """

    class State(models.TextChoices):
        READING = "reading", "读取中"
        REVIEW = "review", "待核对"
        CONFIRMED = "confirmed", "已确认"
        FAILED = "failed", "无法读取"
        DISCARDED = "discarded", "已放弃"

    owner = models.ForeignKey("units.Unit", models.PROTECT, related_name="plan_drafts", verbose_name="归口单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    state = models.CharField("状态", max_length=10, choices=State, default=State.READING)
    name = models.CharField("文件名", max_length=200)
    upload = models.CharField(max_length=200, blank=True, editable=False)
    text = models.TextField("原文", blank=True)
    fingerprint = models.CharField("原文指纹", max_length=64, blank=True, editable=False)
    title = models.CharField("名称", max_length=200, blank=True)
    number = models.CharField("文号", max_length=80, blank=True)
    issuer = models.CharField("印发单位", max_length=120, blank=True)
    starts_on = models.DateField("起始日期", null=True, blank=True)
    ends_on = models.DateField("结束日期", null=True, blank=True)
    stages = models.JSONField("阶段", default=list, blank=True)
    actions = _names()
    marks = models.JSONField("原文位置", default=dict, blank=True, editable=False)
    error = models.CharField("不能读取的原因", max_length=300, blank=True)
    work = models.ForeignKey(
        "common.BackgroundWork", models.SET_NULL, null=True, related_name="+", verbose_name="读取进度"
    )
    plan = models.OneToOneField(Plan, models.PROTECT, null=True, related_name="draft", verbose_name="方案")
    created_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="上传人")
    created_at = models.DateTimeField("上传时间", default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = PlanDraftQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "方案草稿"
        ordering = ("-created_at", "-pk")
        indexes = [models.Index(fields=["area_path", "-created_at"], name="plandraft_area_newest")]

    def __str__(self) -> str:
        return self.title or self.name

    def get_absolute_url(self) -> str:
        """The review page."""
        return reverse("plan-draft", args=[self.pk])


class DraftTask(models.Model):
    """One task as it was read and as a person corrected it.

    `sources` keep, per field, what was read: text, its characters, and why it is doubtful; corrections leave them alone.
    """

    draft = models.ForeignKey(PlanDraft, models.CASCADE, related_name="rows")
    order = models.PositiveIntegerField("顺序")
    no = models.CharField("序号", max_length=20, blank=True)
    action = models.CharField("行动", max_length=160, blank=True)
    title = models.CharField("重点任务", max_length=200)
    text = models.TextField("任务内容", blank=True)
    measures = models.TextField("措施", blank=True)
    leader = models.CharField("责任领导", max_length=80, blank=True)
    lead = _names()
    responsible = _names()
    cooperating = _names()
    due = ArrayField(models.DateField(), default=list, blank=True, verbose_name="完成时限")
    recurrence = _names()
    quantities = _names()
    sources = models.JSONField(default=dict, editable=False)
    doubts = ArrayField(models.CharField(max_length=120), default=list, blank=True, editable=False)
    span_start = models.PositiveIntegerField(editable=False)
    span_end = models.PositiveIntegerField(editable=False)
    is_left_out = models.BooleanField("不导入", default=False)
    corrected_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="更正人")
    corrected_at = models.DateTimeField("更正时间", null=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "草稿任务"
        ordering = ("draft", "order")
        constraints = [models.UniqueConstraint(fields=["draft", "order"], name="drafttask_order_once")]

    def __str__(self) -> str:
        return f"{self.no}.{self.title}" if self.no else self.title

    @property
    def names(self) -> list[str]:
        """Every unit named, in any role."""
        return [*self.lead, *self.responsible, *self.cooperating]

    @property
    def is_unsure(self) -> bool:
        """Something was doubtful and nobody has looked at it yet."""
        return bool(self.doubts) and self.corrected_at is None

    def has_passed(self) -> bool:
        """Every deadline lies in the past and nothing recurs."""
        return bool(self.due) and not self.recurrence and max(self.due) < clock.today()


class UnitWording(models.Model):
    """What an office means by a name in a document: one unit, a group that grows with the street, or nobody here.

    Learned once on the review page and used for every later document of the same office.
    """

    class Meaning(models.TextChoices):
        UNIT = "unit", "单位"
        VILLAGES = "villages", "辖区各村（社区）"
        MEMBERS = "members", "安委会各成员单位"
        SUPERVISORS = "supervisors", "有主管行业领域的各部门"
        DEPARTMENTS = "departments", "街道各部门"
        NOBODY = "nobody", "本系统没有对应单位"

    owner = models.ForeignKey("units.Unit", models.CASCADE, related_name="unit_wordings", verbose_name="归口单位")
    wording = models.CharField("文中写法", max_length=120)
    meaning = models.CharField("含义", max_length=12, choices=Meaning)
    unit = models.ForeignKey("units.Unit", models.CASCADE, null=True, related_name="+", verbose_name="对应单位")
    set_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="设定人")
    set_at = models.DateTimeField("设定时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "单位写法"
        ordering = ("owner", "wording")
        constraints = [
            models.UniqueConstraint(fields=["owner", "wording"], name="wording_once_per_office"),
            models.CheckConstraint(
                condition=Q(meaning="unit", unit__isnull=False) | (~Q(meaning="unit") & Q(unit__isnull=True)),
                name="wording_has_its_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wording} → {self.unit or self.get_meaning_display()}"
