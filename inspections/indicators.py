"""What the records of the enterprise's own duty tell of the plan's goals (禄脿 一（二）四是)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from inspections.models.records import asked_of, with_having
from inspections.record_kinds import SHAPES, Kind
from tasks.measuring import SHOWN, Fraction, Measure, Missing, Within, register
from units.models import Enterprise, Unit


def _firms(within: Within) -> QuerySet[Any]:
    return Unit.objects.active().enterprises().filter(area_path__startswith=within.area_path, enterprise__isnull=False)


def _principals(within: Within) -> QuerySet[Any]:
    """Enterprises of high-risk trades in the street whose principal must be trained, with whether he was on the last day (`has_it`)."""
    return with_having(asked_of(_firms(within), Kind.PRINCIPAL), Kind.PRINCIPAL, within.last)


def _count(within: Within) -> Fraction:
    rows = _principals(within)
    return Fraction(rows.filter(has_it=True).count(), rows.count())


def _missing(within: Within) -> Iterator[Missing]:
    for unit in _principals(within).filter(has_it=False).order_by("name")[:SHOWN]:
        yield Missing(unit.name, unit.get_absolute_url(), "没有有效的主要负责人安全合格证记录")


def _outside(within: Within) -> Iterator[Missing]:
    """High-risk ones that do not operate, and those of whom nobody has said what trade they are in."""
    operating = Q(enterprise__state=Enterprise.State.OPERATING)
    resting = _firms(within).filter(SHAPES[Kind.PRINCIPAL].asked_of or Q()).exclude(operating)
    for unit in resting.select_related("enterprise").order_by("name")[:SHOWN]:
        yield Missing(unit.name, unit.get_absolute_url(), unit.enterprise.get_state_display())
    unsaid = Q(enterprise__sector__isnull=True, enterprise__is_high_risk=False)
    for unit in _firms(within).filter(operating, unsaid).order_by("name")[:SHOWN]:
        yield Missing(unit.name, unit.get_absolute_url(), "没有登记行业领域，无法判断")


def announce() -> None:
    """Put it on the register."""
    register(Measure("records.principal_trained", "主要负责人培训合格（履责记录）", _count, _missing, _outside))
