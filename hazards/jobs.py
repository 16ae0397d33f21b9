"""Background work of hazards."""

from __future__ import annotations

from celery import shared_task

from hazards.imports import works


@shared_task(name="hazards.import_ledger")
def import_ledger(work_id: int) -> None:
    """Import one confirmed ledger; rung by the page that confirmed it."""
    works.run(work_id)


@shared_task(name="hazards.resume_imports")
def resume_imports() -> None:
    """Take up confirmed imports whose bell was lost or whose worker died."""
    for work_id in works.unfinished():
        works.run(work_id)
