"""What a month's draw of closed hazards is drawn from, and who may look at one again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from common import clock
from common.limits import limit
from common.months import first_of_month
from hazards.models import Hazard, HazardEvent
from hazards.models.hazard import State
from hazards.queries import people_around
from hazards.transitions.access import may
from inspections.models.spots import SpotCheck
from inspections.queries.candidates import WEIGHTS
from inspections.spotting import ALGORITHM
from units.models import Unit, User
from units.roles import Right, Role

Stratum = SpotCheck.Stratum
_OF_LEVEL = {"major": Stratum.MAJOR, "key": Stratum.KEY, "general": Stratum.GENERAL}
INSPECTORS = (Role.OFFICER, Role.HEAD, Role.DEPARTMENT, Role.GRID)


def closed_in(area_path: str, month: date) -> QuerySet[Hazard]:
    """The hazards of the area closed in the month and closed still, with `was_listed`."""
    marked = HazardEvent.objects.filter(hazard=OuterRef("pk"), data__has_key="listed_as").exclude(data__listed_as="")
    found = Hazard.objects.filter(
        area_path__startswith=area_path,
        state=State.CLOSED,
        closed_at__gte=clock.midnight(month),
        closed_at__lt=clock.midnight(first_of_month(month, 1)),
    )
    return found.annotate(was_listed=Exists(marked)).select_related("unit__enterprise").order_by("pk")


def free_people(hazard: Hazard) -> list[User]:
    """Who may review this hazard and has had no hand in it (另人复核)."""
    return next(_free([hazard]))


def _free(hazards: Sequence[Hazard]) -> Iterator[list[User]]:
    """The same for each of many, in a number of queries that does not grow with them but with their places."""
    around = cache(people_around)
    involved = {hazard.pk: {hazard.reported_by_id, hazard.submitted_by_id} for hazard in hazards}
    acted = HazardEvent.objects.filter(hazard__in=involved).values_list("hazard_id", "actor_id", "data")
    for hazard_id, actor, data in acted:
        involved[hazard_id] |= {actor, *data.get("reviewers", ())}
    for hazard in hazards:
        people = around(hazard.area_path, hazard.department_id)
        yield [
            user
            for user in people
            if user.role in INSPECTORS and user.pk not in involved[hazard.pk] and may(user, Right.REVIEW, hazard)
        ]


def given(owner: Unit, month: date) -> dict[str, Any]:
    """The whole input of a round, as it is recorded."""
    layers: dict[str, list[dict[str, Any]]] = {str(stratum): [] for stratum in Stratum}
    people: set[int] = set()
    closed: list[Any] = list(closed_in(owner.area_path, month))
    for hazard, persons in zip(closed, _free(closed), strict=True):
        free = sorted(user.pk for user in persons)
        people.update(free)
        stratum = Stratum.LISTED if hazard.was_listed else _OF_LEVEL[hazard.level]
        profile = getattr(hazard.unit, "enterprise", None)
        weight = WEIGHTS[profile.risk] if profile else 1
        layers[stratum].append({"id": hazard.pk, "number": hazard.number, "weight": weight, "people": free})
    return {
        "algorithm": ALGORITHM,
        "month": month.isoformat(),
        "strata": [
            {"key": key, "percent": limit(f"spot.{key}", owner.area_path).value, "hazards": rows}
            for key, rows in layers.items()
        ],
        "inspectors": sorted(people),
    }


def waiting_for(user: Any) -> QuerySet[SpotCheck]:
    """What the person still has to look at, soonest first."""
    found = SpotCheck.objects.for_user(user).open().filter(inspector_id=user.pk)
    return found.select_related("hazard__unit").order_by("due_on", "pk")


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that stand with a spot check in the user's scope."""
    links = SpotCheck.attachments.through.objects.filter(
        attachment_id__in=ids, spotcheck__in=SpotCheck.objects.for_user(user)
    )
    return set(links.values_list("attachment_id", flat=True))


def of_hazard(hazard: Hazard, user: Any) -> QuerySet[SpotCheck]:
    """The spot checks of one hazard the user may see, newest first."""
    found = SpotCheck.objects.for_user(user).filter(hazard=hazard)
    return found.select_related("inspector").filter(~Q(state=SpotCheck.State.DROPPED)).order_by("-pk")
