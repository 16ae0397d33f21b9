"""Background work of inspections; each part of the room keeps its own jobs."""

from inspections.jobs_duty import watch_works

__all__ = ["watch_works"]
