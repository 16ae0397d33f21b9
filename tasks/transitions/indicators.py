"""Values of indicators: computed by a job, or entered by hand with their source."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

import audit
from common import clock
from common.errors import Forbidden, Refused
from evidence.models import Attachment
from tasks.duties.subjects import streets
from tasks.measuring import find, within
from tasks.models import Indicator, IndicatorLead, IndicatorValue
from tasks.models.indicators import month_of
from units.access import require
from units.models import Unit, User
from units.roles import OFFICE, Right

V = IndicatorValue


def measure_all() -> int:
    """Compute every indicator that can be, for every street, for this month and in its first days for the last one too.

    Returns how many values were written. Safe to repeat: a month has one value, replaced until it is history.
    """
    today = clock.today()
    months = [month_of(today)]
    if today.day <= 7:
        months.append(month_of(months[0] - timedelta(days=1)))
    indicators = [indicator for indicator in Indicator.objects.exclude(measure="") if find(indicator.measure)]
    places = [(street.office.area_path, month) for street in streets() for month in months]
    return sum(_compute(indicator, path, month) for path, month in places for indicator in indicators)


def _compute(indicator: Indicator, area_path: str, month: date) -> int:
    measure = find(indicator.measure)
    if measure is None or not area_path.startswith(indicator.area_path):
        return 0
    counted = measure.count(within(area_path, month))
    V.objects.update_or_create(
        indicator=indicator,
        area_path=area_path,
        month=month,
        defaults={**counted._asdict(), "source": V.Source.COMPUTED, "note": measure.label, "at": clock.now()},
    )
    return 1


@transaction.atomic
def enter(
    actor: User,
    indicator: Indicator,
    *,
    month: date,
    numerator: int,
    denominator: int,
    note: str,
    files: Sequence[Attachment] = (),
) -> IndicatorValue:
    """The value of a month by hand, with where it comes from; entering again replaces it, and the audit record keeps both.

    Raises `Forbidden` for who does not answer for it, `Refused` for what is computed, for months to come, more than all, or
    no source.
    """
    require(actor, Right.KEEP_INDICATOR)
    if not may_enter(actor, indicator):
        raise Forbidden("只能填报本单位负责的指标。")
    if indicator.measure and find(indicator.measure):
        raise Refused("该指标由系统计算，不能填报。")
    _check(indicator, month, numerator, denominator, note)
    if any(file.uploaded_by_id != actor.pk for file in files):
        raise Forbidden("只能使用本人上传的文件。")
    office = Unit.objects.office_of(actor.area_path)
    facts: dict[str, Any] = {"numerator": numerator, "denominator": denominator, "note": note}
    same: dict[str, Any] = {"indicator": indicator, "area_path": office.area_path, "month": month_of(month)}
    old = V.objects.select_for_update(of=("self",)).filter(**same).first()
    before = {name: getattr(old, name) for name in facts} if old else None
    value, _ = V.objects.update_or_create(
        **same, defaults={**facts, "source": V.Source.MANUAL, "entered_by": actor, "at": clock.now()}
    )
    value.attachments.add(*files)
    audit.record("tasks.indicator_entered", value, actor=actor, before=before, after=facts)
    return value


def _check(indicator: Indicator, month: date, numerator: int, denominator: int, note: str) -> None:
    if month_of(month) > clock.today():
        raise Refused.at("month", "不能填报将来的月份。")
    if indicator.direction == Indicator.Direction.UP and numerator > denominator:
        raise Refused.at("numerator", "分子不能大于分母。")
    if not note.strip():
        raise Refused.at("note", "请写明数据来源。")


def may_enter(actor: User, indicator: Indicator) -> bool:
    """The office, or the unit named as answering for it."""
    if not Indicator.objects.for_user(actor, Right.KEEP_INDICATOR).filter(pk=indicator.pk).exists():
        return False
    return actor.role in OFFICE or IndicatorLead.objects.filter(indicator=indicator, unit_id=_unit(actor)).exists()


def _unit(actor: User) -> int:
    return actor.hat.unit_id if actor.hat else 0


@transaction.atomic
def name_lead(actor: User, indicator: Indicator, units: Sequence[Unit]) -> None:
    """Which units of the street answer for the indicator; those of other streets stay as they are."""
    require(actor, Right.KEEP_INDICATOR)
    if actor.role not in OFFICE:
        raise Forbidden
    IndicatorLead.objects.filter(indicator=indicator, unit__area_path__startswith=actor.area_path).delete()
    IndicatorLead.objects.bulk_create([IndicatorLead(indicator=indicator, unit=unit) for unit in units])
    audit.record("tasks.indicator_lead", indicator, actor=actor, after={"units": [unit.pk for unit in units]})
