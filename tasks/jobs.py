"""Background work of tasks: a query, a loop and the calls the pages make; safe to repeat and to run twice at once."""

from __future__ import annotations

from celery import shared_task

from tasks.duties.standings import recount_all
from tasks.transitions import assigning, drafts, duty_reminders, indicators, yearly_drafts


@shared_task(name="tasks.open_recurring")
def open_recurring() -> dict[str, int]:
    """Open what recurs, and close what a merged unit shared with its successor."""
    return {"opened": assigning.open_recurring(), "settled": assigning.settle_merged()}


@shared_task(name="tasks.draft_yearly")
def draft_yearly() -> dict[str, int]:
    """Draft the yearly papers that are missing, bring those nobody touched up to date, and remind of those that are owed."""
    drafted, refreshed = yearly_drafts.draft_all(), yearly_drafts.refresh_all()
    return {"drafted": drafted, "refreshed": refreshed, "messages": yearly_drafts.remind()}


@shared_task(name="tasks.count_duties")
def count_duties() -> int:
    """Count how everybody stands with every duty; returns how many standings there are."""
    return recount_all()


@shared_task(name="tasks.remind_duties")
def remind_duties() -> int:
    """Count, then remind whoever is behind; returns how many messages are new."""
    recount_all()
    return duty_reminders.remind()


@shared_task(name="tasks.read_plan_draft")
def read_plan_draft(draft_id: int) -> bool:
    """Read one plan document; rung by the page that took it in."""
    return drafts.read(draft_id)


@shared_task(name="tasks.resume_plan_drafts")
def resume_plan_drafts() -> int:
    """Read documents whose bell was lost or whose worker died; returns how many."""
    return drafts.resume()


@shared_task(name="tasks.measure_indicators")
def measure_indicators() -> int:
    """Compute the indicators that can be; returns how many values were written."""
    return indicators.measure_all()
