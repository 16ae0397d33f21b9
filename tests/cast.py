"""The fixed cast of every test: one street, its people, a rival enterprise and a rival street.

`cast.officer`, `cast.head`, `cast.department`, `cast.grid`, `cast.expert`, `cast.principal`, `cast.safety`,
`cast.leader`, `cast.sysadmin`, `cast.secadmin`, `cast.auditor`; `cast.second` is another department officer,
`cast.rival_safety` the rival enterprise's officer, `cast.rival_officer`/`rival_head` another street's office.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from units.models import Area, Enterprise, Membership, OfficeProfile, Sector, Unit, User
from units.roles import Role

PASSWORD = "Qinghuan#2026"
FROM = date(2020, 1, 1)


@dataclass
class Cast:
    """Everybody and every unit of the test world, by name."""

    areas: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)

    def __getattr__(self, name: str) -> User:
        """A person by role name."""
        try:
            return self.__dict__["people"][name]
        except KeyError as missing:
            raise AttributeError(name) from missing

    def fresh(self, name: str) -> User:
        """The person as a newly loaded row (no cached hat)."""
        return User.objects.get(pk=self.people[name].pk)


def build_cast() -> Cast:
    """Create the test world."""
    cast = Cast()
    _street(cast, "", "甲街道", "JJ", "甲村")
    _street(cast, "rival_", "乙街道", "YJ", "乙村")
    _staff(cast)
    return cast


def _street(cast: Cast, prefix: str, name: str, code: str, village: str) -> None:
    street = Area.objects.create(name=name, level=Area.Level.STREET, code=code)
    below = Area.objects.create(name=village, level=Area.Level.VILLAGE, parent=street)
    other = Area.objects.create(name=f"{village}邻村", level=Area.Level.VILLAGE, parent=street)
    cast.areas |= {f"{prefix}street": street, f"{prefix}village": below, f"{prefix}other_village": other}
    office = Unit.objects.create(kind=Unit.Kind.OFFICE, name=f"{name}安委办", area=street)
    OfficeProfile.objects.create(
        unit=office,
        street_name=name,
        signatory_name=f"{name}安全生产委员会办公室",
        red_head=f"{name}安全生产委员会办公室文件",
        notice_prefix=f"{name[0]}街安办发",
        letter_prefix=f"{name[0]}街安办函",
        listing_prefix=f"{name[0]}街安督",
        duty_phone="0871-00000000",
    )
    sector = Sector.objects.get_or_create(code=f"T{code}", defaults={"name": f"测试工贸{code}"})[0]
    department = Unit.objects.create(
        kind=Unit.Kind.DEPARTMENT, name=f"{name}应急管理综合服务中心", area=street, is_committee_member=True
    )
    department.sectors.add(sector)
    village_unit = Unit.objects.create(kind=Unit.Kind.VILLAGE, name=village, area=below)
    firm = _firm(f"{name}食品厂", below, sector, department)
    neighbour = _firm(f"{name}机械厂", other, None, None)
    cast.units |= {
        f"{prefix}office": office,
        f"{prefix}department": department,
        f"{prefix}village": village_unit,
        f"{prefix}firm": firm,
        f"{prefix}neighbour": neighbour,
    }


def _firm(name: str, area: Area, sector: Sector | None, department: Unit | None) -> Unit:
    unit = Unit.objects.create(kind=Unit.Kind.ENTERPRISE, name=name, area=area, address=f"{area.name}1号")
    Enterprise.objects.create(
        unit=unit,
        sector=sector,
        department=department,
        operator="张三",
        principal=f"{name}负责人",
        principal_phone="13900000001",
        controller=f"{name}控制人",
        safety_officer=f"{name}安全员",
        safety_phone="13900000002",
    )
    return unit


def _staff(cast: Cast) -> None:
    posts = {
        "officer": ("office", Role.OFFICER),
        "head": ("office", Role.HEAD),
        "department": ("department", Role.DEPARTMENT),
        "second": ("department", Role.DEPARTMENT),
        "grid": ("village", Role.GRID),
        "expert": ("department", Role.EXPERT),
        "principal": ("firm", Role.PRINCIPAL),
        "safety": ("firm", Role.SAFETY),
        "leader": ("office", Role.LEADER),
        "sysadmin": ("office", Role.SYSADMIN),
        "secadmin": ("office", Role.SECADMIN),
        "auditor": ("office", Role.AUDITOR),
        "rival_safety": ("neighbour", Role.SAFETY),
        "rival_officer": ("rival_office", Role.OFFICER),
        "rival_head": ("rival_office", Role.HEAD),
        "rival_department": ("rival_department", Role.DEPARTMENT),
    }
    for name, (unit, role) in posts.items():
        user = User(username=name, name=f"测试{name}")
        user.set_password(PASSWORD)
        user.save()
        Membership.objects.create(user=user, unit=cast.units[unit], role=role, starts_on=FROM)
        cast.people[name] = user
