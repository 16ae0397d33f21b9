"""What self-checks and dangerous works bring to the shared registers; called once when the app is ready."""

from __future__ import annotations


def announce() -> None:
    """Names, badges, groups of the workbench, grants on files, sections of 一企一档, what follows a merged unit."""
    from common import workbench
    from common.badges import register_badges
    from evidence import access
    from inspections import counted_duty, sections_duty, todos_duty, words_duty
    from inspections.forms.self_checks import RuleForm
    from inspections.queries import works
    from inspections.transitions import self_check_rules
    from messaging import kinds
    from tasks import counting
    from units import dossier, merging, policies

    kinds.register(words_duty.KINDS)
    for kind, badges in words_duty.BADGES.items():
        register_badges(kind, badges)
    access.grant("hazardous_work", works.visible_attachments)
    for group in todos_duty.GROUPS:
        workbench.group(group)
    dossier.section(sections_duty.self_checks)
    dossier.section(sections_duty.works)
    dossier.obstacle(sections_duty.work_obstacle)
    merging.register("inspections.HazardousWork", "unit")
    merging.register("inspections.SelfCheck", "unit")
    policies.register(
        policies.PolicyKind(
            self_check_rules.KIND, "自查要求", RuleForm, self_check_rules.put_in_force, "self-check-rules"
        )
    )
    for kind_of_record in counted_duty.KINDS:
        counting.register(kind_of_record)
