"""The demonstration's visits: every screen of visits and papers has something to show."""

from __future__ import annotations

from datetime import date

import pytest

from common import clock
from hazards.models import Hazard
from inspections.models import Inspection, InspectionPaper
from reports.demo import visits, world
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
