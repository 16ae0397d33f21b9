"""Registers what hazards bring to the shared registers: badges, audited actions, photos, sections."""

from django.apps import AppConfig


class HazardsConfig(AppConfig):
    """隐患"""

    name = "hazards"
    verbose_name = "隐患"

    def ready(self) -> None:
        """Announce names and badges, the grant on attachments, to-do groups and what a unit's page shows."""
        from audit import actions
        from common.badges import register_badges
        from evidence import access
        from hazards import indicators, queries, sections, todos, words
        from messaging import kinds
        from units import dossier, merging

        actions.register(words.ACTIONS)
        kinds.register(words.KINDS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        access.grant("hazards", queries.visible_attachments)
        merging.register("hazards.Hazard", "unit")
        dossier.section(sections.unit_section)
        dossier.obstacle(sections.unit_obstacle)
        todos.register()
        indicators.announce()
