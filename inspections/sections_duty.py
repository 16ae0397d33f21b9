"""What self-checks and dangerous works add to 一企一档."""

from __future__ import annotations

from typing import Any

from inspections.models.works import HazardousWork
from units.access import holds
from units.dossier import Section
from units.models import Unit
from units.roles import Right

SHOWN = 10


def works(unit: Unit, user: Any) -> Section | None:
    """The newest dangerous works of an enterprise."""
    if unit.kind != Unit.Kind.ENTERPRISE or not holds(user, Right.READ_RECORD):
        return None
    rows = list(HazardousWork.objects.for_user(user).filter(unit=unit).order_by("-starts_at", "-pk")[:SHOWN])
    if not rows:
        return None
    return Section("危险作业", "inspections/parts/works_section.html", {"works": rows, "unit": unit}, 75)


def work_obstacle(unit: Unit) -> str:
    """An enterprise with a dangerous work that is not finished stays in use."""
    return "该单位有未结束的危险作业。" if HazardousWork.objects.open().filter(unit=unit).exists() else ""
