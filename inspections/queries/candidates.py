"""What a draw is drawn from: enterprises with weight or the reason they are left out, people, and who keeps away from whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from common import clock, wording
from common.limits import limit
from inspections import frequency
from inspections.drawing import ALGORITHM
from inspections.models.draws import ConflictDeclaration
from inspections.models.records import watched_among
from inspections.models.visits import OPEN_VISITS, Inspection, VisitState
from inspections.transitions.team import candidates as carriers
from units.models import Enterprise, Membership, Sector, Unit, User
from units.roles import Right, Role

WEIGHTS = {"red": 4, "orange": 3, "yellow": 2, "blue": 1}
INSPECTORS = (Role.OFFICER, Role.HEAD, Role.DEPARTMENT, Role.GRID)
NO_ONE_LEFT = "检查人员均须回避"
OUT_OF_REACH = "不属其管辖"


def inspectors(actor: Any) -> QuerySet[User]:
    """The people of the own street who may be drawn: no experts, no leaders."""
    held = Membership.objects.in_force().filter(role__in=INSPECTORS)
    return carriers(actor).filter(pk__in=held.values("user_id"))


def enterprises(
    actor: Any,
    *,
    sectors: Iterable[Sector] = (),
    area: Any = None,
    risks: Sequence[str] = (),
    flags: Sequence[str] = (),
) -> QuerySet[Unit]:
    """The enterprises in the planner's reach that fit the conditions; none means all."""
    found = Unit.objects.for_user(actor, Right.PLAN_INSPECTION).enterprises().active()
    chosen = [sector.pk for sector in sectors]
    if chosen:
        found = found.filter(Q(enterprise__sector__in=chosen) | Q(enterprise__sector__parent__in=chosen))
    if area is not None:
        found = found.filter(area_path__startswith=area.path)
    if risks:
        found = found.filter(enterprise__risk__in=risks)
    for flag in flags:
        found = found.filter(**{f"enterprise__{flag}": True})
    return found.filter(enterprise__isnull=False).select_related("enterprise").order_by("pk")


def given(
    actor: Any, units: Sequence[Unit], people: Sequence[User], *, kind: str, asked: int, team_size: int, weighted: bool
) -> dict[str, Any]:
    """The whole input of a draw, as it is recorded."""
    apart = conflicts(units, people)
    barred = {unit.pk: 0 for unit in units}
    for row in apart:
        barred[row["enterprise"]] += 1
    reasons, watched = _reasons(actor, units, kind), watched_among(unit.pk for unit in units)
    rows = []
    for unit in units:
        reason = reasons.get(unit.pk, "")
        if not reason and len(people) - barred[unit.pk] < team_size:
            reason = NO_ONE_LEFT
        weight = WEIGHTS["red" if unit.pk in watched else unit.enterprise.risk] if weighted else 1
        rows.append({"id": unit.pk, "name": unit.name, "weight": weight, "excluded": reason})
    return {
        "algorithm": ALGORITHM,
        "asked": asked,
        "team_size": team_size,
        "enterprises": rows,
        "inspectors": [{"id": person.pk, "unit": person.hat.unit.name if person.hat else ""} for person in people],
        "conflicts": apart,
    }


def _reasons(actor: Any, units: Sequence[Unit], kind: str) -> dict[int, str]:
    """Why an enterprise is left out, by id: not in operation, visited lately or about to be, cap reached."""
    path = actor.area_path
    today = clock.today()
    since = today - timedelta(days=limit("inspection.recent", path).value)
    ids = [unit.pk for unit in units]
    visits = Inspection.objects.filter(unit_id__in=ids)
    lately = dict(
        visits.filter(state=VisitState.DONE, finished_at__date__gte=since).values_list("unit_id", "finished_at")
    )
    waiting = set(visits.filter(state__in=OPEN_VISITS).values_list("unit_id", flat=True))
    capped = administrative_visits(ids, today.year) if kind == Inspection.Kind.ADMINISTRATIVE else {}
    most = frequency.cap(path)
    found: dict[int, str] = {}
    for unit in units:
        if unit.enterprise.state != Enterprise.State.OPERATING:
            found[unit.pk] = f"经营状态为{unit.enterprise.get_state_display()}"
        elif unit.pk in lately:
            found[unit.pk] = f"{wording.cn_date(lately[unit.pk])}已检查"
        elif unit.pk in waiting:
            found[unit.pk] = "已有待实施的检查"
        elif capped.get(unit.pk, 0) >= most:
            found[unit.pk] = f"本年行政检查已达上限{most}次"
    return found


def administrative_visits(unit_ids: Iterable[int], year: int) -> dict[int, int]:
    """行政检查 of the year by enterprise, finished and planned; 复查 is not counted against the cap."""
    counted = Inspection.objects.filter(unit_id__in=unit_ids, kind=Inspection.Kind.ADMINISTRATIVE)
    of_year = Q(finished_at__year=year) | Q(state__in=OPEN_VISITS)
    found = counted.filter(of_year).exclude(mode=Inspection.Mode.RECHECK).exclude(state=VisitState.CANCELLED)
    return dict(found.order_by().values_list("unit_id").annotate(n=Count("pk")))


def conflicts(units: Sequence[Unit], people: Sequence[User]) -> list[dict[str, Any]]:
    """Every pair that must not meet, with the reason: declared ones, people of the village the enterprise lies in, and
    people whose office does not look after it. One query per person besides a constant number.
    """
    declared = list(
        ConflictDeclaration.objects.in_force()
        .filter(user__in=[person.pk for person in people])
        .select_related("village")
    )
    homes = _villages(people)
    ids = [unit.pk for unit in units]
    reached = {
        person.pk: set(Unit.objects.for_user(person).filter(pk__in=ids).values_list("pk", flat=True))
        for person in people
    }
    pairs: dict[tuple[int, int], str] = {}
    for unit in units:
        for conflict in declared:
            of_village = conflict.village is not None and unit.area_path.startswith(conflict.village.path)
            if conflict.unit_id == unit.pk or of_village:
                pairs.setdefault((unit.pk, conflict.user_id), conflict.get_ground_display())
        for person in people:
            if unit.pk not in reached[person.pk]:
                pairs.setdefault((unit.pk, person.pk), OUT_OF_REACH)
        for person_id, path in homes:
            if unit.area_path.startswith(path):
                pairs.setdefault((unit.pk, person_id), str(ConflictDeclaration.Ground.VILLAGE.label))
    return [
        {"enterprise": unit_id, "inspector": person_id, "reason": reason}
        for (unit_id, person_id), reason in sorted(pairs.items())
    ]


def _villages(people: Sequence[User]) -> list[tuple[int, str]]:
    held = Membership.objects.in_force().filter(user__in=[person.pk for person in people], unit__kind=Unit.Kind.VILLAGE)
    return list(held.values_list("user_id", "unit__area_path"))


def holders(people: QuerySet[User], day: date) -> QuerySet[User]:
    """Those with an 执法证 valid on `day`."""
    from inspections.models.certificates import EnforcementCertificate

    return people.filter(pk__in=EnforcementCertificate.objects.valid_on(day).values("user_id"))
