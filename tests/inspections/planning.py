"""The office side's records for the permission matrix, and what its tests begin with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from common import clock
from common.months import first_of_month
from hazards.models import Hazard
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.draws import ConflictDeclaration, RandomDraw
from inspections.models.plans import InspectionPlan
from inspections.models.records import ComplianceRecord
from inspections.models.risks import RiskPoint
from inspections.models.spots import SpotCheck
from inspections.queries import candidates
from inspections.transitions import campaigns, conflicts, draws, plans, records, risks, spots
from tests.cast import Cast
from tests.hazards.builders import hazard_in
from units.models import Enterprise, Unit

ACTIONS: dict[str, tuple[str, str]] = {
    "risk_point_edit": ("risk_point", "edit"),
    "draw_draw": ("draw", "draw"),
    "draw_void": ("draw", "void"),
    "plan_build": ("plan", "build"),
    "plan_void": ("plan", "void"),
    "object_progress": ("campaign_object", "report_progress"),
    "object_remove": ("campaign_object", "remove"),
    "record_renew": ("compliance_record", "renew"),
    "credit_withdraw": ("credit_entry", "withdraw"),
    "spot_true": ("spot_check", "find_true"),
    "spot_reassign": ("spot_check", "reassign"),
}


def build(cast: Cast, photo: Any) -> dict[str, Any]:
    """Name → record, or the keyword arguments of its route."""
    published = drawn(cast)
    draws.perform("publish", published.pk, cast.fresh("head"))
    plan, draw, found, spot = built(cast), drawn(cast), campaign_object(cast), spot_check(cast)
    return {
        "plan": plan,
        "planned_visit": plan.visits.first(),
        "campaign": found.campaign,
        "campaign_object": found,
        "compliance_record": certificate(cast),
        "credit_entry": credit(cast),
        "record_kind": {"kind": "drill"},
        "credit_kind": {"kind": "blacklist"},
        "risk_point": risk_point(cast),
        "draw": prepared(cast),
        "plan_table": {"pk": plan.pk, "kind": "csv"},
        "plan_matter": {"pk": plan.pk, "row": plan.matters.first().pk},
        "drawn_visit": {"pk": draw.pk, "row": draw.visits.get().pk},
        "public_draw": published,
        "conflict": conflict(cast, "department"),
        "leniency_figure": {"unit": cast.units["office"].pk, "key": "visits"},
        "spot_check": spot,
        "spot_round": spot.round,
    }


def risk_point(cast: Cast, level: str = "orange", **fields: Any) -> RiskPoint:
    """A point of the cast's firm."""
    values = {
        "name": "打磨车间粉尘",
        "accident": "explosion",
        "level": level,
        "controls": "湿式除尘，每班清扫",
        "owner": "李四",
        "review_on": clock.today() + timedelta(days=300),
        **fields,
    }
    return risks.register(cast.fresh("safety"), cast.units["firm"], **values)


def certificate(cast: Cast, kind: str = "special", days: int = 200, **fields: Any) -> ComplianceRecord:
    """A certificate of the cast's firm that runs out in so many days."""
    values = {"holder": "王焊工", "number": "T53001", "valid_until": clock.today() + timedelta(days=days), **fields}
    return records.enter(cast.fresh("safety"), cast.units["firm"], kind, **values)


def credit(cast: Cast, kind: str = "blacklist") -> ComplianceRecord:
    """The cast's firm on the blacklist for a year."""
    today = clock.today()
    values = {
        "title": "发生死亡事故",
        "starts_on": today,
        "valid_until": today + timedelta(days=365),
        "note": "事故调查报告",
    }
    return records.enter(cast.fresh("officer"), cast.units["firm"], kind, **values)


def campaign(cast: Cast, **fields: Any) -> Campaign:
    """A campaign of the office over the four lists."""
    today = clock.today()
    values = {"title": "非煤矿山专项整治", "form": "four_lists", "categories": ["达标保留", "改造升级", "淘汰关闭"],
              "starts_on": today, "ends_on": today + timedelta(days=200), **fields}  # fmt: skip
    return campaigns.begin(cast.fresh("officer"), **values)


def campaign_object(cast: Cast, led: Campaign | None = None, **fields: Any) -> CampaignObject:
    """An object the department sees to."""
    values = {"name": "石料厂", "category": "改造升级", "responsible": cast.units["department"],
              "deadline": clock.today() + timedelta(days=60), **fields}  # fmt: skip
    return campaigns.enter(cast.fresh("officer"), (led or campaign(cast)).pk, **values)


def prepared(cast: Cast, people: tuple[str, ...] = ("officer",), **fields: Any) -> RandomDraw:
    """A draw of the office, waiting to be drawn."""
    actor = cast.fresh("officer")
    values = {
        "title": "工贸企业双随机抽查",
        "kind": "patrol",
        "asked": 1,
        "team_size": 1,
        "check_by": clock.today() + timedelta(days=30),
        "units": list(candidates.enterprises(actor)),
        "people": [cast.fresh(name) for name in people],
        **fields,
    }
    return draws.prepare(actor, **values)


def drawn(cast: Cast, **fields: Any) -> RandomDraw:
    """The same, drawn."""
    return draws.perform("draw", prepared(cast, **fields).pk, cast.fresh("officer"))


def last_month() -> date:
    """The first day of the month before this one."""
    return first_of_month(clock.today(), -1)


def closed_hazard(cast: Cast, level: str = "general", days: int = 5, **fields: Any) -> Hazard:
    """A hazard of the cast's firm closed on that day of last month."""
    at = clock.midnight(last_month()) + timedelta(days=days)
    return hazard_in(cast, "closed", level, closed_at=at, **fields)


def spot_check(cast: Cast, inspector: str = "officer") -> SpotCheck:
    """A closing of last month drawn for a second look, given to that person."""
    closed_hazard(cast)
    found = spots.draw_round(cast.units["office"], last_month())
    assert found is not None
    found.checks.update(inspector=cast.people[inspector])
    return found.checks.get()


def planned(cast: Cast, by: str = "officer", people: tuple[str, ...] = ("officer",), **fields: Any) -> InspectionPlan:
    """A plan of the whole next year, drafted."""
    values = {"kind": "patrol", "year": clock.today().year + 1, "month": None, "title": "", **fields}
    return plans.begin(cast.fresh(by), people=[cast.fresh(name) for name in people], **values)


def built(cast: Cast, **fields: Any) -> InspectionPlan:
    """The same with its visits."""
    return plans.perform("build", planned(cast, **fields).pk, cast.fresh("officer"))


def conflict(cast: Cast, name: str, unit: str = "neighbour", ground: str = "relative") -> ConflictDeclaration:
    """A declared conflict of the person with a unit."""
    return conflicts.declare(cast.fresh(name), user=cast.people[name], unit=cast.units[unit], ground=ground)


def firms(cast: Cast, count: int, **profile: Any) -> list[Unit]:
    """So many more enterprises beside the cast's, in the neighbouring village."""
    made = []
    for number in range(count):
        unit = Unit.objects.create(
            kind="enterprise", name=f"候选企业{number:02d}", area=cast.areas["other_village"], address="1号"
        )
        Enterprise.objects.create(unit=unit, operator="王五", **profile)
        made.append(unit)
    return made
