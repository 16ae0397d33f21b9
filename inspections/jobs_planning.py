"""Background work of the office side."""

from celery import shared_task

from inspections.transitions import records


@shared_task(name="inspections.remind_records")
def remind_records() -> int:
    """Remind enterprises of certificates, agreements and policies that run out; each step of each validity once."""
    return records.remind()
