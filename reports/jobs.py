"""Background work of reports: each job is a query, a loop and one call."""

from __future__ import annotations

from celery import shared_task

from common import clock, workdays
from reports import transitions, triggers
from reports.statistics import Period
from units.models import Unit


@shared_task(name="reports.draft_monthly_notice")
def draft_monthly_notice() -> int:
    """Draft last month's notice of every office that existed then, from the first working day on; returns how many are new."""
    today = clock.today()
    if today < workdays.first_workday_of_month(today.year, today.month):
        return 0
    period = Period.month(today.year, today.month).before()
    offices = Unit.objects.filter(kind=Unit.Kind.OFFICE, office__isnull=False, created_at__lt=period.end)
    return sum(transitions.draft(office, period)[1] for office in offices.select_related("office"))


@shared_task(name="reports.chase_receipts")
def chase_receipts() -> int:
    """Remind units that have not signed for a notice in time; returns how many."""
    return transitions.remind_receipts()


@shared_task(name="reports.open_unit_months")
def open_unit_months() -> int:
    """Open last month for the units of every office, from the first working day on; returns how many are new or changed.

    The ladder does the rest. Of offices one above the other the nearest opens a unit's month.
    """
    today = clock.today()
    if today < workdays.first_workday_of_month(today.year, today.month):
        return 0
    period = Period.month(today.year, today.month).before()
    offices = Unit.objects.filter(kind=Unit.Kind.OFFICE, office__isnull=False, created_at__lt=period.end)
    nearest_first = sorted(offices.select_related("office"), key=lambda office: (-len(office.area_path), office.pk))
    return sum(triggers.open_months(office, period) for office in nearest_first)
