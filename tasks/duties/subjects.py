"""To whom a duty applies on a day: people with their posts, units with what scopes and filters ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from tasks.models import Audience, Duty, LeaderPost
from units.models import Enterprise, Membership, Unit

_KINDS = {
    Audience.DEPARTMENT: Unit.Kind.DEPARTMENT,
    Audience.VILLAGE: Unit.Kind.VILLAGE,
    Audience.ENTERPRISE: Unit.Kind.ENTERPRISE,
}
_COLUMNS = ("pk", "area_path", "enterprise__department_id", "enterprise__sector_id")


@dataclass(frozen=True)
class Bound:
    """One person (`person` set) or unit a duty applies to, since when it does."""

    unit: int
    area_path: str
    person: int | None = None
    since: date = date.min
    department: int | None = None
    sector: int | None = None

    @property
    def id(self) -> int:
        """The id records count for."""
        return self.person or self.unit

    @property
    def key(self) -> str:
        """One text for either."""
        return f"p{self.person}" if self.person else f"u{self.unit}"


@dataclass(frozen=True)
class Street:
    """What one safety office answers for: its area without the areas of offices below it."""

    office: Unit
    others: tuple[str, ...] = ()

    def within(self, units: QuerySet[Any], column: str = "area_path") -> QuerySet[Any]:
        """Of `units`, those in the street."""
        for path in self.others:
            units = units.exclude(**{f"{column}__startswith": path})
        return units.filter(**{f"{column}__startswith": self.office.area_path})

    def holds(self, area_path: str) -> bool:
        """Whether an area lies in the street."""
        return area_path.startswith(self.office.area_path) and not area_path.startswith(self.others)


def streets() -> list[Street]:
    """Every office in use with the area that is its own."""
    offices = list(Unit.objects.active().filter(kind=Unit.Kind.OFFICE).order_by("pk"))
    return [Street(office, _below(office, offices)) for office in offices]


def street_of(area_path: str) -> Street:
    """The street an area belongs to; `Refused` where there is no office."""
    office = Unit.objects.office_of(area_path)
    return Street(office, _below(office, Unit.objects.active().filter(kind=Unit.Kind.OFFICE)))


def _below(office: Unit, offices: Iterable[Unit]) -> tuple[str, ...]:
    own = office.area_path
    return tuple(each.area_path for each in offices if each.area_path != own and each.area_path.startswith(own))


def bound_by(duty: Duty, street: Street, day: date) -> list[Bound]:
    """Everybody in the street the duty applies to on `day`, by unit and person."""
    if not duty.is_active:
        return []
    if duty.is_personal:
        return _people(duty, street, day)
    return _units(duty, street)


def _people(duty: Duty, street: Street, day: date) -> list[Bound]:
    found: dict[int, Bound] = {}
    if Audience.LEADER in duty.audience:
        posts = street.within(LeaderPost.objects.in_force(day), "unit__area_path").filter(post__in=duty.posts)
        for person, unit, path, since in posts.values_list("person_id", "unit_id", "unit__area_path", "starts_on"):
            known = found.get(person)
            if known is None or since < known.since:
                found[person] = Bound(unit, path, person, since)
    if Audience.NAMED in duty.audience:
        held = street.within(Membership.objects.in_force(day), "unit__area_path").filter(user__in=duty.people.all())
        rows = held.order_by("pk").values_list("user_id", "unit_id", "unit__area_path", "starts_on")
        for person, unit, path, since in rows:
            found.setdefault(person, Bound(unit, path, person, since))
    return sorted(found.values(), key=lambda bound: (bound.unit, bound.id))


def _units(duty: Duty, street: Street) -> list[Bound]:
    kinds = [_KINDS[Audience(name)] for name in duty.audience if name in _KINDS]
    wanted = Q(kind__in=kinds)
    if Audience.OFFICE in duty.audience:
        wanted |= Q(pk=street.office.pk)
    firms = Q(kind=Unit.Kind.ENTERPRISE)
    units = street.within(Unit.objects.active()).filter(wanted, standing=Unit.Standing.CONFIRMED)
    units = units.filter(~firms | Q(enterprise__state=Enterprise.State.OPERATING) & _risk(duty.risk))
    if duty.committee_only:
        units = units.filter(is_committee_member=True)
    if named := {unit.pk for unit in duty.units.all()}:
        units = units.filter(pk__in=named)
    if sectors := {sector.pk for sector in duty.sectors.all()}:
        own = Q(enterprise__sector__in=sectors) | Q(enterprise__sector__parent__in=sectors)
        units = units.filter(~firms | own)
    rows = units.order_by("pk").values_list(*_COLUMNS)
    return [Bound(pk, path, department=department, sector=sector) for pk, path, department, sector in rows]


def _risk(risk: str) -> Q:
    if not risk:
        return Q()
    high = Q(enterprise__is_high_risk=True) | Q(enterprise__sector__is_high_risk=True)
    return high if risk == Duty.Risk.HIGH else ~high
