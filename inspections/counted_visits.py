"""Concluded visits as proof for duties: led by a leader, patrols of the office, 督导 of villages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common import clock
from inspections.models import Inspection, InspectionMember, VisitState
from tasks.counting import Ask, Counted, RecordKind, Subject

COLUMNS = ("pk", "finished_at", "unit__name", "sector_id", "unit_id", "unit__enterprise__is_high_risk")


def _concluded(ask: Ask) -> QuerySet[Inspection]:
    first, last = clock.midnight(ask.first), clock.end_of(ask.last)
    return Inspection.objects.filter(state=VisitState.DONE, finished_at__range=(first, last))


def _counted(subject: int, label: str, row: tuple[Any, ...]) -> Counted:
    pk, finished, name, sector, unit, risky = row
    url = reverse("inspection-detail", args=[pk])
    return Counted(subject, clock.local(finished).date(), pk, f"{label}{name}", url, sector, unit, bool(risky))


def led(ask: Ask) -> Iterator[Counted]:
    """Visits a leader led (带队): the team names them as 带队领导."""
    visits = _concluded(ask).filter(members__part=InspectionMember.Part.LEADER, members__user_id__in=ask.subjects)
    for leader, *row in visits.order_by("pk").values_list("members__user_id", *COLUMNS):
        yield _counted(leader, "带队检查", tuple(row))


def patrols(ask: Ask) -> Iterator[Counted]:
    """Patrols by the people of a unit (禄街发〔2024〕18号 三（一）6: each quarter three, in three sectors)."""
    visits = _concluded(ask).filter(kind=Inspection.Kind.PATROL, by_unit_id__in=ask.subjects)
    for unit, *row in visits.order_by("pk").values_list("by_unit_id", *COLUMNS):
        yield _counted(unit, "巡查", tuple(row))


def supervisions(ask: Ask) -> Iterator[Counted]:
    """Visits to a village (社区) itself: what the office held with it."""
    visits = _concluded(ask).filter(unit_id__in=ask.subjects)
    for unit, *row in visits.order_by("pk").values_list("unit_id", *COLUMNS):
        yield _counted(unit, "督导", tuple(row))


KINDS = (
    RecordKind("inspection.led", "带队检查", Subject.PERSON, led, "inspection-list"),
    RecordKind("inspection.patrol", "巡查", Subject.UNIT, patrols, "inspection-list"),
    RecordKind("inspection.supervision", "督导检查", Subject.UNIT, supervisions, "inspection-list"),
)
