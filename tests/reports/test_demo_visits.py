"""The demonstration's visits: every screen of visits and papers has something to show."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from common import clock
from hazards.models import Hazard
from inspections.models import Inspection, InspectionPaper
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.draws import DrawnVisit
from inspections.models.plans import InspectionPlan
from inspections.models.records import ComplianceRecord
from inspections.record_kinds import Kind
from reports.demo import planning, visits, world
from reports.demo.play import Stage

pytestmark = pytest.mark.django_db


def test_visits_papers_and_plans_are_alive():
    street = world.build(since=date(2024, 1, 1), seed=7)
    stage = Stage(clock.now())
    visits.enter(stage, street, clock.now())
    stage.play()
    assert set(Inspection.objects.values_list("state", flat=True)) == {"planned", "running", "done"}
    assert set(InspectionPaper.objects.values_list("kind", flat=True)) == {"record", "order", "decision", "review"}
    assert set(Inspection.objects.filter(mode="recheck").values_list("state", flat=True)) == {"done", "planned"}
    assert set(Hazard.objects.values_list("state", flat=True)) == {"closed", "rectifying"}


def test_plans_draws_campaigns_and_records_of_every_kind_are_alive():
    with clock.at(clock.now() - timedelta(days=59)):
        street = world.build(since=date(2024, 1, 1), seed=7)
    stage = Stage(clock.now())
    planning.enter(stage, street, clock.now())
    stage.play()
    assert set(ComplianceRecord.objects.values_list("kind", flat=True)) == set(Kind.values)
    assert set(Campaign.objects.values_list("form", flat=True)) == set(Campaign.Form.values) - {"other"}
    assert set(CampaignObject.objects.values_list("state", flat=True)) == set(CampaignObject.State.values)
    assert set(InspectionPlan.objects.values_list("state", flat=True)) == {"approved", "submitted"}
    assert DrawnVisit.objects.filter(result_published_at__isnull=False).count() == planning.CHECKED
