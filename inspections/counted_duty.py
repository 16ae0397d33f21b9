"""Self-checks as proofs of duties: what an enterprise did by itself, and what its principal led (禄脿 4, 15)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.urls import reverse

from common.clock import local
from inspections.cadence import LED, Cadence
from inspections.models.self_checks import SelfCheck
from tasks.counting import Ask, Counted, RecordKind, Subject

_COLUMNS = (
    "unit", "filed_at", "pk", "first_on", "cadence", "sector", "unit__enterprise__is_high_risk", "signed_by",
)  # fmt: skip


def _checks(*cadences: str) -> Callable[[Ask], Iterator[Counted]]:
    """The checks of these cadences, each once, on the day it was filed; one statement."""

    def query(ask: Ask) -> Iterator[Counted]:
        rows = SelfCheck.objects.filter(unit__in=ask.subjects, cadence__in=cadences, first_on__range=ask.span)
        for unit, filed_at, pk, first, cadence, sector, is_high_risk, signer in rows.values_list(*_COLUMNS):
            title = f"{first:%Y年%-m月%-d日}起{Cadence(cadence).label}（{local(filed_at):%m月%d日}报送）"
            url = reverse("self-check-detail", args=[pk])
            yield Counted(unit, first, pk, title, url, sector, unit, bool(is_high_risk), signer)

    return query


KINDS = (
    RecordKind("self_check.led", "主要负责人带队自查", Subject.UNIT, _checks(*LED), "self-check-list"),
    RecordKind("self_check.day", "日检查", Subject.UNIT, _checks(Cadence.DAY), "self-check-list"),
    RecordKind("self_check.week", "周检查", Subject.UNIT, _checks(Cadence.WEEK), "self-check-list"),
    RecordKind("self_check.month", "月检查", Subject.UNIT, _checks(Cadence.MONTH), "self-check-list"),
)
