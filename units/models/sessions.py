"""Who is signed in where: the session table with the person on it, so that sessions can be listed and ended."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from common import clock


class UserSessionQuerySet(models.QuerySet["UserSession"]):
    """Reads over sessions."""

    def live(self) -> UserSessionQuerySet:
        """Signed in and not yet expired by 30 idle minutes."""
        return self.filter(expire_date__gt=clock.now(), user__isnull=False)


class UserSession(AbstractBaseSession):
    """A browser session; `user` is empty before sign-in."""

    user = models.ForeignKey("units.User", models.CASCADE, null=True, related_name="sessions", verbose_name="用户")
    address = models.GenericIPAddressField("来源地址", null=True)
    agent = models.CharField("浏览器", max_length=200, blank=True)
    started_at = models.DateTimeField("登录时间", null=True)
    seen_at = models.DateTimeField("最近活动", default=clock.now)

    objects = BaseSessionManager.from_queryset(UserSessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        verbose_name = verbose_name_plural = "会话"
        ordering = ("-seen_at",)

    @classmethod
    def get_session_store_class(cls) -> Any:
        """The engine that writes this table."""
        from units.sessions import SessionStore

        return SessionStore
