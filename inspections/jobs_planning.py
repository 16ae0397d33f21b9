"""Background work of the office side."""

from celery import shared_task

from common import clock
from inspections.transitions import records, spots


@shared_task(name="inspections.remind_records")
def remind_records() -> int:
    """Remind enterprises of certificates, agreements and policies that run out; each step of each validity once."""
    return records.remind()


@shared_task(name="inspections.draw_spot_checks")
def draw_spot_checks() -> int:
    """Draw last month's closings of every office for a second look, each once; returns how many rounds stand."""
    return spots.draw_due(clock.today())
