"""What duties, meetings, indicators and evaluations bring to the shared registers; called when the app is ready."""

from __future__ import annotations


def announce() -> None:
    """Names, badges, groups of the workbench, the grant on files, what counts, and the policy of duties."""
    from audit import actions
    from common import workbench
    from common.badges import register_badges
    from evidence import access
    from messaging import kinds as message_kinds
    from tasks.duties import evidence, kinds, todos, words
    from tasks.forms.duties import DutyForm
    from tasks.indicators import unit_measures
    from tasks.transitions import duty_policies
    from units import dossier, policies

    actions.register(words.ACTIONS)
    message_kinds.register(words.KINDS)
    for kind, badges in words.BADGES.items():
        register_badges(kind, badges)
    access.grant("tasks.duties", evidence.visible_attachments)
    kinds.announce()
    unit_measures.announce()
    for group in todos.GROUPS:
        workbench.group(group)
    dossier.section(evidence.unit_section)
    policies.register(
        policies.PolicyKind(duty_policies.KIND, "履职事项", DutyForm, duty_policies.put_in_force, "duty-rules")
    )
