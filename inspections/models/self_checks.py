"""企业自查: which checks an enterprise owes, and one signed check per span (茂林 11, 临江 2, 禄脿 4 and 15)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F, Q, QuerySet
from django.urls import reverse

from common import clock
from inspections import cadence
from inspections.cadence import LED, Cadence
from inspections.models.visits import SKEW_TOLERATED
from units.models import Enterprise
from units.roles import Right, Role
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User

ON_THE_WAY = timedelta(minutes=10)  # a signed check that takes longer to arrive was signed without signal
GRACE = timedelta(hours=12)  # a check of the evening may be filed the next morning


class SelfCheckRule(models.Model):
    """Enterprises of one sort owe a check of one cadence, signed by one role, from a day on.

    The newest edition of a cadence in the nearest enclosing area holds; `applies` of NOBODY takes it back. `basis` is the
    clause. Policy data: proposed and approved by two people.
    """

    class Applies(models.TextChoices):
        EVERYBODY = "all", "全部在营企业"
        HIGH_RISK = "high_risk", "高危行业企业"
        NOT_HIGH_RISK = "not_high_risk", "高危行业以外的企业"
        ABOVE_SCALE = "above_scale", "规模以上企业、高危行业企业"
        EQUIPMENT = "equipment", "高危行业企业、特种设备使用单位"
        NOBODY = "nobody", "不要求"

    SIGNERS = ((Role.SAFETY.value, "安全员或主要负责人"), (Role.PRINCIPAL.value, "主要负责人"))

    area_path = models.CharField("区域路径", max_length=60, db_collation="C", blank=True)
    cadence = models.CharField("频次", max_length=12, choices=Cadence)
    applies = models.CharField("适用企业", max_length=16, choices=Applies)
    signer = models.CharField("签字人", max_length=12, choices=SIGNERS)
    basis = models.CharField("依据", max_length=200)
    effective_from = models.DateField("生效日期")
    set_by = models.CharField("设定人", max_length=120, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "自查要求"
        ordering = ("cadence", "-effective_from")
        constraints = [
            models.UniqueConstraint(fields=["area_path", "cadence", "effective_from"], name="self_check_rule_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_cadence_display()}：{self.get_applies_display()}"


Applies = SelfCheckRule.Applies
OWING: dict[str, Q] = {
    Applies.EVERYBODY: Q(),
    Applies.HIGH_RISK: Q(enterprise__is_high_risk=True),
    Applies.NOT_HIGH_RISK: Q(enterprise__is_high_risk=False),
    Applies.ABOVE_SCALE: Q(enterprise__is_above_scale=True) | Q(enterprise__is_high_risk=True),
    Applies.EQUIPMENT: Q(enterprise__has_special_equipment=True) | Q(enterprise__is_high_risk=True),
    Applies.NOBODY: Q(pk__in=()),
}


class SelfCheckQuerySet(models.QuerySet["SelfCheck"]):
    """Reads over self-checks."""

    def for_user(self, user: User, right: str = Right.READ_RECORD) -> SelfCheckQuerySet:
        """Checks of the enterprises the user's hat reaches."""
        return self.filter(reach(user, right))

    def late(self) -> QuerySet[SelfCheck]:
        """Filed after the morning that follows their span."""
        return self.filter(filed_at__gt=F("due_at"))

    def led(self) -> SelfCheckQuerySet:
        """Led by the principal."""
        return self.filter(cadence__in=LED)


class SelfCheck(models.Model):
    """One signed check of one span; 零隐患 counts like any other. Filed once and never changed.

    `due_at` is the last moment that is not late. `filed_at` is when it was signed, on a phone without signal too, by our
    clock; `received_at` when it arrived. `seconds` is how long the form was open, as our clock or the phone's saw it. Equal
    `fingerprint`s mean equal answers. `area_path`, `department` and `sector` copy the enterprise's for the read scope.
    """

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="self_checks", verbose_name="企业")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    department = models.ForeignKey("units.Unit", models.PROTECT, null=True, related_name="+", editable=False)
    sector = models.ForeignKey("units.Sector", models.PROTECT, null=True, related_name="+", editable=False)
    cadence = models.CharField("频次", max_length=12, choices=Cadence)
    first_on = models.DateField("起")
    last_on = models.DateField("止")
    due_at = models.DateTimeField("应报时间")
    version = models.ForeignKey("inspections.ChecklistVersion", models.PROTECT, related_name="+", verbose_name="检查表")
    item_count = models.PositiveSmallIntegerField("检查项数")
    bad_count = models.PositiveSmallIntegerField("问题数", default=0)
    note = models.CharField("说明", max_length=300, blank=True)
    signed_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="签字人")
    signed_name = models.CharField("签字人姓名", max_length=60)
    signed_hat = models.CharField("签字人身份", max_length=160, blank=True)
    filed_at = models.DateTimeField("报送时间", default=clock.now)
    received_at = models.DateTimeField("服务器收到时间", default=clock.now)
    clock_skew = models.IntegerField("手机时钟偏差（秒）", default=0)
    seconds = models.PositiveIntegerField("用时（秒）", null=True)
    fingerprint = models.CharField(max_length=64, editable=False)
    once = models.UUIDField(unique=True, null=True, editable=False)

    objects = SelfCheckQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "企业自查"
        ordering = ("-first_on", "-pk")
        constraints = [models.UniqueConstraint(fields=["unit", "cadence", "first_on"], name="self_check_once_per_span")]
        indexes = [
            models.Index(fields=["area_path", "-first_on"], name="self_check_area"),
            models.Index(fields=["cadence", "first_on", "unit"], name="self_check_span"),
        ]

    def __str__(self) -> str:
        return f"{self.span_label} {self.get_cadence_display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Copy the scope from the enterprise when it is first stored."""
        if self._state.adding:
            firm = Enterprise.objects.filter(unit=self.unit_id).first()
            self.area_path = self.unit.area_path
            self.department_id = firm.department_id if firm else None
            self.sector_id = firm.sector_id if firm else None
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The check's page."""
        return reverse("self-check-detail", args=[self.pk])

    @property
    def span(self) -> cadence.Span:
        """The days it is about."""
        return cadence.Span(self.first_on, self.last_on)

    @property
    def span_label(self) -> str:
        """The days in words."""
        return cadence.label(self.cadence, self.span)

    @property
    def is_late(self) -> bool:
        """Filed after the morning that follows its span."""
        return self.filed_at > self.due_at

    @property
    def came_later(self) -> bool:
        """Signed on a phone without signal, and arrived later."""
        return self.received_at - self.filed_at > ON_THE_WAY

    @property
    def has_wrong_clock(self) -> bool:
        """The phone's clock was off by more than five minutes."""
        return abs(self.clock_skew) > SKEW_TOLERATED

    @property
    def is_zero(self) -> bool:
        """零隐患."""
        return self.bad_count == 0


class SelfCheckFinding(models.Model):
    """An item that is not in order, or does not apply; what is in order leaves no row. 不合格 becomes a hazard."""

    class Outcome(models.TextChoices):
        BAD = "bad", "不合格"
        NA = "na", "不涉及"

    check_record = models.ForeignKey(SelfCheck, models.CASCADE, related_name="findings")
    item = models.ForeignKey("inspections.ChecklistItem", models.PROTECT, related_name="+", verbose_name="检查项")
    outcome = models.CharField("结果", max_length=4, choices=Outcome)
    note = models.CharField("情况", max_length=300, blank=True)
    hazard = models.ForeignKey(
        "hazards.Hazard", models.PROTECT, null=True, related_name="self_check_findings", verbose_name="隐患"
    )

    class Meta:
        verbose_name = verbose_name_plural = "自查发现"
        ordering = ("item__number",)
        constraints = [models.UniqueConstraint(fields=["check_record", "item"], name="self_check_item_once")]

    def __str__(self) -> str:
        return f"{self.item} {self.get_outcome_display()}"


def due_at(last: date) -> datetime:
    """The last moment a check of a span that ends on `last` is not late."""
    return clock.end_of(last) + GRACE
