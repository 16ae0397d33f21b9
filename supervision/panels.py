"""What supervision shows on a hazard's page and on a unit's."""

from __future__ import annotations

from typing import Any

from hazards.discretion import is_firm
from hazards.models import Hazard
from hazards.models.hazard import OPEN_STATES
from hazards.panels import Panel
from supervision import course, queries, standing
from supervision.models import LIVE_STATES, Letter, Listing, Measure, UnitMonth
from units.access import holds
from units.dossier import Section
from units.models import Unit
from units.roles import Right
from units.scope import reaches

SHOWN = 20
MONTHS = 6


def listing_panel(hazard: Hazard, user: Any) -> Panel | None:
    """The hazard's listing with its course, or the way to propose one."""
    if hazard.confirmed_at is None:
        return None
    listing = queries.listing_of(hazard, user)
    is_live = listing is not None and listing.state in LIVE_STATES
    may_propose = hazard.state in OPEN_STATES and reaches(user, Right.PROPOSE_LISTING, hazard)
    if listing is None and not may_propose:
        return None
    context = {
        "hazard": hazard,
        "listing": listing,
        "steps": course.steps(listing) if listing else [],
        "may_propose": may_propose and not is_live,
        "may_propose_measure": may_propose,
    }
    return Panel("挂牌（挂账）督办", "supervision/parts/listing_panel.html", context, "main", 20)


def ladder_panel(hazard: Hazard, user: Any) -> Panel | None:
    """What the ladder did and when it looks again."""
    if hazard.confirmed_at is None:
        return None
    firings = queries.ladder_of(hazard, user)[:SHOWN]
    context = {
        "hazard": hazard,
        "firings": firings,
        "tells_next": not is_firm(user),
        "coming": standing.coming(hazard, firings[0].policy_id if firings else None),
        "extensions": [extension for extension in hazard.extensions.all() if extension.decided_at],
    }
    return Panel("督办阶梯", "supervision/parts/ladder_panel.html", context, "side", 30)


def letters_panel(hazard: Hazard, user: Any) -> Panel | None:
    """Letters and measures about the hazard."""
    if hazard.confirmed_at is None:
        return None
    letters = list(Letter.objects.for_user(user).filter(hazard=hazard).order_by("-drafted_at", "-pk")[:SHOWN])
    measures = list(Measure.objects.for_user(user).filter(hazard=hazard)[:SHOWN])
    may_write = hazard.state in OPEN_STATES and holds(user, Right.DRAFT_LETTER)
    if not (letters or measures or may_write):
        return None
    context = {"hazard": hazard, "letters": letters, "measures": measures, "may_write": may_write}
    return Panel("函件和措施", "supervision/parts/letters_panel.html", context, "side", 40)


def unit_section(unit: Unit, user: Any) -> Section | None:
    """Letters to the unit, its listings, the measures against it, and how it did in the last months."""
    letters = list(Letter.objects.for_user(user).filter(to_unit=unit).order_by("-drafted_at", "-pk")[:SHOWN])
    listings = list(
        Listing.objects.for_user(user)
        .filter(hazard__unit=unit)
        .select_related("hazard")
        .order_by("-proposed_at")[:SHOWN]
    )
    measures = list(Measure.objects.for_user(user).filter(unit=unit).select_related("hazard")[:SHOWN])
    months = list(UnitMonth.objects.for_user(user).filter(unit=unit)[:MONTHS])
    may_propose = holds(user, Right.PROPOSE_LISTING) and unit.is_active
    if not (letters or listings or measures or months or may_propose):
        return None
    context = {
        "unit": unit,
        "letters": letters,
        "listings": listings,
        "measures": measures,
        "months": months,
        "may_propose": may_propose,
    }
    return Section("督办和函件", "supervision/parts/unit_section.html", context, 60)


def unit_obstacle(unit: Unit) -> str:
    """A unit under a listing or owing an answer stays in use."""
    if Listing.objects.live().filter(hazard__unit=unit).exists():
        return "该单位有正在办理的挂牌（挂账）督办。"
    return "该单位有未回复的函件。" if Letter.objects.owing().filter(to_unit=unit).exists() else ""
