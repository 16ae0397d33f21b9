"""The team of a visit: who may be on it, and the two valid 执法证 an administrative inspection needs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from common import clock
from common.errors import Refused
from common.wording import cn_date
from inspections.models import EnforcementCertificate, Inspection, InspectionMember
from units.models import Membership, User
from units.roles import GRANTS, Right, Role

NEEDED = 2
CARRIERS = tuple(GRANTS[Right.CARRY_OUT])
Part = InspectionMember.Part


@dataclass(frozen=True)
class Named:
    """A person named for the team, and what they do on it."""

    user: User
    part: str = Part.MEMBER


def candidates(actor: Any) -> QuerySet[User]:
    """The people the actor may name: everybody of the own street whose role carries out visits."""
    hat = getattr(actor, "hat", None)
    street = hat.unit.area.street_path if hat else "-"
    held = Membership.objects.in_force().filter(role__in=CARRIERS, unit__area_path__startswith=street)
    found: QuerySet[User] = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    return found.order_by("name", "pk")


def assemble(actor: Any, named: Iterable[Named]) -> list[Named]:
    """The team with the actor in it, each person once; `Refused` for a stranger. Without a 组长 the actor leads."""
    wanted: dict[int, Named] = {}
    for person in named:
        wanted.setdefault(person.user.pk, person)
    allowed = set(candidates(actor).filter(pk__in=wanted).values_list("pk", flat=True)) | {actor.pk}
    strangers = [person.user.name for pk, person in wanted.items() if pk not in allowed]
    if strangers:
        raise Refused.at("team", f"{'、'.join(strangers)}不是本街道的检查人员，不能编入检查组。")
    wanted.setdefault(actor.pk, Named(actor, _own_part(actor)))
    team = list(wanted.values())
    if not any(person.part == Part.LEAD for person in team):
        first = next((index for index, person in enumerate(team) if person.part == Part.MEMBER), None)
        if first is not None:
            team[first] = Named(team[first].user, Part.LEAD)
    return team


def _own_part(actor: Any) -> str:
    return {Role.LEADER: Part.LEADER, Role.EXPERT: Part.EXPERT}.get(actor.role, Part.LEAD)


def enlist(inspection: Inspection, team: Sequence[Named], day: date) -> None:
    """Write the team with the certificates as they stand on `day`."""
    users = [person.user.pk for person in team]
    found = EnforcementCertificate.objects.filter(user_id__in=users, is_revoked=False).order_by("valid_until")
    held = {certificate.user_id: certificate for certificate in found}
    rows = [
        InspectionMember(
            inspection=inspection,
            user=person.user,
            part=person.part,
            unit_name=person.user.hat.unit.name if person.user.hat else "",
            certificate_number=held[person.user.pk].number if person.user.pk in held else "",
            certificate_until=held[person.user.pk].valid_until if person.user.pk in held else None,
        )
        for person in team
    ]
    InspectionMember.objects.bulk_create(rows, ignore_conflicts=True)


def check_certificates(kind: str, users: Iterable[Any], day: date | None = None) -> None:
    """An administrative inspection needs two holders of a 执法证 valid on `day` (行政处罚法 Art.42; 国办发〔2024〕54号).

    `Refused` says who lacks one and whose expired when. A patrol needs none.
    """
    if kind != Inspection.Kind.ADMINISTRATIVE:
        return
    day = day or clock.today()
    people = {user.pk: user for user in users}
    held = EnforcementCertificate.objects.filter(user_id__in=people)
    valid = {certificate.user_id for certificate in held if _covers(certificate, day)}
    if len(valid) >= NEEDED:
        return
    faults = [
        _fault(certificate, people[certificate.user_id].name, day)
        for certificate in held
        if certificate.user_id not in valid
    ]
    told = "；".join(faults)
    text = f"行政检查须有两名持有效执法证的执法人员，当前只有{len(valid)}名。{told + '。' if told else ''}可改为巡查（服务指导），或更换人员。"
    raise Refused.at("team", text)


def _covers(certificate: EnforcementCertificate, day: date) -> bool:
    return not certificate.is_revoked and certificate.valid_from <= day <= certificate.valid_until


def _fault(certificate: EnforcementCertificate, name: str, day: date) -> str:
    if certificate.is_revoked:
        return f"{name}的执法证（{certificate.number}）已注销"
    if certificate.valid_until < day:
        return f"{name}的执法证（{certificate.number}）已于{cn_date(certificate.valid_until)}到期"
    return f"{name}的执法证（{certificate.number}）自{cn_date(certificate.valid_from)}起有效"


def official_members(inspection: Inspection) -> list[InspectionMember]:
    """The members who hold a certificate valid on the day of the check, 组长 first."""
    day = clock.local(inspection.started_at or clock.now()).date()
    members = inspection.members.select_related("user")
    found = [member for member in members if member.certificate_until and member.certificate_until >= day]
    return sorted(found, key=lambda member: (member.part != Part.LEAD, member.pk))
