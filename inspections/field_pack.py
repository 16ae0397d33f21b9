"""What a phone takes along for a day without signal."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from common import clock
from inspections import checklists, field_criteria
from inspections.models import ChecklistItem, ChecklistVersion, EnforcementCertificate, Inspection, ItemResult
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.visits import OPEN_VISITS
from inspections.transitions.team import candidates
from units.models import Unit
from units.roles import Right, Role, scope_of

PLACES_MOST = 2000  # enterprises a phone carries; a village has hundreds
VISITS_MOST = 100
CAMPAIGNS_MOST = 30


def pack_for(user: Any) -> dict[str, Any]:
    """Account, checklists in force and those of open visits, places in reach, colleagues, open visits; bounded."""
    open_visits = list(_open_visits(user))
    items = Prefetch("items", ChecklistItem.objects.select_related("criterion__standard").order_by("number"))
    current = list(ChecklistVersion.objects.current().select_related("checklist").prefetch_related(items))
    used = {visit.checklist_id for visit in open_visits if visit.checklist_id} - {version.pk for version in current}
    older = ChecklistVersion.objects.filter(pk__in=used).select_related("checklist").prefetch_related(items)
    return {
        "now": clock.now().isoformat(),
        "account": {
            "id": user.pk,
            "name": user.name,
            "unit": user.hat.unit.name,
            "carries": True,
            "begins": user.role != Role.EXPERT,
            "administrative": scope_of(user.role, Right.ISSUE_PAPER) is not None,
            "confirms": scope_of(user.role, Right.CONFIRM) is not None,
        },
        "modes": [[value, str(label)] for value, label in Inspection.Mode.choices if value != Inspection.Mode.RECHECK],
        "checklists": [checklist_of(version, version in current) for version in (*current, *older)],
        "units": _places(user, current),
        "campaigns": _campaigns(user, current),
        "criteria": field_criteria.edition(),
        "people": _people(user),
        "visits": [_visit(visit) for visit in open_visits],
    }


def checklist_of(version: ChecklistVersion, in_force: bool = True) -> dict[str, Any]:
    """A version with its items as the phone keeps it."""
    return {
        "id": version.pk,
        "title": version.checklist.title,
        "number": version.number,
        "current": in_force,
        "items": [
            {
                "id": item.pk,
                "n": item.number,
                "text": item.text,
                "how": item.how,
                "basis": item.basis,
                "level": item.level,
                "criterion": item.criterion.title if item.criterion else item.criteria_text,
                "cited": item.criterion_id is not None,
                "photo": item.asks_photo,
            }
            for item in version.items.all()
        ],
    }


def _places(user: Any, current: list[ChecklistVersion]) -> list[dict[str, Any]]:
    if user.role == Role.EXPERT:
        return []
    reach = Unit.objects.for_user(user).active().enterprises().select_related("enterprise__sector")
    return [_place(unit, current) for unit in reach.order_by("name")[:PLACES_MOST]]


def _place(unit: Unit, current: list[ChecklistVersion]) -> dict[str, Any]:
    profile = getattr(unit, "enterprise", None)
    fitting = checklists.suggest(unit, current)
    return {
        "id": unit.pk,
        "name": unit.name,
        "address": unit.address,
        "search": unit.search_text,
        "contact": (profile.safety_officer or profile.principal) if profile else "",
        "phone": (profile.safety_phone or profile.principal_phone) if profile else "",
        "lat": float(profile.latitude) if profile and profile.latitude is not None else None,
        "lon": float(profile.longitude) if profile and profile.longitude is not None else None,
        "risk": profile.risk if profile else "",
        "checklist": fitting.pk if fitting else None,
    }


def _campaigns(user: Any, current: list[ChecklistVersion]) -> list[dict[str, Any]]:
    """专项整治 going on in reach: with the version of its own checklist, and the enterprises on its list."""
    running = Campaign.objects.for_user(user).filter(state=Campaign.State.RUNNING, starts_on__lte=clock.today())
    found = list(running.order_by("ends_on", "pk")[:CAMPAIGNS_MOST])
    listed: dict[int, list[int]] = {campaign.pk: [] for campaign in found}
    objects = CampaignObject.objects.for_user(user).filter(campaign__in=found, unit__isnull=False)
    for campaign, unit in objects.exclude(state=CampaignObject.State.REMOVED).values_list("campaign_id", "unit_id"):
        if unit is not None:
            listed[campaign].append(unit)
    own = {version.checklist_id: version.pk for version in current}
    return [
        {"id": row.pk, "title": row.title, "checklist": own.get(row.checklist_id or 0), "units": listed[row.pk]}
        for row in found
    ]


def _people(user: Any) -> list[dict[str, Any]]:
    found = list(candidates(user).prefetch_related("memberships__unit"))
    held = EnforcementCertificate.objects.filter(user__in=found, is_revoked=False).order_by("valid_until")
    certificates = {row.user_id: row for row in held}
    people = [_person(person, certificates.get(person.pk)) for person in found]
    return sorted(people, key=lambda person: (person["unit"] != user.hat.unit.name, person["unit"], person["name"]))


def _person(person: Any, certificate: EnforcementCertificate | None) -> dict[str, Any]:
    posts = sorted(person.memberships.all(), key=lambda post: post.pk)
    roles = {post.role for post in posts}
    part = "expert" if Role.EXPERT in roles else "leader" if Role.LEADER in roles else "member"
    return {
        "id": person.pk,
        "name": person.name,
        "unit": posts[0].unit.name if posts else "",
        "part": part,
        "from": certificate.valid_from.isoformat() if certificate else "",
        "until": certificate.valid_until.isoformat() if certificate else "",
        "certificate": certificate.number if certificate else "",
    }


def _open_visits(user: Any) -> Any:
    rows = Prefetch(
        "results",
        ItemResult.objects.select_related("recorded_by", "item", "criterion__standard").order_by("item__number", "pk"),
    )
    named = Inspection.objects.named_in(user).filter(state__in=OPEN_VISITS).select_related("unit")
    return named.prefetch_related(rows, "members__user").order_by("planned_on", "-pk")[:VISITS_MOST]


def _visit(visit: Inspection) -> dict[str, Any]:
    return {
        "uid": str(visit.uid),
        "state": visit.state,
        "kind": visit.kind,
        "mode": visit.mode,
        "modeLabel": visit.get_mode_display(),
        "planned": visit.planned_on.isoformat() if visit.planned_on else "",
        "unit": {"id": visit.unit_id, "name": visit.unit.name, "address": visit.unit.address},
        "checklist": visit.checklist_id,
        "contact": visit.contact,
        "contact_title": visit.contact_title,
        "contact_phone": visit.contact_phone,
        "place": visit.place,
        "team": [{"user": m.user_id, "name": m.user.name, "part": m.part} for m in visit.members.all()],
        "rows": [row_of(row) for row in visit.results.all()],
    }


def row_of(row: ItemResult) -> dict[str, Any]:
    """A result as the phone keeps it."""
    return {
        "uid": str(row.uid),
        "item": row.item_id,
        "text": row.text,
        "revision": row.revision,
        "outcome": row.outcome,
        "note": row.note,
        "level": row.level,
        "level_reason": row.level_reason,
        "chosen": row.criterion_id,
        "chosen_title": str(row.criterion) if row.criterion else "",
        "is_fixed_on_spot": row.is_fixed_on_spot,
        "due_on": row.due_on.isoformat() if row.due_on else "",
        "no_photo_reason": row.no_photo_reason,
        "by": row.recorded_by.name if row.recorded_by else "",
    }
