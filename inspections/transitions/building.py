"""Building a plan: its matters from the sectors there are, its visits from level, grade, targets and caps (C1, C4, C5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from common import clock
from common.limits import limit
from inspections import frequency
from inspections.models.plans import InspectionPlan, PlanMatter, PlannedVisit
from inspections.models.records import watched_among
from inspections.models.visits import Inspection
from inspections.queries import candidates
from inspections.queries import plans as reads
from inspections.spreading import Object, Slot, assigned, months_of, sampled, within_cap
from units.models import Sector, Unit

NEVER = 10_000  # days unvisited of an enterprise nobody has been to
BASIS = {
    Inspection.Kind.PATROL: "《中华人民共和国安全生产法》第九条",
    Inspection.Kind.ADMINISTRATIVE: "《中华人民共和国安全生产法》第六十二条、第六十五条",
}
# 禄脿 task 15: of the users of special equipment at least a fifth a year; lists of 重点单位 (50) and makers (100) are added.
EQUIPMENT = {
    "matter": "特种设备使用单位安全监督抽查",
    "basis": "《中华人民共和国特种设备安全法》第五十七条",
    "flag": "has_special_equipment",
    "target": 20,
    "content": "设备登记检验、作业人员持证、日管控周排查月调度落实情况",
    "schedule": "全年按月实施",
}
CONTENT = "主体责任落实、风险管控、隐患排查治理、应急准备等情况"


def lay_out_matters(plan: InspectionPlan) -> None:
    """A matter per sector that has enterprises; a monthly plan takes over the matters of the approved yearly one."""
    yearly = _yearly(plan)
    if yearly is not None:
        _take_over(plan, yearly)
        return
    everything = reads.base(plan, PlanMatter(plan=plan))
    found = Sector.objects.filter(pk__in=everything.order_by().values("enterprise__sector"))
    sectors = list(found.order_by("code"))
    PlanMatter.objects.bulk_create(
        PlanMatter(
            plan=plan,
            position=position,
            matter=f"{sector.name}企业安全生产{'检查' if plan.kind == Inspection.Kind.ADMINISTRATIVE else '巡查'}",
            basis=BASIS[Inspection.Kind(plan.kind)],
            sector=sector,
            content=CONTENT,
            schedule=f"{plan.month}月" if plan.month else "全年按月实施",
            body=plan.owner,
        )
        for position, sector in enumerate(sectors, 1)
    )
    if everything.filter(enterprise__has_special_equipment=True).exists():
        PlanMatter.objects.create(plan=plan, position=len(sectors) + 1, body=plan.owner, **EQUIPMENT)


def _take_over(plan: InspectionPlan, yearly: InspectionPlan) -> None:
    """The matters of the year, with the enterprises they name."""
    matters = list(yearly.matters.prefetch_related("named"))
    for matter, made in zip(
        matters, PlanMatter.objects.bulk_create(_copied(plan, matter) for matter in matters), strict=True
    ):
        made.named.set(matter.named.all())


def _yearly(plan: InspectionPlan) -> InspectionPlan | None:
    if plan.month is None:
        return None
    return InspectionPlan.objects.filter(
        owner=plan.owner, kind=plan.kind, year=plan.year, month=None, state=InspectionPlan.State.APPROVED
    ).first()


def _copied(plan: InspectionPlan, matter: PlanMatter) -> PlanMatter:
    names = (
        "position",
        "matter",
        "basis",
        "sector_id",
        "flag",
        "target",
        "content",
        "mode",
        "body_id",
        "is_joint",
        "remark",
    )
    return PlanMatter(plan=plan, schedule=f"{plan.month}月", **{name: getattr(matter, name) for name in names})


def build(plan: InspectionPlan) -> dict[str, int]:
    """Lay out every planned visit anew and return what came of it: visits, enterprises, cut by the cap, without people."""
    plan.visits.all().delete()
    matters = list(plan.matters.all())
    yearly = _yearly(plan)
    cut = 0
    wanted: list[tuple[PlanMatter, Slot]] = []
    taken: dict[int, int] = {}
    for matter in matters:
        if yearly is not None:
            wanted += [(matter, slot) for slot in _due(plan, yearly, matter)]
            continue
        slots, lost = _laid_out(plan, matter, taken)
        wanted += [(matter, slot) for slot in slots]
        cut += lost
    rows = _staffed(plan, wanted)
    PlannedVisit.objects.bulk_create(rows)
    nobody = sum(1 for row in rows if row.inspector_id is None)
    return {"visits": len(rows), "enterprises": len({row.unit_id for row in rows}), "cut": cut, "nobody": nobody}


def _due(plan: InspectionPlan, yearly: InspectionPlan, matter: PlanMatter) -> Iterable[Slot]:
    """Of the yearly plan what falls into the month, and what of earlier months has not been done."""
    found: Iterable[Any] = yearly.visits.with_done().filter(matter__position=matter.position, month__lte=plan.month)
    units = {visit.unit_id for visit in found if visit.month == plan.month or not visit.is_done}
    return [Slot(unit, plan.month or 0) for unit in sorted(units)]


def _laid_out(plan: InspectionPlan, matter: PlanMatter, taken: dict[int, int]) -> tuple[list[Slot], int]:
    """The visits of one matter of a plan without a yearly one before it; `taken` counts visits of former matters."""
    units = list(reads.base(plan, matter))
    objects = _objects(plan, units)
    chosen = sampled(objects, matter.target)
    capped = plan.kind == Inspection.Kind.ADMINISTRATIVE
    elsewhere = reads.planned_elsewhere(plan, [each.pk for each in chosen]) if capped else {}
    most, slots, cut = frequency.cap(plan.area_path), [], 0
    for each in chosen:
        times = 1 if plan.month else each.visits
        if capped:
            times = within_cap(times, elsewhere.get(each.pk, 0) + taken.get(each.pk, 0), most)
            cut += times < (1 if plan.month else each.visits)
        taken[each.pk] = taken.get(each.pk, 0) + times
        months = [plan.month] if plan.month else months_of(each, times, _first_month(plan))
        slots += [Slot(each.pk, month) for month in months if month and times]
    return slots, cut


def _first_month(plan: InspectionPlan) -> int:
    """A plan made during its year begins in the present month."""
    today = clock.today()
    return today.month if today.year == plan.year else 1


def _objects(plan: InspectionPlan, units: list[Unit]) -> list[Object]:
    ids = [unit.pk for unit in units]
    last, now, watched = reads.last_visits(ids), clock.now(), watched_among(ids)
    return [
        Object(
            unit.pk,
            frequency.visits_a_year(unit.enterprise, unit.area_path, is_watched=unit.pk in watched),
            unit.enterprise.risk,
            (now - last[unit.pk]).days if last.get(unit.pk) else NEVER,
            unit.pk in watched,
        )
        for unit in units
    ]


def _staffed(plan: InspectionPlan, wanted: list[tuple[PlanMatter, Slot]]) -> list[PlannedVisit]:
    """Give every visit a person: least loaded first, nobody who must keep away, nobody beyond the monthly limit."""
    people = list(plan.people.order_by("pk"))
    ids = {slot.unit for _, slot in wanted}
    units = list(Unit.objects.filter(pk__in=ids))
    apart = {(row["enterprise"], row["inspector"]) for row in candidates.conflicts(units, people)}
    most = limit("inspection.load", plan.area_path).value
    by_slot = {(slot.unit, slot.month): matter for matter, slot in wanted}
    slots = [Slot(unit, month) for unit, month in by_slot]
    return [
        PlannedVisit(
            plan=plan,
            matter=by_slot[slot.unit, slot.month],
            unit_id=slot.unit,
            month=slot.month,
            inspector_id=slot.inspector,
        )
        for slot in assigned(slots, [person.pk for person in people], apart, most)
    ]


def over_cap(plan: InspectionPlan) -> list[str]:
    """Names of enterprises whose 行政检查, with those of other approved plans, would exceed the yearly cap."""
    if plan.kind != Inspection.Kind.ADMINISTRATIVE or plan.month:
        return []
    own: dict[Any, int] = {}
    for unit_id in plan.visits.values_list("unit_id", flat=True):
        own[unit_id] = own.get(unit_id, 0) + 1
    elsewhere = reads.planned_elsewhere(plan, own)
    most = frequency.cap(plan.area_path)
    over = [pk for pk, count in own.items() if count + elsewhere.get(pk, 0) > most]
    return list(Unit.objects.filter(pk__in=over).order_by("name").values_list("name", flat=True))
