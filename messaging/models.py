"""Messages to people, the morning digest, and the attempts to deliver both outside the system."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from common import clock
from messaging import channels, kinds

SYSADMIN = "sysadmin"  # the role code of 系统管理员; roles themselves live above this app


class MessageQuerySet(models.QuerySet["Message"]):
    """Reads over messages."""

    def for_user(self, user: Any) -> MessageQuerySet:
        """The user's own messages only."""
        return self.filter(recipient_id=user.pk) if user.pk else self.none()

    def unread(self) -> MessageQuerySet:
        """Not opened yet."""
        return self.filter(read_at__isnull=True)

    def undigested(self) -> MessageQuerySet:
        """Waiting for the next morning's digest: not urgent, not opened, in no digest yet."""
        return self.unread().filter(urgent=False, digest__isnull=True)


class Digest(models.Model):
    """One person's messages of one morning in one text, instead of fifty (one per person and day)."""

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="digests",
        verbose_name="接收人",
    )
    on = models.DateField("日期")
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容")
    created_at = models.DateTimeField("生成时间", default=clock.now, editable=False)

    class Meta:
        verbose_name = verbose_name_plural = "每日摘要"
        ordering = ("-on",)
        constraints = [models.UniqueConstraint(fields=["recipient", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return self.title


class Message(models.Model):
    """One message to one person; always shown in the application, whatever other channels do.

    `key` names the occasion: the same occasion reaches a person once, however often a job repeats.
    `why` says to the recipient why it came to them. Written only by `messaging.transitions.notify`.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="received_messages",
        verbose_name="接收人",
    )
    kind = models.CharField("类别", max_length=60)
    title = models.CharField("标题", max_length=200)
    body = models.TextField("内容", blank=True)
    why = models.CharField("发送原因", max_length=200, blank=True)
    url = models.CharField("办理链接", max_length=300, blank=True)
    about_type = models.CharField("事项类型", max_length=60, blank=True)
    about_id = models.CharField("事项编号", max_length=64, blank=True)
    key = models.CharField("唯一键", max_length=200)
    urgent = models.BooleanField("紧急", default=False)
    digest = models.ForeignKey(
        Digest,
        models.SET_NULL,
        null=True,
        related_name="messages",
        verbose_name="每日摘要",
    )
    created_at = models.DateTimeField("时间", default=clock.now, editable=False)
    read_at = models.DateTimeField("阅读时间", null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "消息"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="message_inbox"),
            models.Index(
                fields=["recipient"],
                name="message_unread",
                condition=Q(read_at__isnull=True),
            ),
            models.Index(
                fields=["recipient", "created_at"],
                name="message_undigested",
                condition=Q(read_at__isnull=True, urgent=False, digest__isnull=True),
            ),
            models.Index(fields=["about_type", "about_id"], name="message_about"),
        ]
        constraints = [models.UniqueConstraint(fields=["key", "recipient"], name="message_once_per_occasion")]

    def __str__(self) -> str:
        return self.title

    @property
    def kind_name(self) -> str:
        """The kind in Chinese."""
        return kinds.name_of(self.kind)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Reads over deliveries."""

    def for_user(self, user: Any) -> DeliveryQuerySet:
        """What goes to the user; the system administrator, who keeps the channels running, sees all."""
        if getattr(user, "role", "") == SYSADMIN:
            return self.all()
        return self.filter(recipient_id=user.pk) if user.pk else self.none()

    def due(self, moment: datetime) -> DeliveryQuerySet:
        """To be tried now, longest waiting first."""
        return self.filter(state=Delivery.State.PENDING, next_try_at__lte=moment).order_by("next_try_at", "pk")


class Delivery(models.Model):
    """The sending of one message or one digest through one outside channel, with its attempts."""

    class State(models.TextChoices):
        """Where the sending stands."""

        PENDING = "PENDING", "待发送"
        SENT = "SENT", "已发送"
        FAILED = "FAILED", "发送失败"
        SKIPPED = "SKIPPED", "已在系统内阅读"

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="deliveries",
        verbose_name="接收人",
    )
    message = models.ForeignKey(
        Message,
        models.CASCADE,
        null=True,
        related_name="deliveries",
        verbose_name="消息",
    )
    digest = models.ForeignKey(
        Digest,
        models.CASCADE,
        null=True,
        related_name="deliveries",
        verbose_name="每日摘要",
    )
    channel = models.CharField("渠道", max_length=20)
    state = models.CharField("状态", max_length=10, choices=State, default=State.PENDING)
    tries = models.PositiveSmallIntegerField("已尝试", default=0)
    next_try_at = models.DateTimeField("下次发送", default=clock.now)
    error = models.CharField("失败原因", max_length=300, blank=True)
    created_at = models.DateTimeField("创建时间", default=clock.now, editable=False)
    sent_at = models.DateTimeField("发送时间", null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "发送记录"
        ordering = ("-created_at", "-pk")
        indexes = [
            models.Index(
                fields=["next_try_at", "id"],
                name="delivery_due",
                condition=Q(state="PENDING"),
            ),
            models.Index(fields=["-created_at", "-id"], name="delivery_log"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["message", "channel"], name="delivery_once_per_message"),
            models.UniqueConstraint(fields=["digest", "channel"], name="delivery_once_per_digest"),
            models.CheckConstraint(
                condition=Q(message__isnull=False, digest__isnull=True) | Q(message__isnull=True, digest__isnull=False),
                name="delivery_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message or self.digest}（{self.get_state_display()}）"

    @property
    def channel_name(self) -> str:
        """The channel in Chinese."""
        return channels.name_of(self.channel)

    @property
    def kind_name(self) -> str:
        """What was sent, without its content."""
        return self.message.kind_name if self.message else "每日摘要"


class Preference(models.Model):
    """When and through which outside channels a person wants to be reached; without a row the defaults hold.

    During quiet hours (Asia/Shanghai, may run over midnight) nothing leaves the system; it waits for their end.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="message_preference",
    )
    quiet_from = models.TimeField("免打扰开始", default=time(21, 0))
    quiet_until = models.TimeField("免打扰结束", default=time(7, 30))
    muted = models.JSONField("不使用的渠道", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "消息设置"

    def __str__(self) -> str:
        return f"{self.user_id} {self.quiet_from:%H:%M}–{self.quiet_until:%H:%M}"
