"""Builds the street before its history begins: areas, units, enterprises, people."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.hashers import make_password
from stdnum.cn import uscc

from reports.demo import places
from reports.demo.accounts import PASSWORD, PEOPLE
from units.models import Area, Enterprise, Membership, OfficeProfile, Sector, Unit, User
from units.roles import Role

STREET_CENTRE = (24.955, 102.325)  # WGS-84 degrees, the street's rough middle
QUARTERS = ((1, -1), (1, 1), (-1, -1), (-1, 1))  # which way from the middle each village lies
DEMO = "（演示）"


@dataclass
class World:
    """The street and everybody in it."""

    street: Area
    office: Unit
    dice: random.Random
    villages: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    firms: list[Unit] = field(default_factory=list)
    safety: dict[int, User] = field(default_factory=dict)

    def officers_of(self, unit: Unit) -> list[User]:
        """The people who act for a department or village, in the order of the account list."""
        return [self.people[name] for name, _, _, unit_name, _ in PEOPLE if unit_name == unit.name]

    def people_of(self, unit: Unit) -> list[User]:
        """Who does the tasks and papers of a department or village: its listed people, or its one contact."""
        contact = None if (found := self.officers_of(unit)) else self.contact_of(unit)
        return found or ([contact] if contact else [])

    def contact_of(self, unit: Unit) -> User | None:
        """Who signs for what reaches a department or village."""
        held = Membership.objects.of_unit(unit.pk).select_related("user").order_by("pk").first()
        return self.people.get(held.user.username) if held else None


def build(since: date, seed: int) -> World:
    """Create the street with `since` as the day everybody took office."""
    county = Area.objects.create(name="安宁市", level=Area.Level.COUNTY, code="530181")
    street = Area.objects.create(name="禄脿街道", level=Area.Level.STREET, code="LB", parent=county)
    office = Unit.objects.create(
        kind=Unit.Kind.OFFICE, name="禄脿街道安委办", area=street, short_name="街道安委办", phone="12350"
    )
    world = World(street, office, random.Random(seed))
    world.units[office.name] = office
    _profile(office)
    _departments(world)
    _villages(world)
    _firms(world)
    _people(world, since)
    return world


def _profile(office: Unit) -> None:
    OfficeProfile.objects.create(
        unit=office,
        street_name="禄脿街道",
        signatory=OfficeProfile.Signatory.OFFICE,
        signatory_name="禄脿街道安全生产委员会办公室",
        red_head="禄脿街道安全生产委员会办公室文件",
        notice_prefix="禄街安办发",
        letter_prefix="禄街安办函",
        listing_prefix="禄街安督",
        has_penalty_power=True,
        duty_phone="0871-00000000（演示）",
    )


def _departments(world: World) -> None:
    for name, short, sectors, duties in places.DEPARTMENTS:
        unit = Unit.objects.create(
            kind=Unit.Kind.DEPARTMENT,
            name=name,
            short_name=short,
            area=world.street,
            is_committee_member=True,
            duties=duties,
        )
        unit.sectors.set(Sector.objects.filter(name__in=[_sector(name) for name in sectors]))
        world.units[name] = unit


def _sector(name: str) -> str:
    """The seeded sector a word of the places stands for."""
    found = Sector.objects.filter(name=name).first() or Sector.objects.filter(synonyms__contains=name).first()
    if found is None:
        raise LookupError(f"no sector for {name}")
    return found.name


def _villages(world: World) -> None:
    for name, committee in places.VILLAGES:
        area = Area.objects.create(name=f"{name}{DEMO}", level=Area.Level.VILLAGE, parent=world.street)
        world.villages[name] = area
        unit = Unit.objects.create(
            kind=Unit.Kind.VILLAGE,
            name=f"{committee}{DEMO}",
            short_name=name,
            aliases=name,
            area=area,
            is_committee_member=True,
        )
        world.units[unit.name] = unit


def _firms(world: World) -> None:
    """Sixty enterprises spread over the four villages."""
    areas = list(world.villages.values())
    kinds = [(name, *rest) for names, *rest in places.KINDS for name in names]
    units = [_firm_unit(name, areas[number % 4], number) for number, (name, *_) in enumerate(kinds)]
    for unit in units:
        unit.area_path = unit.area.path
    Unit.objects.bulk_create(units)
    sectors = {name: Sector.objects.get(name=_sector(name)) for name in {kind[1] for kind in kinds}}
    profiles = [_firm_profile(world, unit, kind, sectors) for unit, kind in zip(units, kinds, strict=True)]
    Enterprise.objects.bulk_create(profiles)
    for unit, profile in zip(units, profiles, strict=True):
        unit.refresh_search(profile.uscc or "")
    Unit.objects.bulk_update(units, ["search_text", "search_grams"])
    world.firms = list(
        Unit.objects.filter(pk__in=[u.pk for u in units]).select_related("area", "enterprise__sector").order_by("pk")
    )
    world.units |= {unit.name: unit for unit in world.firms}


def _firm_unit(name: str, area: Area, number: int) -> Unit:
    address = f"禄脿街道{area.name.removesuffix(DEMO)}{number + 1}号{DEMO}"
    return Unit(
        kind=Unit.Kind.ENTERPRISE, name=f"{name}{DEMO}", short_name=name, aliases=name, area=area, address=address
    )


def _firm_profile(world: World, unit: Unit, kind: tuple, sectors: dict[str, Sector]) -> Enterprise:  # type: ignore[type-arg]
    _, sector, place, department, risk, high = kind
    north, east = QUARTERS[list(world.villages.values()).index(unit.area) % len(QUARTERS)]
    equipped = place == "特种设备使用单位" or unit.short_name in places.EQUIPPED
    dice = world.dice
    body = f"91530181MA{dice.randint(10**6, 10**7 - 1)}"
    return Enterprise(
        unit=unit,
        uscc=body + uscc.calc_check_digit(body),
        sector=sectors[sector],
        place_kind=place,
        department=world.units[department],
        legal_person=_person(dice),
        principal=_person(dice),
        principal_phone=_phone(dice),
        controller=_person(dice),
        controller_phone=_phone(dice),
        safety_officer=_person(dice),
        safety_phone=_phone(dice),
        employees=dice.randint(3, 260),
        is_above_scale=dice.random() < 0.3,
        is_high_risk=high,
        has_special_equipment=equipped,
        risk=risk,
        grade=dice.choice(["", "", "3", "small"]),
        latitude=round(STREET_CENTRE[0] + north * 0.017 + dice.uniform(-0.013, 0.013), 6),
        longitude=round(STREET_CENTRE[1] + east * 0.022 + dice.uniform(-0.018, 0.018), 6),
    )


def _person(dice: random.Random) -> str:
    return dice.choice(places.SURNAMES) + dice.choice(places.GIVEN) + DEMO


def _phone(dice: random.Random) -> str:
    return f"139{dice.randint(0, 99):02d}000000"


def _people(world: World, since: date) -> None:
    encoded = make_password(PASSWORD)
    users = [User(username=username, name=name, password=encoded) for username, name, *_ in PEOPLE]
    named = {row[3] for row in PEOPLE}
    posts = [(world.units[unit], role, title) for _, _, role, unit, title in PEOPLE]
    for number, firm in enumerate(world.firms, 1):
        if firm.name not in named:
            users.append(User(username=f"firm{number:02d}", name=firm.enterprise.safety_officer, password=encoded))
            posts.append((firm, Role.SAFETY, "安全员"))
    for number, (name, *_) in enumerate((row for row in places.DEPARTMENTS if row[0] not in named), 1):
        users.append(User(username=f"bumen{number:02d}", name=_person(world.dice), password=encoded))
        posts.append((world.units[name], Role.DEPARTMENT, "联络员"))
    User.objects.bulk_create(users)
    Membership.objects.bulk_create(
        Membership(user=user, unit=unit, role=role, title=title, starts_on=since)
        for user, (unit, role, title) in zip(users, posts, strict=True)
    )
    for user in User.objects.all():
        world.people[user.username] = user
        if user.role == Role.SAFETY and user.hat:
            world.safety[user.hat.unit_id] = user
