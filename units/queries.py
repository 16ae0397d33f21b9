"""Reads about people and units that other apps need: whom to tell, which office answers for a place."""

from __future__ import annotations

from django.db.models import QuerySet

from units.models import Membership, Unit, User
from units.roles import Role

OFFICE_ROLES = (Role.OFFICER, Role.HEAD)
FIRM_ROLES = (Role.PRINCIPAL, Role.SAFETY)


def people_of_unit(unit_id: int, *roles: str) -> QuerySet[User]:
    """Active people of a unit, optionally only those with the given roles."""
    return User.objects.filter(pk__in=Membership.objects.of_unit(unit_id, *roles).values("user_id"))


def office_people(area_path: str, *roles: str) -> QuerySet[User]:
    """Active people of the safety office that answers for `area_path`."""
    return people_of_unit(Unit.objects.office_of(area_path).pk, *(roles or OFFICE_ROLES))


def village_people(area_path: str) -> QuerySet[User]:
    """Active grid workers of the village at or above `area_path`."""
    prefixes = [area_path[:end] for end in range(5, len(area_path) + 1, 5)]
    held = Membership.objects.in_force().filter(
        role=Role.GRID, user__is_active=True, unit__kind=Unit.Kind.VILLAGE, unit__area_path__in=prefixes
    )
    return User.objects.filter(pk__in=held.values("user_id"))
