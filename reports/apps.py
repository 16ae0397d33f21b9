"""Registers what reports bring to the shared registers: badges, audited actions, who may see which paper, to-dos."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """通报与统计"""

    name = "reports"
    verbose_name = "通报与统计"

    def ready(self) -> None:
        """Announce names and badges, the grant on attachments and the groups of the workbench."""
        from audit import actions
        from common.badges import register_badges
        from evidence import access
        from messaging import kinds
        from reports import counted, queries, todos, triggers, words
        from supervision import unit_rules

        actions.register(words.ACTIONS)
        kinds.register(words.KINDS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        access.grant("reports", queries.visible_attachments)
        unit_rules.provide(triggers.figures_of_month)
        todos.connect()
        counted.announce()
