"""Background work about what enterprises do themselves: a query, a loop and the calls the pages make."""

from __future__ import annotations

from celery import shared_task
from django.db.models import F, Q

from common.errors import RuleError
from inspections.models.works import HazardousWork
from inspections.transitions import self_check_reminders, works


@shared_task(name="inspections.watch_works")
def watch_works() -> int:
    """Say of every work that goes on beyond its reported end that it does, once per end; returns how many were said."""
    said = 0
    late = HazardousWork.objects.overrun().filter(Q(overrun_told_for=None) | ~Q(overrun_told_for=F("ends_at")))
    for pk in late.values_list("pk", flat=True):
        try:
            works.perform("overrun", pk, None)
        except RuleError:  # finished, or said by another worker meanwhile
            continue
        said += 1
    return said


@shared_task(name="inspections.remind_self_checks")
def remind_self_checks() -> int:
    """Remind enterprises of self-checks whose span ends soon, once per span; returns how many messages were new."""
    return self_check_reminders.remind()
