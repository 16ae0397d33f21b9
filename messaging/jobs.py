"""Background work of messaging. Every job finds its work in the database and may be repeated, doubled or killed."""

from __future__ import annotations

from celery import shared_task
from django.contrib.auth import get_user_model

from common import clock, workdays
from messaging import audience, kinds
from messaging.models import Message
from messaging.transitions import make_digest, notify, send_next

PER_RUN = 500  # deliveries one run attempts; the next run goes on


@shared_task(name="messaging.deliver")
def deliver() -> int:
    """Try every delivery that is due; returns how many were tried."""
    tried = 0
    while tried < PER_RUN and send_next():
        tried += 1
    return tried


@shared_task(name="messaging.send_digests")
def send_digests() -> int:
    """Make this morning's digest for everybody with waiting messages; returns how many were made."""
    waiting = Message.objects.undigested().values("recipient_id")
    people = get_user_model().objects.filter(is_active=True, pk__in=waiting).exclude(digests__on=clock.today())
    return sum(make_digest(user) is not None for user in people)


@shared_task(name="messaging.warn_calendar")
def warn_calendar() -> int:
    """Tell the office, once a month, which year's adjusted working days nobody has entered; returns messages sent.

    The State Council publishes them the November before; until they are in, deadlines in working days may be off.
    """
    today = clock.today()
    return sum(
        notify(
            audience.members(audience.OFFICE_STAFF),
            kind=kinds.CALENDAR_MISSING,
            title=f"尚未录入{year}年的节假日及调休安排",
            body=f"系统中没有{year}年的调休上班日。请按国务院办公厅通知录入日历，否则以工作日计算的期限可能有误。",
            why="您是安委办工作人员，负责维护工作日历。",
            key=f"calendar:{year}:{today:%Y-%m}",
        )
        for year in workdays.years_missing(today)
    )
