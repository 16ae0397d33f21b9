"""What the office side of the room (risk, draws, plans, campaigns, records) brings to the shared registers."""

from __future__ import annotations

MODELS_OF_A_UNIT = ("RiskPoint", "LevelChange", "ComplianceRecord", "CampaignObject")


def announce() -> None:
    """Announce badges, sections of 一企一档 and what follows a merged unit; called by `AppConfig.ready`."""
    from common import workbench
    from common.badges import register_badges
    from evidence import access
    from hazards import panels as hazard_panels
    from inspections import indicators, panels, sections_planning, todos_planning, words_planning
    from inspections.queries import records, spots
    from messaging import kinds
    from tasks import counting
    from units import dossier, merging

    kinds.register(words_planning.KINDS)
    for kind, badges in words_planning.BADGES.items():
        register_badges(kind, badges)
    hazard_panels.register(panels.campaign_panel)
    hazard_panels.register(panels.spot_panel)
    workbench.group(todos_planning.spots_waiting)
    dossier.section(sections_planning.risk_section)
    dossier.section(sections_planning.records_section)
    access.grant("inspections.records", records.visible_attachments)
    access.grant("inspections.spots", spots.visible_attachments)
    indicators.announce()
    for kind in records.DUTY_KINDS:
        counting.register(kind)
    for model in MODELS_OF_A_UNIT:
        merging.register(f"inspections.{model}", "unit")
