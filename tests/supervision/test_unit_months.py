"""What people read of the months of units: the list, the page behind a row, the records behind a number."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common import clock
from hazards.models import HazardEvent
from hazards.transitions.guards import REOPEN_GROUNDS
from reports import jobs
from supervision import unit_months, unit_rules
from supervision.models import Letter, UnitMonth, UnitRule
from supervision.transitions.climb import escalate
from supervision.transitions.unit_months import open_month
from supervision.unit_rules import MonthFigures
from tests.hazards.builders import hazard_in
from tests.supervision.world import DAY, START, confirmed, rectified, restore_ladder
from units.models import Unit

pytestmark = pytest.mark.django_db
MONTH = date(2026, 9, 1)
OCTOBER = timezone.make_aware(datetime(2026, 10, 9, 9, 0))
LIST = "/supervision/unit-months/"


@pytest.fixture
def month(cast) -> UnitMonth:
    """The firm's September: three fell due, one was rectified in time; the month is judged."""
    restore_ladder()
    unit_rules.seed(UnitRule)
    done, *_ = (confirmed(cast, days=days) for days in (10, 12, 20))
    with clock.at(START + DAY):
        rectified(cast, done)
    cast.units["office"].created_at = START - 60 * DAY
    cast.units["office"].save()
    with clock.at(OCTOBER):
        jobs.open_unit_months()
        escalate()
    return UnitMonth.objects.get(unit=cast.units["firm"])


def test_the_list_names_the_figures_the_rule_and_the_letter(month, as_):
    shown = as_("head").get(LIST).content.decode()
    assert "33.3%" in shown
    assert Letter.objects.get(key=f"unit:{month.unit_id}:2026-09:poor").number in shown


@pytest.mark.parametrize(("key", "count"), [("fell_due", 3), ("on_time", 1)])
def test_every_number_opens_the_records_it_counts(month, as_, key, count):
    assert getattr(month, key) == count
    opened = as_("head").get(unit_months.records_url(month, key))
    assert len(opened.context["ledger"].rows) == count


def test_the_list_is_filtered_and_exported(month, as_):
    with clock.at(OCTOBER):
        assert len(as_("head").get(f"{LIST}?month=2026-09-01&rule=poor&group=unit").context["ledger"].rows) == 1
        assert not as_("head").get(f"{LIST}?rule=false").context["ledger"].rows
        exported = as_("head").get(f"{LIST}?export=csv").getvalue().decode("utf-8-sig", "replace")
    assert "2026年9月" in exported


def test_the_page_says_what_fired_why_and_what_happened(month, as_):
    shown = as_("leader").get(month.get_absolute_url()).content.decode()
    assert "按期整改率33.3%，低于80%" in shown
    assert "并入“按期整改率低或连续偏低”" in shown
    assert "建立月度情况" in shown


def test_the_month_stands_in_the_units_file_for_the_office_alone(month, as_):
    url = month.unit.get_absolute_url()
    assert month.get_absolute_url() in as_("officer").get(url).content.decode()
    assert month.get_absolute_url() not in as_("safety").get(url).content.decode()
    assert not as_("safety").get(LIST).context["ledger"].rows


def test_what_was_found_false_is_listed(month, as_, cast):
    closed, other = hazard_in(cast, "closed"), hazard_in(cast, "closed")
    for hazard, ground, day in ((closed, "false", 8), (other, "relapse", 9), (other, "false", 40)):
        event = {"at": START + day * DAY, "action": "reopen", "data": {"ground": REOPEN_GROUNDS[ground]}}
        HazardEvent.objects.create(hazard=hazard, actor_name="x", label="重新立案", seq=day, round=1, **event)
    assert list(unit_months.found_false(month, cast.head)) == [closed]
    UnitMonth.objects.filter(pk=month.pk).update(false=1)
    assert closed.number in as_("head").get(month.get_absolute_url()).content.decode()


def test_the_list_costs_the_same_with_ten_and_a_thousand_months(month, cast, as_):
    firm, browser = month.unit, as_("head")
    crowd(cast, firm, 10)
    few = cost(browser)
    crowd(cast, firm, 990)
    assert cost(browser) == few


def crowd(cast, firm: Unit, count: int) -> None:
    copies = [
        Unit(name="演示", kind="enterprise", area_id=firm.area_id, area_path=firm.area_path) for _ in range(count)
    ]
    Unit.objects.bulk_create(copies)
    open_month(cast.units["office"], date(2026, 8, 1), [MonthFigures(unit.pk, "unit", 10, 5) for unit in copies])


def cost(browser) -> int:
    assert browser.get(LIST).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        browser.get(LIST)
    return len(caught)
