"""The places and people of the benchmark: two streets, villages, departments, enterprises, one person of each role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from stdnum.cn import uscc

from units.models import Area, Enterprise, Membership, OfficeProfile, Sector, Unit, User
from units.roles import Role

FROM = date(2020, 1, 1)
VILLAGES = 30
FEWEST_FIRMS = 60
TRADES = ("木业", "石料", "机械", "食品", "建材", "物流", "餐饮", "涂料", "纺织", "印刷")
GIVEN = "安宝昌达恒丰福国和宏华吉嘉建金锦利龙茂明瑞盛泰通旺祥兴永裕源"


@dataclass
class Street:
    """One street: its area, its office, departments, villages' areas, enterprises, and people by role."""

    area: Area
    office: Unit
    departments: list[Unit]
    villages: list[Area]
    firms: list[Unit] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)


def build(rows: int) -> list[Street]:
    """The measured street, and beside it a neighbour whose rows nobody of the first may see."""
    firms = max(FEWEST_FIRMS, rows // 300)
    county = Area.objects.create(name="测试市", level=Area.Level.COUNTY, code="530181")
    measured = _street(county, "甲街道", "JJ", VILLAGES)
    neighbour = _street(county, "乙街道", "YJ", VILLAGES // 3)
    _firms(measured, firms * 4 // 5, "甲")
    _firms(neighbour, firms // 5, "乙")
    for street in (measured, neighbour):
        _people(street)
    return [measured, neighbour]


def _street(county: Area, name: str, code: str, villages: int) -> Street:
    area = Area.objects.create(name=name, level=Area.Level.STREET, code=code, parent=county)
    office = Unit.objects.create(kind=Unit.Kind.OFFICE, name=f"{name}安委办", area=area)
    OfficeProfile.objects.create(
        unit=office,
        street_name=name,
        signatory_name=f"{name}安全生产委员会办公室",
        red_head=f"{name}安全生产委员会办公室文件",
        notice_prefix=f"{name[0]}街安办发",
        letter_prefix=f"{name[0]}街安办函",
        listing_prefix=f"{name[0]}街安督",
    )
    departments = [_department(area, name, sector) for sector in Sector.objects.filter(parent=None)[:10]]
    below = [
        Area.objects.create(name=f"{name[0]}{number:02d}村", level=Area.Level.VILLAGE, parent=area)
        for number in range(1, villages + 1)
    ]
    for village in below:
        Unit.objects.create(
            kind=Unit.Kind.VILLAGE, name=f"{village.name}村民委员会", area=village, is_committee_member=True
        )
    return Street(area, office, departments, below)


def _department(area: Area, street: str, sector: Sector) -> Unit:
    unit = Unit.objects.create(
        kind=Unit.Kind.DEPARTMENT, name=f"{street}{sector.name}监管所", area=area, is_committee_member=True
    )
    unit.sectors.set([sector])
    return unit


def _firms(street: Street, count: int, sign: str) -> None:
    """Enterprises spread over the villages, the departments and their sectors."""
    sectors = [department.sectors.get() for department in street.departments]
    units = []
    for number in range(count):
        village = street.villages[number % len(street.villages)]
        name = f"{sign}{_name(number)}厂"
        unit = Unit(
            kind=Unit.Kind.ENTERPRISE,
            name=name,
            area=village,
            area_path=village.path,
            address=f"{village.name}{number}号",
        )
        units.append(unit)
    Unit.objects.bulk_create(units, batch_size=500)
    profiles = [
        _profile(unit, number, sign, street.departments[number % len(sectors)], sectors[number % len(sectors)])
        for number, unit in enumerate(units)
    ]
    Enterprise.objects.bulk_create(profiles, batch_size=500)
    for unit, profile in zip(units, profiles, strict=True):
        unit.refresh_search(profile.uscc or "")
    Unit.objects.bulk_update(units, ["search_text", "search_grams"], batch_size=500)
    street.firms = units


def _name(number: int) -> str:
    first, rest = divmod(number, len(GIVEN))
    return f"{GIVEN[rest]}{GIVEN[first % len(GIVEN)]}{GIVEN[first // len(GIVEN)]}{TRADES[number % len(TRADES)]}"


def _profile(unit: Unit, number: int, sign: str, department: Unit, sector: Sector) -> Enterprise:
    body = f"91530181MA{'甲乙'.index(sign)}{number:06d}"
    return Enterprise(
        unit=unit,
        uscc=body + uscc.calc_check_digit(body),
        sector=sector,
        department=department,
        principal="张三",
        principal_phone="13900000001",
        safety_officer="李四",
        safety_phone="13900000002",
    )


def _people(street: Street) -> None:
    """One person of every reading role, and a safety officer per enterprise."""
    prefix = street.area.code.lower()
    posts = {
        "officer": (street.office, Role.OFFICER),
        "head": (street.office, Role.HEAD),
        "leader": (street.office, Role.LEADER),
        "department": (street.departments[0], Role.DEPARTMENT),
        "grid": (Unit.objects.get(kind=Unit.Kind.VILLAGE, area=street.villages[0]), Role.GRID),
        "safety": (street.firms[0], Role.SAFETY),
    }
    for name, (unit, role) in posts.items():
        street.people[name] = User.objects.create(username=f"{prefix}-{name}", name=f"测试{name}", password="!")
        Membership.objects.create(user=street.people[name], unit=unit, role=role, starts_on=FROM)
    staff = [User(username=f"{prefix}-firm-{firm.pk}", name="李四", password="!") for firm in street.firms[1:]]
    User.objects.bulk_create(staff, batch_size=1000)
    Membership.objects.bulk_create(
        (
            Membership(user=user, unit=firm, role=Role.SAFETY, starts_on=FROM)
            for user, firm in zip(staff, street.firms[1:], strict=True)
        ),
        batch_size=1000,
    )
