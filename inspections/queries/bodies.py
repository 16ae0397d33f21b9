"""Who may see to an object of a campaign: the offices, departments and villages of a street."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from units.models import Unit


def bodies_under(street: str) -> QuerySet[Unit]:
    """The active units below the path that are no enterprises."""
    return Unit.objects.active().filter(area_path__startswith=street).exclude(kind=Unit.Kind.ENTERPRISE)


def bodies_near(user: Any) -> QuerySet[Unit]:
    """Those of the user's own street."""
    return bodies_under(user.hat.unit.area.street_path)
