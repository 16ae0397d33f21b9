"""Who did what (`AuditEntry`), and the chain that shows when somebody changed it afterwards (`AuditLink`)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from audit import actions

AUDITOR = "auditor"  # the role code of 审计员; roles themselves live above this app


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """Reads over the record."""

    def for_user(self, user: Any) -> AuditEntryQuerySet:
        """The auditor reads everything; nobody else reads anything."""
        return self.all() if getattr(user, "role", "") == AUDITOR else self.none()

    def of_target(self, target: models.Model) -> AuditEntryQuerySet:
        """What happened to one record, newest first."""
        return self.filter(target_type=target._meta.label_lower, target_id=str(target.pk))

    def sign_ins(self) -> AuditEntryQuerySet:
        """Sign-in, sign-out, failure and lock-out."""
        return self.filter(action__in=actions.SIGN_IN_LOG)


class AuditEntry(models.Model):
    """One audited act: every sign-in, view of protected data, change, export and permission change.

    The database refuses UPDATE, DELETE and TRUNCATE, and links every entry into the hash chain at commit.
    Kept at least 6 months (GB/T 22239-2019 8.1.4.3). Written only by `audit.record`.
    """

    at = models.DateTimeField("时间")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="audit_entries",
        verbose_name="操作人",
    )
    actor_name = models.CharField("操作人姓名", max_length=100, blank=True)
    hat = models.CharField("身份", max_length=200, blank=True)
    address = models.GenericIPAddressField("来源地址", null=True)
    action = models.CharField("操作", max_length=60)
    target_type = models.CharField("对象类型", max_length=60, blank=True)
    target_id = models.CharField("对象编号", max_length=64, blank=True)
    target_label = models.CharField("对象", max_length=200, blank=True)
    before = models.JSONField("变更前", null=True)
    after = models.JSONField("变更后", null=True)
    reason = models.TextField("理由", blank=True)
    request_id = models.CharField("请求编号", max_length=32, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "审计记录"
        ordering = ("-at", "-pk")
        indexes = [
            models.Index(fields=["at", "id"], name="audit_by_time"),
            models.Index(fields=["actor", "at"], name="audit_by_actor"),
            models.Index(fields=["action", "at"], name="audit_by_action"),
            models.Index(fields=["target_type", "target_id", "at"], name="audit_by_target"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name or '未登录'} {self.action_name} {self.target_label}".strip()

    @property
    def action_name(self) -> str:
        """The action in Chinese."""
        return actions.name_of(self.action)


class AuditLink(models.Model):
    """The place of one entry in the chain; made by the database at commit, never by this program.

    `hash` is the SHA-256 of `previous_hash` and the canonical text of the entry (`audit.chain`).
    """

    position = models.BigIntegerField("序号", primary_key=True)
    entry = models.OneToOneField(AuditEntry, models.PROTECT, related_name="link", verbose_name="审计记录")
    previous_hash = models.CharField("前一哈希", max_length=64)
    hash = models.CharField("哈希", max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "审计链"
        ordering = ("position",)

    def __str__(self) -> str:
        return f"#{self.position} {self.hash[:12]}"
