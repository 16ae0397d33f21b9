"""Opening the month of every unit once it is over. The figures come from above; what they bring about is the ladder's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from common import clock
from common.copying import copy_in
from common.events import new_event
from common.months import first_of_month
from supervision import unit_rules
from supervision.models import UnitMonth, UnitMonthEvent
from supervision.transitions import recall
from supervision.transitions.unit_track import UNITS
from supervision.unit_rules import MonthFigures
from units.models import Unit


def open_month(office: Unit, month: date, figures: Sequence[MonthFigures]) -> int:
    """Open `month` (its first day) for the units of `office`, or reckon it anew; returns how many rows were new or changed.

    One transaction, one process per office at a time; repeated with the same figures it does nothing. Figures that have
    changed since (a rectification found false, a ledger entered late) replace the former ones, which the log keeps; then
    the ladder looks at the whole month again, for "last" is reckoned among all. What has fired stays as it is. A unit whose
    month another office has opened keeps that one.
    """
    now = clock.now()
    with transaction.atomic():
        Unit.objects.select_for_update(no_key=True).get(pk=office.pk)
        known = set(
            UnitMonth.objects.filter(month=month, unit__in=[each.unit_id for each in figures]).values_list(
                "unit", flat=True
            )
        )
        changed = _reckon_anew(office, month, figures, now)
        fresh = list(months_of(office, month, (each for each in figures if each.unit_id not in known)))
        copy_in(fresh)
        copy_in((_event(row, "open", "建立月度情况", now) for row in fresh), keyed=False)
        recall.remember(UNITS, fresh)
        if fresh or changed:
            UnitMonth.objects.filter(office=office, month=month).update(next_step_at=now)
    return len(fresh) + changed


def months_of(office: Unit, month: date, figures: Iterable[MonthFigures]) -> Iterable[UnitMonth]:
    """Unsaved months of the units in use; the simulation judges them as the run does."""
    figures = list(figures)
    units, ends, now = Unit.objects.active().in_bulk([each.unit_id for each in figures]), end_of(month), clock.now()
    for each in figures:
        unit = units.get(each.unit_id)
        if unit is not None:
            values = {name: getattr(each, name) for name in unit_rules.FIGURES}
            yield UnitMonth(
                unit=unit, office=office, month=month, area_path=unit.area_path, due_at=ends, opened_at=now,
                next_step_at=now, updated_at=now, **values,
            )  # fmt: skip


def end_of(month: date) -> datetime:
    """The moment after the month's end."""
    return clock.midnight(first_of_month(month, 1))


def _reckon_anew(office: Unit, month: date, figures: Sequence[MonthFigures], now: datetime) -> int:
    """Give the open months their present figures; a unit that has none any more is left with noughts."""
    present = {each.unit_id: each for each in figures}
    events = []
    rows = UnitMonth.objects.select_for_update(no_key=True).filter(office=office, month=month).order_by("pk")
    for row in rows:
        former = unit_rules.figures_in(row)
        latest = present.get(row.unit_id) or MonthFigures(row.unit_id, row.group, 0, 0)
        if latest == former:
            continue
        for name in unit_rules.FIGURES:
            setattr(row, name, getattr(latest, name))
        row.version, row.updated_at = row.version + 1, now
        row.save(update_fields=[*unit_rules.FIGURES, "version", "updated_at"])
        events.append(_event(row, "reckon", "重新核算", now, unit_rules.said(former)))
    copy_in(events, keyed=False)
    return len(events)


def _event(
    row: UnitMonth, action: str, label: str, now: datetime, former: dict[str, Any] | None = None
) -> UnitMonthEvent:
    figures = unit_rules.said(unit_rules.figures_in(row))
    note = unit_rules.in_words(figures)
    data = {"figures": figures, "note": note}
    if former is not None:
        data |= {"before": former, "note": f"原为{unit_rules.in_words(former)}；现为{note}"}
    return new_event(UnitMonthEvent, row, action, label, at=now, data=data)
