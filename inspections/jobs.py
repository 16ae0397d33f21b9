"""Background work of inspections; each part of the room keeps its own jobs."""

from inspections.jobs_duty import remind_self_checks, watch_works

__all__ = ["remind_self_checks", "watch_works"]
