"""What runs by itself: the jobs beat rings for, called at the moment the calendar shows."""

from __future__ import annotations

from common import clock
from messaging.jobs import send_digests
from reports.jobs import chase_receipts, draft_monthly_notice
from supervision.jobs import chase_listings, climb_ladder
from tests.browser.site import Calendar

MORNING = (climb_ladder, chase_listings, draft_monthly_notice, chase_receipts, send_digests)


def days_pass(calendar: Calendar, until: str) -> None:
    """Day after day until the date `until`, ten o'clock; every morning the jobs run."""
    while clock.today().isoformat() < until:
        calendar.pass_days(1)
        for job in MORNING:
            job()
