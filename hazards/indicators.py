"""What hazards tell indicators: the stock, the growth and the punctuality of 重大隐患 (禄街发〔2024〕18号 一（二）三是)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Min, QuerySet

from common import clock
from hazards.models import Hazard
from hazards.models.hazard import Level, State
from tasks.measuring import SHOWN, Fraction, Measure, Missing, Within, register

_NEVER = (State.DRAFT, State.REPORTED, State.DISMISSED, State.TRANSFERRED)
_DONE = (State.CLOSED, State.REVIEWED)


def _major(within: Within) -> QuerySet[Hazard]:
    found = Hazard.objects.filter(level=Level.MAJOR, area_path__startswith=within.area_path).exclude(state__in=_NEVER)
    return found.filter(confirmed_at__lte=clock.end_of(within.last))


def _stock(within: Within) -> QuerySet[Hazard]:
    return _major(within).filter(is_stock=True)


def _stock_closed(within: Within) -> Fraction:
    stock = _stock(within)
    return Fraction(stock.filter(closed_at__lte=clock.end_of(within.last)).count(), stock.count())


def _stock_open(within: Within) -> Iterator[Missing]:
    return _named(_stock(within).exclude(closed_at__lte=clock.end_of(within.last)))


def _new(within: Within, year: int) -> QuerySet[Hazard]:
    last = within.last.replace(year=year, day=min(within.last.day, 28) if within.last.month == 2 else within.last.day)
    first = clock.midnight(last.replace(month=1, day=1))
    return _major(within).filter(confirmed_at__range=(first, clock.end_of(last)))


def _growth(within: Within) -> Fraction:
    """This year's new ones among last year's to the same day; among none where the ledger does not reach back so far."""
    year = within.last.year
    known_from = Hazard.objects.filter(area_path__startswith=within.area_path).aggregate(first=Min("confirmed_at"))[
        "first"
    ]
    reaches = known_from is not None and clock.local(known_from).date() <= date(year - 1, 1, 31)
    return Fraction(_new(within, year).count(), _new(within, year - 1).count() if reaches else 0)


def _grown(within: Within) -> Iterator[Missing]:
    return _named(_new(within, within.last.year))


def _due(within: Within) -> QuerySet[Hazard]:
    return _major(within).filter(due_at__lte=clock.end_of(within.last))


def _due_done(within: Within) -> Fraction:
    due = _due(within)
    return Fraction(due.filter(state__in=_DONE).count(), due.count())


def _due_open(within: Within) -> Iterator[Missing]:
    return _named(_due(within).exclude(state__in=_DONE))


def _named(rows: QuerySet[Hazard]) -> Iterator[Missing]:
    for hazard in rows.select_related("unit").order_by("due_at", "pk")[:SHOWN]:
        title = f"{hazard.number} {hazard.description[:60]}"
        yield Missing(title, hazard.get_absolute_url(), f"{hazard.unit.name}，{hazard.get_state_display()}")


def announce() -> None:
    """Put them on the register; called when the app is ready."""
    register(Measure("hazards.stock_closed", "存量重大隐患销号（隐患台账）", _stock_closed, _stock_open))
    register(Measure("hazards.major_growth", "新增重大隐患与上年同期比（隐患台账）", _growth, _grown))
    register(Measure("hazards.major_due_done", "到期重大隐患整改（隐患台账）", _due_done, _due_open))
