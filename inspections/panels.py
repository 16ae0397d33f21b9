"""What inspections shows on a hazard's page and in 一企一档."""

from __future__ import annotations

from typing import Any

from hazards.models import Hazard
from hazards.panels import Panel
from inspections.models import Inspection, InspectionPaper
from inspections.models.campaigns import Campaign
from inspections.queries import spots
from inspections.queries import visits as queries
from units.access import holds
from units.dossier import Section
from units.models import Unit
from units.roles import Right

SHOWN = 10


def inspection_panel(hazard: Hazard, user: Any) -> Panel | None:
    """The visits that found the hazard or reviewed it."""
    found = list(queries.visits_of_hazard(hazard, user)[:SHOWN])
    if not found:
        return None
    return Panel("检查", "inspections/parts/hazard_panel.html", {"visits": found}, "side", 50)


def campaign_panel(hazard: Hazard, user: Any) -> Panel | None:
    """The 专项整治 the hazard was found in, for whoever may see the campaign."""
    if hazard.campaign_id is None or not holds(user, Right.READ_PLAN):
        return None
    campaign = Campaign.objects.for_user(user).filter(pk=hazard.campaign_id).select_related("owner").first()
    if campaign is None:
        return None
    return Panel("专项整治", "inspections/parts/hazard_campaign.html", {"campaign": campaign}, "side", 55)


def spot_panel(hazard: Hazard, user: Any) -> Panel | None:
    """That the closing was looked at again, for whoever may see plans."""
    if not holds(user, Right.READ_PLAN):
        return None
    checks = list(spots.of_hazard(hazard, user)[:SHOWN])
    return Panel("抽查复核", "inspections/parts/hazard_spots.html", {"checks": checks}, "side", 60) if checks else None


def unit_section(unit: Unit, user: Any) -> Section | None:
    """The visits to a place, its papers, and its QR code."""
    if unit.kind != Unit.Kind.ENTERPRISE:
        return None
    visits = list(Inspection.objects.for_user(user).filter(unit=unit).order_by("-created_at", "-pk")[:SHOWN])
    papers = list(InspectionPaper.objects.for_user(user).filter(unit=unit)[:SHOWN])
    may_begin = holds(user, Right.CARRY_OUT)
    if not (visits or papers or may_begin):
        return None
    context = {"unit": unit, "visits": visits, "papers": papers, "may_begin": may_begin}
    return Section("检查和文书", "inspections/parts/unit_section.html", context, 55)
