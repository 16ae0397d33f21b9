"""What the records of the enterprise's own duty tell of the plan's goals (禄脿 一（二）四是)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from inspections.models.records import asked_of, with_having
from inspections.record_kinds import Kind
from tasks.measuring import SHOWN, Fraction, Measure, Missing, Within, register
from units.models import Unit


def _principals(within: Within) -> QuerySet[Any]:
    """Enterprises of high-risk trades in the street whose principal must be trained, with whether he was on the last day (`has_it`)."""
    firms = Unit.objects.active().enterprises().filter(area_path__startswith=within.area_path, enterprise__isnull=False)
    return with_having(asked_of(firms, Kind.PRINCIPAL), Kind.PRINCIPAL, within.last)


def _count(within: Within) -> Fraction:
    rows = _principals(within)
    return Fraction(rows.filter(has_it=True).count(), rows.count())


def _missing(within: Within) -> Iterator[Missing]:
    for unit in _principals(within).filter(has_it=False).order_by("name")[:SHOWN]:
        yield Missing(unit.name, unit.get_absolute_url(), "没有有效的主要负责人安全合格证记录")


def announce() -> None:
    """Put it on the register."""
    register(Measure("records.principal_trained", "主要负责人培训合格（履责记录）", _count, _missing))
