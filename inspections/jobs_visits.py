"""Background work of visits."""

from __future__ import annotations

from celery import shared_task

from inspections import partial


@shared_task(name="inspections.sweep_partial_photos")
def sweep_partial_photos() -> int:
    """Delete beginnings of photos that were never finished; safe to repeat."""
    return partial.sweep()
