"""Letters: 提示函, 督促函, 约谈通知, 交办单 …, numbered, signed for and answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from units.roles import Right, Scope, scope_of
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class LetterState(models.TextChoices):
    """Lifecycle of a letter."""

    DRAFT = "draft", "待签发"
    SENT = "sent", "已送达"
    RECEIVED = "received", "已签收"
    ANSWERED = "answered", "已回复"
    DONE = "done", "办结"
    VOID = "void", "作废"


class LetterQuerySet(models.QuerySet["Letter"]):
    """Reads over letters."""

    def for_user(self, user: User, right: str = Right.READ_LETTER) -> LetterQuerySet:
        """Letters of the user's area, or to, copied to or drafted by the user's unit.

        Drafts and voided letters are seen by the office, the leaders and the drafting unit only.
        """
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        copied = Letter.copies.through.objects.filter(unit_id=hat.unit_id).values("letter_id")
        named = Q(to_unit_id=hat.unit_id) | Q(pk__in=copied) | Q(drafted_unit_id=hat.unit_id)
        if scope == Scope.STREET:
            return self.filter(reach(user, right, unit="to_unit_id", department="to_unit_id", named=named))
        return self.filter(named).exclude(Q(state__in=HIDDEN_STATES) & ~Q(drafted_unit_id=hat.unit_id))

    def owing(self, at: datetime | None = None) -> LetterQuerySet:
        """Sent, an answer owed, and late at `at`."""
        return self.filter(state__in=OWING_STATES, due_at__lt=at or clock.now())

    def about(self, hazard: Any) -> LetterQuerySet:
        """The chain of letters about one hazard, oldest first."""
        return self.filter(hazard=hazard).order_by("drafted_at", "pk")


HIDDEN_STATES = (LetterState.DRAFT, LetterState.VOID)
OWING_STATES = (LetterState.SENT, LetterState.RECEIVED)


class Letter(models.Model):
    """A numbered letter of a safety office to a unit; `due_at` is when an answer is owed, if one is.

    `key` marks what the ladder wrote, once; `frozen` keeps the names its paper says, as they stood when it went out.
    A number once given stays with its row, voided or not.
    """

    class Kind(models.TextChoices):
        REMINDER = "reminder", "提示函"
        URGE = "urge", "督促函"
        TALK = "talk", "约谈通知"
        ASSIGN = "assign", "交办单"
        HINT = "hint", "提示单"
        INSTRUCTION = "instruction", "批示"

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="letters_sent", verbose_name="发函单位")
    kind = models.CharField("文种", max_length=12, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=LetterState, default=LetterState.DRAFT)
    number = models.CharField("文号", max_length=60, unique=True, null=True)
    title = models.CharField("标题", max_length=160)
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    to_unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="letters", verbose_name="主送")
    copies = models.ManyToManyField("units.Unit", blank=True, related_name="letters_copied", verbose_name="抄送")
    hazard = models.ForeignKey(
        "hazards.Hazard", models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="所涉隐患"
    )
    source = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="led_to", verbose_name="前序函件"
    )
    matter = models.TextField("事由", max_length=2000)
    basis = models.CharField("依据", max_length=300, blank=True)
    demand = models.TextField("要求", max_length=2000)
    why = models.CharField("触发说明", max_length=300, blank=True)
    frozen = models.JSONField("发出时的称谓", default=dict, editable=False)
    key = models.CharField(max_length=80, unique=True, null=True, editable=False)
    once = models.UUIDField("提交标识", unique=True, null=True, editable=False)
    due_at = models.DateTimeField("回复期限", null=True)
    decider = models.CharField("由谁决定", max_length=8, blank=True, default="")
    drafted_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="起草人")
    drafted_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", verbose_name="起草单位")
    drafted_at = models.DateTimeField("起草时间", default=clock.now)
    signed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间", null=True)
    received_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    received_as = models.CharField("签收人姓名", max_length=80, blank=True, help_text="经一次性链接签收的人及电话")
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
            models.Index(fields=["due_at"], name="letter_owing", condition=Q(state__in=("sent", "received"))),
        ]

    def __str__(self) -> str:
        return f"{self.number or '（待编号）'} {self.title}"

    def get_absolute_url(self) -> str:
        """The letter's page."""
        return reverse("letter-detail", args=[self.pk])

    @property
    def receiver_name(self) -> str:
        """Who signed for it, with or without an account."""
        return self.received_by.name if self.received_by else self.received_as

    @property
    def owes_answer(self) -> bool:
        """The receiver still has to answer."""
        return self.state in OWING_STATES and self.due_at is not None

    @property
    def is_overdue(self) -> bool:
        """An answer is owed and late."""
        return self.owes_answer and self.due_at is not None and self.due_at < clock.now()


class LetterAnswer(models.Model):
    """An answer of the unit; there may be several rounds, each accepted or returned by the office."""

    class Outcome(models.TextChoices):
        PENDING = "pending", "待审核"
        ACCEPTED = "accepted", "认可"
        RETURNED = "returned", "退回补充"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="answers")
    text = models.TextField("回复内容")
    attachments = models.ManyToManyField("evidence.Attachment", blank=True)
    answered_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    answered_as = models.CharField("回复人", max_length=80, blank=True, help_text="经一次性链接回复的人及电话")
    answered_at = models.DateTimeField("回复时间", default=clock.now)
    outcome = models.CharField("审核", max_length=10, choices=Outcome, default=Outcome.PENDING)
    opinion = models.CharField("审核意见", max_length=300, blank=True)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = verbose_name_plural = "函件回复"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["letter"], condition=Q(outcome="pending"), name="letter_one_pending_answer")
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def answerer_name(self) -> str:
        """Who answered, with or without an account."""
        return self.answered_by.name if self.answered_by else self.answered_as
