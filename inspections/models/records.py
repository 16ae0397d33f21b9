"""Records of the enterprise's own duty with their validity, and who lacks what is asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from common import clock
from common.events import RecordEvent
from common.limits import limit
from inspections.record_kinds import SHAPES, WATCHED, Counts, Kind, half_of
from units.models import Enterprise, Unit
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models import User

OF_FIRM = {"department": "unit__enterprise__department_id", "sector": "unit__enterprise__sector_id"}


class ComplianceRecordQuerySet(models.QuerySet["ComplianceRecord"]):
    """Reads over records."""

    def for_user(self, user: User, right: str = Right.READ_RECORD) -> ComplianceRecordQuerySet:
        """Records of the enterprises the user's hat reaches."""
        return self.filter(reach(user, right, **OF_FIRM))

    def standing(self) -> ComplianceRecordQuerySet:
        """Not withdrawn."""
        return self.filter(state=ComplianceRecord.State.STANDING)

    def valid_on(self, day: date | None = None) -> ComplianceRecordQuerySet:
        """Standing and not expired on `day` (default today); the last day counts."""
        day = day or clock.today()
        return self.standing().filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))

    def expired(self, on: date | None = None) -> ComplianceRecordQuerySet:
        """Standing with a validity that has passed."""
        return self.standing().filter(valid_until__lt=on or clock.today())

    def expiring(self, days: int, on: date | None = None) -> ComplianceRecordQuerySet:
        """Valid, and not any more in `days` natural days."""
        day = on or clock.today()
        return self.standing().filter(valid_until__range=(day, day + timedelta(days=days)))

    def watching(self, on: date | None = None) -> ComplianceRecordQuerySet:
        """The accidents and blacklist entries that put their enterprise under 差异化管理 on that day."""
        day = on or clock.today()
        return self.valid_on(day).filter(kind__in=WATCHED, starts_on__lte=day)


class ComplianceRecord(models.Model):
    """One certificate, training, drill, list, agreement, policy, yearly spend or credit entry. `amount` is in 万元.

    Expired is computed from `valid_until`, never stored. Which fields a kind uses stands in `inspections.record_kinds`.
    """

    class State(models.TextChoices):
        STANDING = "standing", "在册"
        WITHDRAWN = "withdrawn", "已撤销"

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="compliance_records", verbose_name="企业")
    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    kind = models.CharField("种类", max_length=12, choices=Kind)
    state = models.CharField("状态", max_length=10, choices=State, default=State.STANDING)
    title = models.CharField("名称、事由", max_length=120, blank=True)
    holder = models.CharField("持证人、对方单位", max_length=80, blank=True)
    number = models.CharField("编号", max_length=60, blank=True)
    issuer = models.CharField("发证、承保单位", max_length=80, blank=True)
    starts_on = models.DateField("日期", null=True, blank=True)
    valid_until = models.DateField("有效期至", null=True, blank=True)
    amount = models.DecimalField("金额（万元）", max_digits=12, decimal_places=2, null=True, blank=True)
    people = models.PositiveIntegerField("参加人数", null=True, blank=True)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1, null=True, blank=True)
    note = models.CharField("说明", max_length=500, blank=True)
    attachments = models.ManyToManyField("evidence.Attachment", blank=True, related_name="+")
    recorded_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间", default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    updated_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ComplianceRecordQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "履责记录"
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=["unit", "kind", "state"], name="record_unit_kind"),
            models.Index(fields=["area_path", "kind"], name="record_area_kind"),
            models.Index(fields=["valid_until"], name="record_validity", condition=Q(state="standing")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.holder or self.title or self.number}"

    def get_absolute_url(self) -> str:
        """The record's page."""
        return reverse("compliance-record", args=[self.pk])

    @property
    def validity(self) -> str:
        """withdrawn, expired, expiring (within the policy's days) or valid: what the badge shows."""
        if self.state == self.State.WITHDRAWN:
            return "withdrawn"
        if self.valid_until is None:
            return "valid"
        left = (self.valid_until - clock.today()).days
        if left < 0:
            return "expired"
        return "expiring" if left <= limit("record.remind", self.area_path).value else "valid"


class ComplianceRecordEvent(RecordEvent):
    """One thing that happened to a record."""

    compliancerecord = models.ForeignKey(ComplianceRecord, models.CASCADE, related_name="events")

    class Meta(RecordEvent.Meta):
        verbose_name = verbose_name_plural = "履责记录事件"


def asked_of(units: QuerySet[Unit], kind: str) -> QuerySet[Unit]:
    """Of `units` those in operation that must have a record of this kind."""
    shape = SHAPES[kind]
    if shape.asked_of is None:
        return units.none()
    asked = units.filter(shape.asked_of, enterprise__state=Enterprise.State.OPERATING)
    if shape.asked_with:
        held = ComplianceRecord.objects.valid_on().filter(unit=OuterRef("pk"), kind=shape.asked_with)
        asked = asked.filter(Exists(held))
    return asked


def with_watched(units: QuerySet[Unit], on: date | None = None) -> QuerySet[Unit]:
    """The units with `is_watched`: whether they are under 差异化管理 on that day."""
    return units.annotate(is_watched=Exists(ComplianceRecord.objects.watching(on).filter(unit=OuterRef("pk"))))


def watched_among(unit_ids: Iterable[int], on: date | None = None) -> set[int]:
    """Those of the units under 差异化管理, in one query."""
    found = ComplianceRecord.objects.watching(on).filter(unit_id__in=unit_ids)
    return set(found.values_list("unit_id", flat=True))


def with_having(units: QuerySet[Unit], kind: str, on: date | None = None) -> QuerySet[Unit]:
    """The units with `has_it`: whether they have what the kind asks, on that day."""
    day, counts = on or clock.today(), SHAPES[kind].counts
    own = ComplianceRecord.objects.standing().filter(unit=OuterRef("pk"), kind=kind)
    if counts == Counts.VALID:
        return units.annotate(has_it=Exists(own.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))))
    of_year = Exists(own.filter(starts_on__range=(date(day.year, 1, 1), day)))
    if counts == Counts.YEAR:
        return units.annotate(has_it=of_year)
    of_half = Exists(own.filter(starts_on__range=(half_of(day), day)))
    risky = models.Case(
        models.When(enterprise__is_high_risk=True, then=of_half), default=of_year, output_field=models.BooleanField()
    )
    return units.annotate(has_it=risky)
