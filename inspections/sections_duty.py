"""What self-checks and dangerous works add to 一企一档."""

from __future__ import annotations

from typing import Any

from inspections.models.self_checks import SelfCheck
from inspections.models.works import HazardousWork
from inspections.queries import self_checks as queries
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


def self_checks(unit: Unit, user: Any) -> Section | None:
    """What the enterprise owes and has filed, newest first."""
    if unit.kind != Unit.Kind.ENTERPRISE or not holds(user, Right.READ_RECORD):
        return None
    owed = queries.owed_by(unit)
    rows = list(SelfCheck.objects.for_user(user).filter(unit=unit).order_by("-filed_at", "-pk")[:SHOWN])
    if not owed and not rows:
        return None
    return Section(
        "企业自查", "inspections/parts/self_checks_section.html", {"checks": rows, "owed": owed, "unit": unit}, 72
    )


def work_obstacle(unit: Unit) -> str:
    """An enterprise with a dangerous work that is not finished stays in use."""
    return "该单位有未结束的危险作业。" if HazardousWork.objects.open().filter(unit=unit).exists() else ""
