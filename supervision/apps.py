"""Registers what supervision brings to the shared registers: badges, names, panels, to-do groups, grants on files."""

from typing import Any

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """督办"""

    name = "supervision"
    verbose_name = "督办"

    def ready(self) -> None:
        """Announce names, badges, panels, groups and what follows a merged unit."""
        from audit import actions
        from common import numbering, workbench
        from common.badges import register_badges
        from evidence import access
        from hazards import discretion
        from hazards import panels as hazard_panels
        from messaging import kinds
        from supervision import gaps, panels, queries, task_ladder, todos, words
        from supervision.transitions import tracks
        from supervision.transitions.assignment_track import ASSIGNMENTS
        from supervision.transitions.hazard_track import HAZARDS
        from supervision.transitions.unit_track import UNITS
        from tasks import panels as task_panels
        from units import dossier, merging, policies

        numbering.on_gap(gaps.tell)
        kinds.register(words.KINDS)
        actions.register(words.AUDITED)
        tracks.register(HAZARDS)
        tracks.register(ASSIGNMENTS)
        tracks.register(UNITS)
        for kind, badges in words.BADGES.items():
            register_badges(kind, badges)
        discretion.withhold(queries.UNDECIDED)
        access.grant("supervision", queries.visible_attachments)
        for panel in (panels.listing_panel, panels.ladder_panel, panels.letters_panel):
            hazard_panels.register(panel)
        task_panels.register(task_ladder.panel)
        for group in todos.GROUPS:
            workbench.group(group)
        policies.register(ladder_kind())
        policies.register(unit_rule_kind())
        dossier.section(panels.unit_section)
        dossier.obstacle(panels.unit_obstacle)
        merging.register("supervision.Letter", "to_unit")
        merging.register("supervision.Measure", "unit")
        merging.register("supervision.UnitMonth", "unit")


def ladder_kind() -> Any:
    """The ladder among the policies people propose and approve, with its editor and its simulation."""
    from supervision.forms.policies import LadderForm
    from supervision.transitions.policies import KIND, put_in_force
    from units.policies import PolicyKind

    return PolicyKind(
        code=KIND,
        label="督办阶梯",
        form=LadderForm,
        apply=put_in_force,
        page="ladder-policy",
        opened=lambda office: {"area_path": office.area_path},
        editor="ladder-edit",
        preview="ladder-proposal",
    )


def unit_rule_kind() -> Any:
    """The monthly rules for units among them, with editor and simulation as well."""
    from supervision.forms import unit_rules
    from units.policies import PolicyKind

    return PolicyKind(
        code=unit_rules.KIND,
        label="单位触发规则",
        form=unit_rules.UnitRuleForm,
        apply=unit_rules.put_in_force,
        page="ladder-policy",
        editor="unit-rule-edit",
        preview="unit-rule-proposal",
    )
