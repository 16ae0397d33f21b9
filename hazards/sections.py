"""What 一企一档 shows of a unit's hazards."""

from __future__ import annotations

from django.urls import reverse

from common.paging import bounded_count
from hazards import queries
from hazards.models import Hazard
from hazards.models.hazard import State
from units.access import holds
from units.dossier import Section
from units.models import Unit, User
from units.roles import Right

SHOWN = 5


def unit_section(unit: Unit, user: User) -> Section | None:
    """Counts and the newest hazards of the unit within the user's scope; three queries."""
    if not holds(user, Right.READ_HAZARD):
        return None
    found = Hazard.objects.for_user(user).filter(unit=unit).exclude(state=State.DRAFT)
    context = {
        "total": bounded_count(found),
        "figures": queries.figures(found),
        "hazards": found.order_by("-reported_at", "-pk")[:SHOWN],
        "url": f"{reverse('hazard-list')}?unit={unit.pk}",
        "report_url": f"{reverse('hazard-new')}?unit={unit.pk}" if holds(user, Right.REPORT_HAZARD) else "",
    }
    return Section("隐患", "hazards/parts/unit_section.html", context, order=20)


def unit_obstacle(unit: Unit) -> str:
    """Open hazards keep a unit in use."""
    count = Hazard.objects.filter(unit=unit).open().count()
    return f"还有{count}条隐患没有销号。" if count else ""
