"""Background work of units: adapters of what the system does by itself."""

from celery import shared_task

from units.transitions import housekeeping


@shared_task(name="units.check_audit_chain")
def check_audit_chain() -> None:
    """Verify the audit chain, once a day however often it rings."""
    housekeeping.check_chain()


@shared_task(name="units.end_old_sessions")
def end_old_sessions() -> None:
    """Delete what no browser can use any more."""
    housekeeping.end_old_sessions()
