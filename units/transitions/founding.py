"""The first hour of a real installation: a street, its safety office, and the three separated keepers of the system."""

from __future__ import annotations

from django.db import transaction

import audit
from common.errors import Refused
from units import passwords
from units.models import Area, Membership, OfficeProfile, Unit, User
from units.roles import Role

KEEPERS = ((Role.SYSADMIN, "admin"), (Role.SECADMIN, "security"), (Role.AUDITOR, "auditor"))


@transaction.atomic
def found_office(
    street_name: str, code: str, parents: tuple[str, ...] = (), prefix: str = ""
) -> tuple[Unit, list[tuple[User, str]]]:
    """Create the street below `parents` (市、县 from the top down), its 安委办 and one account per keeper of the system.

    Returns the office and each account with its one-time password. Everybody else is entered by the 系统管理员. `code`
    leads hazard numbers; `prefix` leads document numbers (default: the street's short name). `Refused` when the
    street or the code exists already.
    """
    if Area.objects.filter(level=Area.Level.STREET, code=code).exists():
        raise Refused(f"代码“{code}”已被其他街道（镇）使用。", {"code": f"代码“{code}”已被其他街道（镇）使用。"})
    street = _street(street_name, code, parents)
    office = Unit.objects.create(kind=Unit.Kind.OFFICE, name=f"{street_name}安委办", short_name="安委办", area=street)
    _profile(office, street_name, prefix or street_name.removesuffix("街道").removesuffix("镇").removesuffix("乡"))
    accounts = [_keeper(office, role, f"{word}-{code.lower()}") for role, word in KEEPERS]
    audit.record("units.office_founded", office, after={"street": street_name, "code": code})
    return office, accounts


def _street(name: str, code: str, parents: tuple[str, ...]) -> Area:
    levels = (Area.Level.CITY, Area.Level.COUNTY)[-len(parents) :] if parents else ()
    above: Area | None = None
    for parent, level in zip(parents, levels, strict=True):
        above = Area.objects.get_or_create(parent=above, name=parent, defaults={"level": level})[0]
    if Area.objects.filter(parent=above, name=name).exists():
        raise Refused(f"“{name}”已经建立。")
    return Area.objects.create(parent=above, name=name, code=code, level=Area.Level.STREET)


def _profile(office: Unit, street_name: str, prefix: str) -> None:
    OfficeProfile.objects.create(
        unit=office,
        street_name=street_name,
        signatory_name=f"{street_name}安全生产委员会办公室",
        red_head=f"{street_name}安全生产委员会办公室文件",
        notice_prefix=f"{prefix}安办发",
        letter_prefix=f"{prefix}安办函",
        listing_prefix=f"{prefix}安督",
    )


def _keeper(office: Unit, role: Role, username: str) -> tuple[User, str]:
    if User.objects.filter(username=username).exists():
        raise Refused(f"用户名“{username}”已被使用。")
    given = passwords.one_time()
    user = User.objects.create_user(username, given, name=role.label, must_change_password=True)
    Membership.objects.create(user=user, unit=office, role=role)
    audit.record("units.account_created", user, after={"username": username, "role": role.label})
    return user, given
