"""Background work of inspections; each part of the room keeps its own jobs."""

from inspections.jobs_duty import remind_self_checks, watch_works
from inspections.jobs_planning import draw_spot_checks, remind_records
from inspections.jobs_visits import sweep_partial_photos

__all__ = ["draw_spot_checks", "remind_records", "remind_self_checks", "sweep_partial_photos", "watch_works"]
