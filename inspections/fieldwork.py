"""What visits and papers bring to the shared registers; called once when the app is ready."""

from __future__ import annotations


def announce() -> None:
    """Audited actions, grants on files, the panel of a hazard, the section of 一企一档, the workbench, proofs for duties."""
    from audit import actions
    from common import workbench
    from evidence import access
    from hazards import panels as hazard_panels
    from inspections import counted_visits, panels, todos, words
    from inspections.queries import visits
    from tasks import counting
    from units import dossier, merging

    actions.register(words.ACTIONS)
    access.grant("inspections", visits.visible_attachments)
    hazard_panels.register(panels.inspection_panel)
    dossier.section(panels.unit_section)
    for group in todos.GROUPS:
        workbench.group(group)
    for kind in counted_visits.KINDS:
        counting.register(kind)
    merging.register("inspections.Inspection", "unit")
    merging.register("inspections.InspectionPaper", "unit")
