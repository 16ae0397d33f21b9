"""What self-checks and dangerous works bring to the shared registers; called once when the app is ready."""

from __future__ import annotations


def announce() -> None:
    """Names, badges, groups of the workbench, grants on files, sections of 一企一档, what follows a merged unit."""
    from common import workbench
    from common.badges import register_badges
    from evidence import access
    from inspections import sections_duty, todos_duty, words_duty
    from inspections.queries import works
    from messaging import kinds
    from units import dossier, merging

    kinds.register(words_duty.KINDS)
    for kind, badges in words_duty.BADGES.items():
        register_badges(kind, badges)
    access.grant("hazardous_work", works.visible_attachments)
    for group in todos_duty.GROUPS:
        workbench.group(group)
    dossier.section(sections_duty.works)
    dossier.obstacle(sections_duty.work_obstacle)
    merging.register("inspections.HazardousWork", "unit")
