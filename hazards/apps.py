"""Registers what hazards bring to the shared registers: badges, audited actions, who may see which photo."""

from django.apps import AppConfig


class HazardsConfig(AppConfig):
    """隐患"""

    name = "hazards"
    verbose_name = "隐患"

    def ready(self) -> None:
        """Announce names and badges, and the grant on attachments."""
        from audit import actions
        from common.badges import register_badges
        from evidence import access
        from hazards import queries, todos, words
        from units import merging

        actions.register(words.ACTIONS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        access.grant("hazards", queries.visible_attachments)
        merging.register("hazards.Hazard", "unit")
        todos.register()
