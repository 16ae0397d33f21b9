"""Reads across hazards, their photos and their figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from common import clock, wording
from common.errors import NotInScope
from common.paging import CEILING, BoundedCount, bounded_count
from evidence.models import Attachment
from hazards import discretion
from hazards.models import Hazard, HazardEvidence, TreatmentPlan
from hazards.models.hazard import OPEN, TIMED, Level
from hazards.transitions.access import may
from units.models import Membership, User
from units.models.areas import paths_above
from units.roles import Right

# A row of the ledger: everything of the hazard but the words only the database compares, and of the rest the names.
_ROW = (
    *(field.name for field in Hazard._meta.concrete_fields if not field.name.startswith("search_")),
    "unit__name",
    "unit__kind",
    "unit__area__name",
    "department__name",
    "department__kind",
    "sector__name",
)
# A hazard's page: what every hazard has is joined. What few have is asked for where it is there: planning the joins took
# longer than everything else the database does for the page.
_ALWAYS = ("unit__area", "unit__enterprise", "department", "sector", "reported_by")
_SELDOM = ("criterion__standard", "campaign", "reported_unit", "duplicate_of")
_SEARCHED = tuple(
    f"{of}{column}" for of in ("", "unit__", "department__") for column in ("search_text", "search_grams")
)
_GROUND = ("criterion__clause", "criterion__title", "criterion__standard__title", "campaign__title")


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that stand in a hazard within the user's read scope."""
    linked = HazardEvidence.objects.filter(attachment_id__in=ids, hazard__in=Hazard.objects.for_user(user))
    return set(linked.values_list("attachment_id", flat=True))


def ledger(queryset: QuerySet[Hazard]) -> QuerySet[Hazard]:
    """The hazards with what a row of the ledger shows, in a constant number of queries."""
    return queryset.select_related("unit__area", "sector", "department").only(*_ROW)


def ledger_with_grounds(queryset: QuerySet[Hazard]) -> QuerySet[Hazard]:
    """The same with the criterion cited and the campaign: three joins more, which cost more to plan than a page of rows to read."""
    return ledger(queryset).select_related("criterion__standard", "campaign").only(*_ROW, *_GROUND)


def first_photos(hazards: Iterable[Hazard]) -> dict[int, Attachment]:
    """The first photo before rectification of each hazard by id; one query for all of them."""
    rows = (
        HazardEvidence.objects.filter(hazard__in=list(hazards), stage=HazardEvidence.Stage.BEFORE)
        .order_by("hazard_id", "pk")
        .distinct("hazard_id")
        .select_related("attachment__blob")
    )
    return {row.hazard_id: row.attachment for row in rows if row.attachment.is_image}


@dataclass(frozen=True)
class Figures:
    """What is open under the filter in force, each counted no further than 10,000."""

    open: BoundedCount
    overdue: BoundedCount
    soon: BoundedCount
    major: BoundedCount


def figures(queryset: QuerySet[Hazard]) -> Figures:
    """Count open, overdue, due within three natural days and open 重大, in one query over at most 10,001 open hazards.

    Only where more are open is each figure counted by itself, so that none is guessed from a part.
    """
    now = clock.now()
    kinds = {
        "open": Q(),
        "overdue": TIMED & Q(due_at__lt=now),
        "soon": TIMED & Q(due_at__gte=now, due_at__lt=now + timedelta(days=wording.SOON_DAYS)),
        "major": Q(level=Level.MAJOR),
    }
    opened = queryset.filter(OPEN).order_by()
    counted = opened[: CEILING + 1].aggregate(**{name: Count("pk", filter=where) for name, where in kinds.items()})
    if counted["open"] > CEILING:
        return Figures(**{name: bounded_count(opened.filter(where)) for name, where in kinds.items()})
    return Figures(**{name: BoundedCount(number, exact=True) for name, number in counted.items()})


def whole(queryset: QuerySet[Hazard], user: Any) -> QuerySet[Hazard]:
    """The hazards with everything their page shows the user, in a constant number of queries."""
    evidence = HazardEvidence.objects.select_related("attachment__blob", "attachment__uploaded_by").order_by("pk")
    lists = ("extensions__requested_by", "extensions__decided_by", "principal_notifications", *_SELDOM)
    plans = Prefetch("plans", queryset=TreatmentPlan.objects.select_related("filed_by", "decided_by"))
    events = Prefetch("events", queryset=discretion.events_for(user))
    files = Prefetch("evidence", queryset=evidence)
    rows = queryset.select_related(*_ALWAYS).defer(*_SEARCHED)
    return rows.prefetch_related(events, files, plans, *lists)


def one(user: Any, pk: int) -> Hazard:
    """The hazard `pk` in the user's read scope, whole; `NotInScope` otherwise."""
    hazard = whole(Hazard.objects.for_user(user), user).filter(pk=pk).first()
    if hazard is None:
        raise NotInScope
    return hazard


def reviewers(hazard: Hazard) -> list[User]:
    """Who holds the right to review this very hazard, each under the hat the rule would look at."""
    near = people_around(hazard.area_path, hazard.department_id)
    return [person for person in near if may(person, Right.REVIEW, hazard)]


def people_around(area_path: str, department_id: int | None) -> list[User]:
    """Everybody with a hat above the place or in the department, under their first one; whom `reviewers` asks."""
    near = Q(unit__area_path__in=paths_above(area_path)) | Q(unit_id=department_id)
    held = Membership.objects.in_force().filter(
        user__is_active=True, user__memberships__in=Membership.objects.filter(near)
    )
    people: dict[int, User] = {}
    for membership in held.select_related("user", "unit").order_by("pk").distinct():
        if membership.user_id not in people:
            people[membership.user_id] = membership.user
            membership.user.wear(membership)
    return list(people.values())
