"""An office that upgrades: what fired for units before becomes months with firings, and nothing fires a second time."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from common import clock
from supervision import unit_rules
from supervision.models import Letter, UnitMonth, UnitRule
from supervision.transitions.climb import escalate
from supervision.transitions.unit_months import open_month
from supervision.unit_rules import MonthFigures

pytestmark = pytest.mark.django_db(transaction=True)
BEFORE, AFTER = "0013_letter_facts", "0015_fold_unit_firings"
MONTH, FIRED = date(2026, 9, 1), timezone.make_aware(datetime(2026, 10, 9, 8, 40))


def migrate(to: str):
    """The models as they are after migrating the app there."""
    return MigrationExecutor(connection).migrate([("supervision", to)]).apps


@pytest.fixture
def upgraded(cast):
    """The firm was sent a 督促函 for September by the former release; then the office upgraded."""
    unit_rules.seed(UnitRule)
    firm, office = cast.units["firm"], cast.units["office"]
    former = migrate(BEFORE).get_model("supervision", "UnitFiring").objects
    same = {"unit_id": firm.pk, "month": MONTH, "fell_due": 10, "on_time": 5, "fired_at": FIRED, "reason": "演示"}
    for code, merged in (("low", "poor"), ("poor", "")):
        former.create(code=code, merged_into=merged, rule_id=UnitRule.objects.get(code=code).pk, **same)
    key = f"unit:{firm.pk}:2026-09:poor"
    Letter.objects.create(office=office, to_unit=firm, kind="urge", state="sent", key=key, area_path=firm.area_path)
    migrate(AFTER)
    return cast


def test_history_is_kept_and_nothing_fires_twice(upgraded):
    month = UnitMonth.objects.get()
    assert (month.unit, month.office, month.month) == (upgraded.units["firm"], upgraded.units["office"], MONTH)
    assert (month.fell_due, month.on_time, month.ladder_step, month.next_step_at) == (10, 5, "poor", None)
    assert set(month.firings.values_list("code", "merged_into", "document")) == {
        ("low", "poor", "reminder"), ("poor", "", "urge"),
    }  # fmt: skip
    assert list(month.events.values_list("action", "at")) == [("open", FIRED), ("ladder", FIRED)]
    for false, fired in ((0, 0), (2, 1)):
        with clock.at(FIRED):
            open_month(month.office, MONTH, [MonthFigures(month.unit_id, "unit", 10, 5, 9, 9, false)])
            assert sum(escalate().fired.values()) == fired
    assert Letter.objects.count() == 1
