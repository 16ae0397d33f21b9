"""Telling: the notice 通报 with the snapshot it was computed from, its events and receipts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from units.models import Unit
from units.roles import Right, Scope, scope_of

if TYPE_CHECKING:
    from units.models import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Reads over notices."""

    def for_user(self, user: User, right: str = Right.READ_NOTICE) -> NoticeQuerySet:
        """All notices of the own street for its office and leaders; for the units they were sent to those that were issued.

        One that was made void afterwards stays readable for whoever received it.
        """
        hat = getattr(user, "hat", None)
        scope = scope_of(hat.role, right) if hat else None
        if hat is None or scope is None:
            return self.none()
        if scope == Scope.STREET:
            own = self.filter(area_path__startswith=hat.unit.area_path)
            return own if hat.unit.kind == Unit.Kind.OFFICE else own.filter(number__isnull=False)
        sent = NoticeReceipt.objects.filter(unit_id=hat.unit_id)
        return self.filter(pk__in=sent.values("notice_id"), number__isnull=False)

    def light(self) -> NoticeQuerySet:
        """Without the text and the snapshot, which a list does not show."""
        return self.defer("sections", "snapshot")


class Notice(models.Model):
    """A 通报 of a safety office for a period.

    `snapshot` keeps the figures, tables and the ids behind every figure as computed; `sections` is the text
    staff edit (a list of {key, heading, paragraphs}).
    """

    class Kind(models.TextChoices):
        MONTHLY = "monthly", "月通报"
        QUARTERLY = "quarterly", "季通报"
        SPECIAL = "special", "专项通报"

    class State(models.TextChoices):
        DRAFTED = "drafted", "系统起草"
        EDITED = "edited", "已编辑"
        APPROVED = "approved", "已审签"
        ISSUED = "issued", "已印发"
        VOID = "void", "作废"

    office = models.ForeignKey("units.Unit", models.PROTECT, related_name="notices", verbose_name="发文单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    kind = models.CharField("种类", max_length=10, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.DRAFTED)
    period_from = models.DateField("统计期起")
    period_to = models.DateField("统计期止")
    title = models.CharField("标题", max_length=160)
    number = models.CharField("发文字号", max_length=60, unique=True, null=True)
    sections = models.JSONField("正文", default=list)
    snapshot = models.JSONField("数据快照", default=dict)
    drafted_at = models.DateTimeField("起草时间", default=clock.now)
    edited_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审签人")
    approved_at = models.DateTimeField("审签时间", null=True)
    issued_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField("印发时间", null=True)
    docx = models.ForeignKey("evidence.Attachment", models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey("evidence.Attachment", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报"
        ordering = ("-period_to", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "kind", "period_from", "period_to"],
                condition=~Q(state="void") & ~Q(kind="special"),
                name="notice_one_per_period",
            )
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        """The notice's page."""
        return reverse("notice-detail", args=[self.pk])

    @property
    def headline(self) -> str:
        """The title on one line."""
        return self.title.replace("\n", "")

    @property
    def is_draft(self) -> bool:
        """Whether its text may still be edited."""
        return self.state in (self.State.DRAFTED, self.State.EDITED)

    @property
    def is_pending(self) -> bool:
        """Not yet issued and not void."""
        return self.is_draft or self.state == self.State.APPROVED


class NoticeEvent(RecordEvent):
    """One thing that happened to a notice."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="events")

    class Meta:
        verbose_name = verbose_name_plural = "通报事件"
        ordering = ("notice_id", "pk")


class NoticeReceiptQuerySet(models.QuerySet["NoticeReceipt"]):
    """Reads over receipts."""

    def for_user(self, user: User, right: str = Right.READ_NOTICE) -> NoticeReceiptQuerySet:
        """The receipts of the notices the user reads; a unit that received one sees its own receipt only."""
        hat = getattr(user, "hat", None)
        mine = self.filter(notice__in=Notice.objects.for_user(user, right).values("pk"))
        return mine if hat and hat.unit.kind == Unit.Kind.OFFICE else mine.filter(unit_id=hat.unit_id if hat else None)

    def waiting(self) -> NoticeReceiptQuerySet:
        """Of issued notices, not signed for."""
        return self.filter(signed_at__isnull=True, notice__state=Notice.State.ISSUED)


class NoticeReceipt(models.Model):
    """A unit the notice was sent to, and when and by whom it was signed for (签收)."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="receipts")
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="受文单位")
    due_at = models.DateTimeField("应签收时间")
    signed_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="签收人")
    signed_at = models.DateTimeField("签收时间", null=True)
    reminded_at = models.DateTimeField("催签时间", null=True)

    objects = NoticeReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "通报签收"
        ordering = ("unit__name",)
        constraints = [models.UniqueConstraint(fields=["notice", "unit"], name="receipt_once")]

    def __str__(self) -> str:
        return str(self.unit)

    @property
    def is_late(self) -> bool:
        """Past its time and not signed for."""
        return self.signed_at is None and self.due_at < clock.now()
