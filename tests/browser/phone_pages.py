"""Every page of inspections and of the enterprise's own duty: who opens it, and where. Each action of each lifecycle once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse

from common import clock
from common.lifecycle import Lifecycle
from inspections import urls_duty, urls_planning, urls_visits
from inspections.models import Checklist, EnforcementCertificate, HazardousWork, Inspection, InspectionPaper, SelfCheck
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.draws import DrawnVisit, RandomDraw
from inspections.models.plans import InspectionPlan, PlannedVisit
from inspections.models.records import ComplianceRecord
from inspections.models.risks import RiskPoint
from inspections.models.spots import SpotCheck, SpotRound
from inspections.queries import candidates
from inspections.transitions import campaigns, draws, papers, plans, records, risks, spots, visits, works
from reports.demo import duty, planning
from reports.demo import visits as demo_visits
from reports.demo.play import Stage
from reports.demo.world import World
from tests.browser.given import closed_hazard

Page = tuple[str, str]  # username, path
OFFICE = ("office", "head", "yingji")
ACTIONS: dict[str, tuple[Lifecycle, Any]] = {
    "hazardous-work-action": (works.LIFECYCLE, HazardousWork),
    "risk-point-action": (risks.LIFECYCLE, RiskPoint),
    "plan-action": (plans.LIFECYCLE, InspectionPlan),
    "draw-action": (draws.LIFECYCLE, RandomDraw),
    "spot-check-action": (spots.LIFECYCLE, SpotCheck),
    "campaign-object-action": (campaigns.LIFECYCLE, CampaignObject),
    "compliance-record-action": (records.LIFECYCLE, ComplianceRecord),
    "inspection-action": (visits.LIFECYCLE, Inspection),
    "inspection-paper-action": (papers.LIFECYCLE, InspectionPaper),
}
PATTERNS = [*urls_planning.urlpatterns, *urls_duty.urlpatterns, *urls_visits.urlpatterns]
# No pages: files, answers to a press, and what the app on the phone asks for itself (its screens have stories of their own).
FILES = {
    "plan-export",
    "public-draw-record",
    "draw-record",
    "spot-round-record",
    "campaign-template",
    "inspection-paper-file",
}
PRESSES = {
    "risk-level-adopt",
    "spot-draw",
    "campaign-close",
    "conflict-end",
    "inspection-paper-draft",
    "enterprise-qr-image",
}
APP = {pattern.name for pattern in urls_visits.urlpatterns if str(pattern.name).startswith("field-")}


def populate(street: World) -> None:
    """What the demonstration has of plans, visits, works and records, played up to now, and what it has none of."""
    with clock.at(clock.now() - timedelta(days=25)):
        closed_hazard(street, clock.today() + timedelta(days=3), "灭火器过期。", 71)
    stage = Stage(clock.now())
    for part in (demo_visits, duty, planning):
        part.enter(stage, street, clock.now())
    stage.play()
    office, inspector = street.people["office"], street.people["yingji"]
    plans.begin(office, kind="patrol", year=clock.today().year + 1, month=None, title="", people=[office])
    for title in ("待抽取", "已抽取"):
        made = draws.prepare(
            office, title=title, kind="patrol", asked=1, team_size=1, check_by=clock.today() + timedelta(days=30),
            units=list(candidates.enterprises(office)), people=[office],
        )  # fmt: skip
    draws.perform("draw", made.pk, office)
    point = RiskPoint.objects.order_by("pk")[0]
    risks.perform("retire", point.pk, street.safety[point.unit_id], reason="工艺已停用")
    ordered = InspectionPaper.objects.get(kind="order").inspection
    papers.draft(inspector, ordered, "decision")


def routes() -> set[str]:
    """The names of all pages of the room but those of actions."""
    return {str(pattern.name) for pattern in PATTERNS} - FILES - PRESSES - APP - set(ACTIONS)


def actions(street: World) -> Iterator[tuple[str, str, Page]]:
    """(route, action, page) for the first record and person each action is open to."""
    for route, (lifecycle, model) in ACTIONS.items():
        found: dict[str, Page] = {}
        for record in model.objects.order_by("pk"):
            for person in _people(street, record):
                path = {
                    action: reverse(route, args=[record.pk, action]) for action in lifecycle.allowed(record, person)
                }
                found = {action: (person.username, there) for action, there in path.items()} | found
        yield from ((route, action, page) for action, page in found.items())


def _people(street: World, record: Any) -> Iterator[Any]:
    """The office side, who keeps the enterprise's records, and who was given this one."""
    yield from (street.people[name] for name in OFFICE)
    firm, given = street.safety.get(getattr(record, "unit_id", None) or 0), getattr(record, "inspector", None)
    yield from filter(None, (firm, given))


def everything() -> set[tuple[str, str]]:
    """Every action a person may press, by route."""
    return {
        (route, action)
        for route, (lifecycle, _) in ACTIONS.items()
        for action, rule in lifecycle.rules.items()
        if not rule.system
    }


def plain(street: World) -> dict[str, Page]:
    """Route → page, for every route that is not an action's."""
    found = _of_records() | _of_places(street) | {name: ("office", {}) for name in routes() if name in _ALONE}
    found |= {name: ("boss", {}) for name in ("hazardous-work-new", "self-check-calendar", "risk-point-new")}
    found["self-check-new"] = ("boss", {"cadence": "month"})
    return {name: (who, reverse(name, kwargs=kwargs)) for name, (who, kwargs) in found.items()}


_ALONE = {str(pattern.name) for pattern in PATTERNS if not pattern.pattern.converters}
Opened = dict[str, tuple[str, dict[str, Any]]]


def _of_records() -> Opened:
    """The page of the first record of each kind, and its forms."""
    first = {
        "campaign": Campaign, "campaign-object": CampaignObject, "compliance-record": ComplianceRecord, "draw": RandomDraw,
        "hazardous-work-detail": HazardousWork, "inspection-detail": Inspection, "inspection-paper": InspectionPaper,
        "plan": InspectionPlan, "planned-visit": PlannedVisit, "public-draw": RandomDraw, "risk-point": RiskPoint,
        "self-check-detail": SelfCheck, "spot-check": SpotCheck, "spot-round": SpotRound, "checklist-detail": Checklist,
        "campaign-import": Campaign, "campaign-object-new": Campaign, "certificate-edit": EnforcementCertificate,
    }  # fmt: skip
    pages: Opened = {name: ("office", {"pk": model.objects.order_by("pk")[0].pk}) for name, model in first.items()}
    running, drafted = Inspection.objects.get(state="running"), InspectionPlan.objects.get(state="draft")
    row, drawn = drafted.matters.order_by("pk")[0].pk, DrawnVisit.objects.filter(inspection=None)[0]
    who = drawn.members.all()[0].username
    return pages | {
        "inspection-fill": ("office", {"pk": running.pk}),
        "inspection-sign": ("office", {"pk": running.pk}),
        "plan-matter": ("office", {"pk": drafted.pk, "row": row}),
        "plan-matter-new": ("office", {"pk": drafted.pk}),
        "plan-covered": ("office", {"pk": drafted.pk, "row": row}),
        "draw-arrange": (who, {"pk": drawn.draw_id, "row": drawn.pk}),
    }


def _of_places(street: World) -> Opened:
    """Pages about an enterprise, a unit or a kind of record."""
    firm = {"pk": street.firms[0].pk}
    names = ("enterprise-qr", "risk-level", "risk-level-decide", "risk-level-grade")
    return dict.fromkeys(names, ("office", firm)) | {
        "compliance-lacking": ("office", {"kind": "drill"}),
        "compliance-record-new": ("boss", {"kind": "special"}),
        "leniency-visits": ("office", {"unit": street.office.pk, "key": "visits"}),
    }
