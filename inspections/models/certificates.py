"""执法证, and what the office's enforcement papers are headed and numbered with."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from common import clock
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User


class CertificateQuerySet(models.QuerySet["EnforcementCertificate"]):
    """Reads over certificates."""

    def for_user(self, user: User, right: str = Right.KEEP_CERTIFICATES) -> CertificateQuerySet:
        """Certificates of the office's area; everybody else those of the own unit."""
        hat = getattr(user, "hat", None)
        if hat is None:
            return self.none()
        return self.filter(reach(user, right) | Q(unit_id=hat.unit_id) | Q(user_id=user.pk))

    def valid_on(self, day: date | None = None) -> CertificateQuerySet:
        """Certificates in force on `day` (default today), first and last day included."""
        day = day or clock.today()
        return self.filter(valid_from__lte=day, valid_until__gte=day, is_revoked=False)


class EnforcementCertificate(models.Model):
    """A person's 行政执法证. An administrative inspection needs two holders (行政处罚法 Art.42)."""

    user = models.ForeignKey(
        "units.User", models.CASCADE, related_name="enforcement_certificates", verbose_name="持证人"
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+", verbose_name="所在单位")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    number = models.CharField("执法证号", max_length=40, unique=True)
    issuer = models.CharField("发证机关", max_length=80, blank=True)
    valid_from = models.DateField("有效期起")
    valid_until = models.DateField("有效期止")
    is_revoked = models.BooleanField("已注销", default=False)
    updated_at = models.DateTimeField("更新时间", default=clock.now, editable=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "执法证"
        ordering = ("valid_until", "number")
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=models.F("valid_from")), name="certificate_dates")
        ]

    def __str__(self) -> str:
        return self.number

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the unit's area, for scope reads."""
        self.area_path = self.unit.area_path
        super().save(*args, **kwargs)

    @property
    def is_valid(self) -> bool:
        """In force today."""
        return not self.is_revoked and self.valid_from <= clock.today() <= self.valid_until


class InspectionSettings(models.Model):
    """How the papers of one office's area are headed and numbered, and where a remedy is sought."""

    office = models.OneToOneField(
        "units.Unit", models.CASCADE, related_name="inspection_settings", verbose_name="安委办"
    )
    organ = models.CharField("执法机关名称", max_length=80)
    number_prefix = models.CharField(
        "文号简称", max_length=30, help_text="如“禄街应急”，文号即“禄街应急检记〔2026〕1号”"
    )
    reconsideration_body = models.CharField("行政复议机关", max_length=80, help_text="街道办事处为区（县）人民政府")
    court = models.CharField("管辖法院", max_length=80)

    class Meta:
        verbose_name = verbose_name_plural = "检查文书设置"

    def __str__(self) -> str:
        return self.organ
