"""What tasks itself lets duties count: records entered by hand and meetings that were held."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from common import clock
from tasks.counting import Ask, Counted, RecordKind, Subject, register
from tasks.models import DutyRecord, Meeting

RECORD, MEETING = "record.", "meeting."
_HIGH = Q(place__enterprise__is_high_risk=True) | Q(place__enterprise__sector__is_high_risk=True)


def _records(kind: str, column: str) -> Callable[[Ask], Iterator[Counted]]:
    """Records of one kind for the people (`people`) or the unit (`unit`); those of a merged unit count for its successor."""

    def query(ask: Ask) -> Iterator[Counted]:
        whose = F("people") if column == "people" else Coalesce("unit__merged_into_id", "unit_id")
        rows = (
            DutyRecord.objects.standing()
            .annotate(whose=whose, topic=Coalesce("sector_id", "place__enterprise__sector_id"), risky=_HIGH)
            .filter(kind=kind, on__range=ask.span, whose__in=ask.subjects)
            .values_list("whose", "on", "pk", "title", "topic", "place_id", "risky")
        )
        for subject, on, pk, title, sector, place, risky in rows:
            yield Counted(subject, on, pk, title, reverse("duty-record", args=[pk]), sector, place, bool(risky))

    return query


def _meetings(kind: str) -> Callable[[Ask], Iterator[Counted]]:
    """Meetings of one kind, for the office that held them."""

    def query(ask: Ask) -> Iterator[Counted]:
        first, last = clock.midnight(ask.first), clock.end_of(ask.last)
        found = Meeting.objects.held().filter(kind=kind, office__in=ask.subjects, starts_at__range=(first, last))
        for subject, at, pk, title in found.values_list("office_id", "starts_at", "pk", "title"):
            yield Counted(subject, clock.local(at).date(), pk, title, reverse("meeting-detail", args=[pk]))

    return query


def announce() -> None:
    """Put them on the register; called when the app is ready."""
    for kind in DutyRecord.Kind:
        personal = kind in DutyRecord.PERSONAL
        subject, column = (Subject.PERSON, "people") if personal else (Subject.UNIT, "unit")
        register(
            RecordKind(
                f"{RECORD}{kind.value}", f"{kind.label}（登记）", subject, _records(kind, column), "duty-record-list"
            )
        )
    for meeting in Meeting.Kind:
        register(
            RecordKind(f"{MEETING}{meeting.value}", meeting.label, Subject.UNIT, _meetings(meeting), "meeting-list")
        )
