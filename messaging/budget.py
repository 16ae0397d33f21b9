"""How much may reach a person's pocket in a day: what exceeds it waits for the morning digest instead."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.db.models import Count
from django.utils import timezone

from common import clock
from messaging import channels
from messaging.models import Message


def hold_back(rows: Iterable[Message]) -> None:
    """Take the urgency off new messages beyond `MESSAGE_BUDGET` a person and day (0: no limit), oldest first.

    They stay in the inbox and go into the next digest; where nothing leaves the system there is nothing to limit.
    """
    urgent = [row for row in rows if row.urgent]
    if not urgent or not settings.MESSAGE_BUDGET or not channels.ready():
        return
    midnight = timezone.make_aware(datetime.combine(clock.today(), time()))
    today = Message.objects.filter(recipient__in={row.recipient_id for row in urgent}, created_at__gte=midnight)
    counted = today.filter(urgent=True).order_by().values_list("recipient").annotate(n=Count("pk"))
    sent: Counter[int] = Counter(dict(counted))
    for row in urgent:
        sent[row.recipient_id] += 1
        row.urgent = sent[row.recipient_id] <= settings.MESSAGE_BUDGET
