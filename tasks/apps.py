"""Registers what tasks brings to the shared registers: badges, names of messages, what follows a merged unit."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """任务"""

    name = "tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        """Announce names, badges and what moves with a unit."""
        from common.badges import register_badges
        from messaging import kinds
        from tasks import words
        from tasks.duties import announcing
        from units import merging

        kinds.register(words.KINDS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        merging.register("tasks.Plan", "owner")
        merging.register("tasks.Assignment", "unit")
        announcing.announce()
