"""Reads over records: coverage by kind, what duties count, who may see the files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from inspections.models.records import ComplianceRecord, asked_of, with_having
from inspections.record_kinds import ASKED, SHAPES, Kind
from tasks.counting import Ask, Counted, RecordKind, Subject
from units.models import Unit
from units.roles import Right


@dataclass(frozen=True)
class Coverage:
    """How many of those asked have a record of this kind."""

    kind: str
    label: str
    group: str
    basis: str
    asked: int
    having: int

    @property
    def ratio(self) -> float | None:
        """Share; None for 0/0."""
        return self.having / self.asked if self.asked else None

    @property
    def lacking(self) -> int:
        """Those without."""
        return self.asked - self.having


def enterprises(user: Any) -> QuerySet[Unit]:
    """Enterprises in use whose records the user may read."""
    found = Unit.objects.for_user(user, Right.READ_RECORD).enterprises().active()
    return found.filter(enterprise__isnull=False)


def coverage(user: Any) -> list[Coverage]:
    """Every kind somebody must have; one query a kind."""
    return _coverage(enterprises(user))


def coverage_of(unit: Unit) -> list[Coverage]:
    """The same for one enterprise."""
    return _coverage(Unit.objects.filter(pk=unit.pk, enterprise__isnull=False))


def _coverage(units: QuerySet[Unit]) -> list[Coverage]:
    rows = []
    for kind in ASKED:
        counted = with_having(asked_of(units, kind), kind).aggregate(
            asked=Count("pk"), having=Count("pk", filter=Q(has_it=True))
        )
        shape = SHAPES[kind]
        rows.append(
            Coverage(kind, str(Kind(kind).label), shape.group, shape.basis, counted["asked"], counted["having"])
        )
    return rows


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that stand with a record in the user's scope."""
    links = ComplianceRecord.attachments.through.objects.filter(
        attachment_id__in=ids, compliancerecord__in=ComplianceRecord.objects.for_user(user)
    )
    return set(links.values_list("attachment_id", flat=True))


def _counted(kind: str, ask: Ask) -> Iterator[Counted]:
    rows = ComplianceRecord.objects.standing().filter(kind=kind, unit__in=ask.subjects, starts_on__range=ask.span)
    columns = ("pk", "unit_id", "starts_on", "title", "unit__enterprise__sector_id", "unit__enterprise__is_high_risk")
    for pk, unit, on, title, sector, risky in rows.order_by("starts_on", "pk").values_list(*columns):
        yield Counted(unit, on, pk, title, reverse("compliance-record", args=[pk]), sector, unit, bool(risky))


def _drills(ask: Ask) -> Iterator[Counted]:
    return _counted(Kind.DRILL, ask)


def _trainings(ask: Ask) -> Iterator[Counted]:
    return _counted(Kind.TRAINING, ask)


DUTY_KINDS = (
    RecordKind("drill", "应急演练", Subject.UNIT, _drills, "compliance-record-list"),
    RecordKind("training", "安全教育培训", Subject.UNIT, _trainings, "compliance-record-list"),
)
