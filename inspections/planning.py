"""What the office side of the room (risk, draws, plans, campaigns, records) brings to the shared registers."""

from __future__ import annotations

MODELS_OF_A_UNIT = ("RiskPoint", "LevelChange")


def announce() -> None:
    """Announce badges, sections of 一企一档 and what follows a merged unit; called by `AppConfig.ready`."""
    from common.badges import register_badges
    from inspections import sections_planning, words_planning
    from units import dossier, merging

    for kind, badges in words_planning.BADGES.items():
        register_badges(kind, badges)
    dossier.section(sections_planning.risk_section)
    for model in MODELS_OF_A_UNIT:
        merging.register(f"inspections.{model}", "unit")
