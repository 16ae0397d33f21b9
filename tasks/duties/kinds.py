"""What tasks itself lets duties count: records entered by hand and meetings that were held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from common import clock
from tasks.counting import Ask, Counted, RecordKind, Subject, register
from tasks.models import DutyRecord, Meeting, YearlyPaper
from tasks.models.standings import REPORT_FILED
from tasks.models.yearly import YearlyState

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


def _lists(ask: Ask) -> Iterator[Counted]:
    """Both yearly lists of a unit filed: counts once, on the day the second one came."""
    filed: dict[tuple[int, int], list[tuple[date, int]]] = {}
    rows = _filed(ask).filter(kind__in=(YearlyPaper.Kind.DUTIES, YearlyPaper.Kind.TASKS))
    for pk, unit, year, at in rows.values_list("pk", "unit_id", "year", "filed_at"):
        filed.setdefault((unit, year), []).append((clock.local(at).date(), pk))
    for (unit, year), papers in filed.items():
        on, pk = max(papers)
        if len(papers) == 2 and ask.first <= on <= ask.last:
            yield Counted(unit, on, pk, f"{year}年度职责清单和重点任务清单", reverse("yearly-detail", args=[pk]))


def _reports(ask: Ask) -> Iterator[Counted]:
    """The yearly report of a unit filed."""
    span = (clock.midnight(ask.first), clock.end_of(ask.last))
    rows = _filed(ask).filter(kind=YearlyPaper.Kind.REPORT, filed_at__range=span)
    for pk, unit, year, at in rows.values_list("pk", "unit_id", "year", "filed_at"):
        yield Counted(unit, clock.local(at).date(), pk, f"{year}年度履职述职报告", reverse("yearly-detail", args=[pk]))


def _filed(ask: Ask) -> QuerySet[YearlyPaper]:
    return YearlyPaper.objects.exclude(state=YearlyState.DRAFT).filter(unit__in=ask.subjects, filed_at__isnull=False)


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
    register(RecordKind("filing.lists", "年度清单报备", Subject.UNIT, _lists, "yearly-list"))
    register(RecordKind(REPORT_FILED, "年度述职报备", Subject.UNIT, _reports, "yearly-list"))
    for meeting in Meeting.Kind:
        register(
            RecordKind(f"{MEETING}{meeting.value}", meeting.label, Subject.UNIT, _meetings(meeting), "meeting-list")
        )
