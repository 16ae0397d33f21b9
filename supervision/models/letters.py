"""Letters: 提示函, 督促函, 约谈通知, 交办单 …, numbered, signed for and answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common import clock
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads over letters."""

    def for_user(self, user: User, right: str = Right.READ_LETTER) -> LetterQuerySet:
        """Letters of the user's area, or to or copied to the user's unit."""
        hat = getattr(user, "hat", None)
        named = Q(to_unit_id=hat.unit_id) | Q(copies=hat.unit_id) if hat else None
        own = {"unit": "to_unit_id", "department": "to_unit_id", "sector": "hazard__sector_id"}
        visible = self.filter(reach(user, right, named=named, **own))
        if hat and hat.unit.kind != "office":
            visible = visible.exclude(state__in=("draft", "void"))
        return visible.distinct() if named else visible


class Letter(models.Model):
    """A numbered letter of a safety office to a unit; `due_at` is when an answer is owed."""

    class Kind(models.TextChoices):
        REMINDER = "reminder", "提示函"
        URGE = "urge", "督促函"
        TALK = "talk", "约谈通知"
        ASSIGN = "assign", "交办单"
        HINT = "hint", "提示单"
        INSTRUCTION = "instruction", "批示"

    class State(models.TextChoices):
        DRAFT = "draft", "待签发"
        SENT = "sent", "已送达"
        RECEIVED = "received", "已签收"
        ANSWERED = "answered", "已回复"
        DONE = "done", "办结"
        VOID = "void", "作废"

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="letters_sent", verbose_name="发函单位")
    kind = models.CharField("文种", max_length=12, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField("文号", max_length=60, unique=True, null=True)
    title = models.CharField("标题", max_length=160)
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    to_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="letters", verbose_name="主送")
    copies = models.ManyToManyField("units.Unit", blank=True, related_name="letters_copied", verbose_name="抄送")
    hazard = models.ForeignKey("hazards.Hazard", models.PROTECT, null=True, blank=True, related_name="letters")
    source = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="led_to", verbose_name="前序函件")
    matter = models.TextField("事由")
    basis = models.CharField("依据", max_length=300, blank=True)
    demand = models.TextField("要求")
    why = models.CharField("触发说明", max_length=300, blank=True)
    key = models.CharField(max_length=80, unique=True, null=True, editable=False)
    due_at = models.DateTimeField("回复期限", null=True)
    drafted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    drafted_at = models.DateTimeField("起草时间", default=clock.now)
    signed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间", null=True)
    received_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    received_at = models.DateTimeField("签收时间", null=True)
    done_at = models.DateTimeField("办结时间", null=True)
    void_reason = models.CharField("作废原因", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "函件"
        ordering = ("-drafted_at", "-pk")
        indexes = [
            models.Index(fields=["area_path", "-drafted_at"], name="letter_area_newest"),
            models.Index(fields=["to_unit", "-drafted_at"], name="letter_to_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.number or '（待编号）'} {self.title}"

    @property
    def is_overdue(self) -> bool:
        """An answer is owed and late."""
        return self.state in ("sent", "received") and self.due_at is not None and self.due_at < clock.now()


class LetterAnswer(models.Model):
    """An answer of the unit; there may be several rounds, each accepted or returned by the office."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "待审核"
        ACCEPTED = "accepted", "认可"
        RETURNED = "returned", "退回补充"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="answers")
    text = models.TextField("回复内容")
    attachments = models.ManyToManyField("evidence.Attachment", blank=True)
    answered_by = models.ForeignKey("units.User", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField("回复时间", default=clock.now)
    outcome = models.CharField("审核", max_length=10, choices=Outcome, default=Outcome.PENDING)
    opinion = models.CharField("审核意见", max_length=300, blank=True)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "函件回复"
        ordering = ("pk",)
