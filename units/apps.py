"""Registers what people and units bring to the shared registers: audited actions, badges, audiences."""

from django.apps import AppConfig


class UnitsConfig(AppConfig):
    """单位与人员"""

    name = "units"
    verbose_name = "单位与人员"

    def ready(self) -> None:
        """Announce names, badges and groups of people."""
        from audit import actions
        from common.badges import register_badges
        from messaging import audience, kinds
        from units import queries, words

        actions.register(words.ACTIONS)
        kinds.register(words.KINDS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        audience.register(audience.OFFICE_STAFF, queries.office_staff)
