"""Registers what tasks brings to the shared registers: badges, names of messages, what follows a merged unit."""

from django.apps import AppConfig


class TasksConfig(AppConfig):
    """任务"""

    name = "tasks"
    verbose_name = "任务"

    def ready(self) -> None:
        """Announce names, badges, files, to-do groups, what a unit's page shows and what moves with a unit."""
        from audit import actions
        from common.badges import register_badges
        from common.workbench import group
        from evidence import access
        from messaging import kinds
        from tasks import queries, sections, todos, words
        from tasks.duties import announcing
        from units import dossier, merging

        actions.register(words.ACTIONS)
        kinds.register(words.KINDS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        access.grant("tasks", queries.visible_attachments)
        for build in todos.GROUPS:
            group(build)
        dossier.section(sections.unit_section)
        dossier.obstacle(sections.unit_obstacle)
        merging.register("tasks.Plan", "owner")
        merging.register("tasks.Assignment", "unit")
        merging.register("tasks.YearlyPaper", "unit")
        merging.register("tasks.PlanDraft", "owner")
        announcing.announce()
