"""What reports let duties count: monthly notices an office issued (禄街发〔2024〕18号 三（一）6)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from common import clock
from reports.models import Notice
from tasks.counting import Ask, Counted, RecordKind, Subject, register


def _monthly(ask: Ask) -> Iterator[Counted]:
    span = (clock.midnight(ask.first), clock.end_of(ask.last))
    issued = Notice.objects.filter(
        kind=Notice.Kind.MONTHLY, state=Notice.State.ISSUED, office__in=ask.subjects, issued_at__range=span
    )
    for pk, office, title, at in issued.values_list("pk", "office_id", "title", "issued_at"):
        yield Counted(office, clock.local(at).date(), pk, title, reverse("notice-detail", args=[pk]))


def announce() -> None:
    """Put them on the register; called when the app is ready."""
    register(RecordKind("notice.monthly", "印发月通报", Subject.UNIT, _monthly, "notice-list"))
