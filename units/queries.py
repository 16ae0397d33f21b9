"""Reads over departments and people: who supervises, whom to tell. People are active, serve today, and come once."""

from __future__ import annotations

from functools import cache

from django.db.models import Q, QuerySet

from units.models import Membership, Unit, User
from units.models.areas import paths_above
from units.roles import OFFICE, Role


def departments_over(area_path: str) -> QuerySet[Unit]:
    """The departments in use that may supervise something in this area: those at or above it, by name."""
    over = Unit.objects.active().filter(kind=Unit.Kind.DEPARTMENT, area_path__in=paths_above(area_path))
    return over.order_by("name")


def people_of_unit(unit_id: int | None, *roles: str) -> QuerySet[User]:
    """The people of one unit, optionally only with the given roles; nobody for None."""
    return _users(Q(unit_id=unit_id), roles) if unit_id else User.objects.none()


def office_people(area_path: str, *roles: str) -> QuerySet[User]:
    """The staff of the safety office responsible for `area_path` (the deepest office at or above it)."""
    return _users(_in_office(area_path), roles or OFFICE)


def people_below(area_path: str, *roles: str) -> QuerySet[User]:
    """The people of all units in the area at `area_path` and below it."""
    return _users(Q(unit__area_path__startswith=area_path), roles)


def leaders(area_path: str) -> QuerySet[User]:
    """The 街道领导 whose area holds `area_path`."""
    return _users(Q(unit__area_path__in=paths_above(area_path)), (Role.LEADER,))


def overseers(area_path: str, department_id: int | None) -> QuerySet[User]:
    """Whoever watches over something in this area: its office, its village and grid, and the department if there is one."""
    office = _in_office(area_path) & Q(role__in=OFFICE)
    village = Q(unit__area_path__in=paths_above(area_path), role=Role.GRID)
    return _users(office | village | Q(unit_id=department_id), ())


def office_staff() -> QuerySet[User]:
    """The staff of every safety office of the installation."""
    return _users(Q(unit__kind=Unit.Kind.OFFICE), OFFICE)


class Addressees:
    """For one run of a job that writes to the same people again and again: each group is read once."""

    def __init__(self) -> None:
        self.office = cache(lambda area_path: list(office_people(area_path)))
        self.unit = cache(lambda unit_id, *roles: list(people_of_unit(unit_id, *roles)))


def _in_office(area_path: str) -> Q:
    above = Unit.objects.filter(kind=Unit.Kind.OFFICE, is_active=True, area_path__in=paths_above(area_path))
    return Q(unit__kind=Unit.Kind.OFFICE, unit__area_path=above.order_by("-area_path").values("area_path")[:1])


def _users(where: Q, roles: tuple[str, ...]) -> QuerySet[User]:
    held = Membership.objects.in_force().filter(where)
    if roles:
        held = held.filter(role__in=roles)
    people: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return people
