"""What the records of units alone can tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from common.wording import cn_date
from tasks.measuring import SHOWN, Fraction, Measure, Missing, Within, register
from units.models import Enterprise, Unit

_GRADES = (Enterprise.Grade.FIRST, Enterprise.Grade.SECOND, Enterprise.Grade.THIRD)


def _above_scale(within: Within) -> QuerySet[Any]:
    units = Unit.objects.active().enterprises().filter(area_path__startswith=within.area_path)
    return units.filter(enterprise__is_above_scale=True)


def _large(within: Within) -> QuerySet[Any]:
    return _above_scale(within).filter(enterprise__state=Enterprise.State.OPERATING)


def _resting(within: Within) -> Iterator[Missing]:
    rows = _above_scale(within).exclude(enterprise__state=Enterprise.State.OPERATING).select_related("enterprise")
    for unit in rows.order_by("name")[:SHOWN]:
        yield Missing(unit.name, unit.get_absolute_url(), unit.enterprise.get_state_display())


def _graded(within: Within) -> Q:
    valid = Q(enterprise__grade_until__isnull=True) | Q(enterprise__grade_until__gte=within.last)
    return Q(enterprise__grade__in=_GRADES) & valid


def _count(within: Within) -> Fraction:
    large = _large(within)
    return Fraction(large.filter(_graded(within)).count(), large.count())


def _missing(within: Within) -> Iterator[Missing]:
    rows = _large(within).exclude(_graded(within)).select_related("enterprise").order_by("name")
    for unit in rows[:SHOWN]:
        until = unit.enterprise.grade_until
        note = f"证书{cn_date(until)}到期" if unit.enterprise.grade and until else unit.enterprise.get_grade_display()
        yield Missing(unit.name, unit.get_absolute_url(), note)


def announce() -> None:
    """Put it on the register."""
    register(Measure("units.standardised", "规上企业标准化（企业档案）", _count, _missing, _resting))
