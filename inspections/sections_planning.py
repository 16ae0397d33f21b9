"""What 一企一档 shows of an enterprise's risk and of the records it keeps."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse

from common.limits import limit
from inspections import frequency
from inspections.models.records import ComplianceRecord, watched_among
from inspections.models.risks import DESCENDING, RiskPoint
from inspections.queries import records
from inspections.record_kinds import BY_OFFICE
from inspections.transitions.risks import rule_level
from units.access import holds
from units.dossier import Section
from units.models import Unit, User
from units.roles import Right


def risk_section(unit: Unit, user: User) -> Section | None:
    """Level, rule, frequency and the points by colour; four queries."""
    profile = getattr(unit, "enterprise", None)
    if profile is None or not holds(user, Right.READ_RECORD):
        return None
    points = RiskPoint.objects.for_user(user).filter(unit=unit)
    counted = dict(points.active().order_by().values_list("level").annotate(n=Count("pk")))
    own = holds(user, Right.KEEP_RECORD) and user.hat is not None and user.hat.unit_id == unit.pk
    is_watched = bool(watched_among([unit.pk]))
    context = {
        "profile": profile,
        "rule": rule_level(unit.pk),
        "visits": frequency.visits_a_year(profile, unit.area_path, is_watched=is_watched),
        "is_watched": is_watched,
        "counts": [(colour, counted.get(colour.value, 0)) for colour in DESCENDING],
        "late": points.overdue().count(),
        "url": reverse("risk-level", args=[unit.pk]),
        "points_url": f"{reverse('risk-point-list')}?unit={unit.pk}&state=active",
        "new_url": reverse("risk-point-new") if own else "",
    }
    return Section("风险分级与风险点", "inspections/parts/risk_section.html", context, order=10)


def records_section(unit: Unit, user: User) -> Section | None:
    """What is on file, what is missing, what runs out, and credit entries in force; a constant number of queries."""
    if getattr(unit, "enterprise", None) is None or not holds(user, Right.READ_RECORD):
        return None
    found = ComplianceRecord.objects.for_user(user).filter(unit=unit)
    own = holds(user, Right.KEEP_RECORD) and user.hat is not None and user.hat.unit_id == unit.pk
    context = {
        "total": found.standing().count(),
        "expired": found.expired().count(),
        "expiring": found.expiring(limit("record.remind", unit.area_path).value).count(),
        "lacking": [row.label for row in records.coverage_of(unit) if row.lacking],
        "credit": found.valid_on().filter(kind__in=BY_OFFICE),
        "url": f"{reverse('compliance-record-list')}?unit={unit.pk}",
        "enter_url": reverse("compliance-coverage") if own else "",
    }
    return Section("证照、培训与履责记录", "inspections/parts/records_section.html", context, order=12)
