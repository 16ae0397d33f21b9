"""Registers what inspections brings to the shared registers."""

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    """检查"""

    name = "inspections"
    verbose_name = "检查"

    def ready(self) -> None:
        """Announce names, badges and what each part of the room brings."""
        from common.badges import register_badges
        from inspections import duty, fieldwork, planning, words
        from messaging import kinds

        kinds.register(words.KINDS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        planning.announce()
        duty.announce()
        fieldwork.announce()
