"""One-time reply links for units without an account."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from common import clock


class ReplyLinkQuerySet(models.QuerySet["ReplyLink"]):
    """Reads over links."""

    def live(self, at: datetime | None = None) -> ReplyLinkQuerySet:
        """Neither used nor revoked nor expired."""
        return self.filter(used_at=None, revoked_at=None, expires_at__gt=at or clock.now())


class ReplyLink(models.Model):
    """A code by which somebody without an account signs for and answers one letter, once.

    Only the hash of the code is kept: who reads the database cannot answer in the enterprise's name.
    """

    letter = models.ForeignKey("supervision.Letter", models.CASCADE, related_name="links", verbose_name="函件")
    code_hash = models.CharField(max_length=64, unique=True, editable=False)
    phone = models.CharField("短信发往", max_length=30, blank=True)
    issued_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="发出人")
    issued_at = models.DateTimeField("发出时间", default=clock.now)
    expires_at = models.DateTimeField("有效期至")
    opened_at = models.DateTimeField("首次打开", null=True)
    used_at = models.DateTimeField("使用时间", null=True)
    revoked_at = models.DateTimeField("作废时间", null=True)
    used_by = models.CharField("回复人", max_length=30, blank=True)
    used_phone = models.CharField("回复人电话", max_length=30, blank=True)

    objects = ReplyLinkQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "一次性回复链接"
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["letter"],
                condition=models.Q(used_at=None, revoked_at=None),
                name="reply_link_one_live",
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.issued_at:%Y-%m-%d}"

    @property
    def standing(self) -> str:
        """In words: 已使用, 已作废, 已过期 or 有效."""
        if self.used_at:
            return "已使用"
        if self.revoked_at:
            return "已作废"
        return "已过期" if self.expires_at <= clock.now() else "有效"
