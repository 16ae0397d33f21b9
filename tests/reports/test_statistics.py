"""Every figure equals the list behind it, whatever happened to the hazards."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common import clock
from hazards import criteria
from hazards.models import Hazard
from reports.statistics import FIGURES, Period, by_group, compute, month_trend, rank, records

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 10, 20, 9, 0, tzinfo=SHANGHAI)
OCTOBER = Period.month(2026, 10)
MONTHS = [Period.month(2026, month) for month in (8, 9, 10)]


def history(cast, count: int, seed: int = 1) -> None:
    """`count` hazards in every state, consistent with the lifecycle, spread over the last 90 days."""
    dice = random.Random(seed)
    clause = criteria.general()
    firms = [cast.units["firm"], cast.units["rival_firm"]]
    Hazard.objects.bulk_create([_hazard(dice, dice.choice(firms), number, clause) for number in range(count)])


def _hazard(dice: random.Random, unit, number: int, clause) -> Hazard:
    found = NOW - timedelta(days=dice.randint(1, 90), hours=dice.randint(0, 23))
    due = found + timedelta(days=dice.randint(1, 60))
    state = dice.choice(["reported", "rectifying", "submitted", "reviewed", "closed", "closed", "transferred"])
    hazard = Hazard(
        number=f"T-{number}", unit=unit, area_path=unit.area_path, description="x", channel="inspection", state=state,
        level=dice.choice(["general", "key", "major"]), criterion=clause, reported_at=found, found_on=found.date(),
    )  # fmt: skip
    if state != "reported":
        hazard.confirmed_at, hazard.due_at = found, due
    if state in ("submitted", "reviewed", "closed"):
        hazard.submitted_at = min(found + timedelta(days=dice.randint(0, 70)), NOW - timedelta(minutes=2))
    if state in ("reviewed", "closed"):
        hazard.rectified_at = hazard.submitted_at
    if state == "closed":
        hazard.closed_at = min(hazard.submitted_at + timedelta(days=2), NOW - timedelta(minutes=1))
        hazard.round = dice.choice([1, 1, 2])
    if state == "transferred":
        hazard.transferred_at = min(found + timedelta(days=3), NOW - timedelta(minutes=1))
    return hazard


@pytest.mark.parametrize("seed", range(5))
def test_every_count_equals_the_list_that_opens_behind_it(cast, seed):
    with clock.at(NOW):
        history(cast, 120, seed)
        values = compute(Hazard.objects.all(), OCTOBER)
        for key, figure in FIGURES.items():
            listed = records(key, Hazard.objects.all(), OCTOBER).count()
            if figure.kind == "count":
                assert values[key] == listed, key
            elif figure.kind == "rate":
                base = records(key, Hazard.objects.all(), OCTOBER, base=True).count()
                assert values[key] == pytest.approx(listed / base), key


def test_stock_and_overdue_now_are_what_the_ledger_calls_open_and_overdue(cast):
    with clock.at(NOW):
        history(cast, 200)
        today = compute(Hazard.objects.all(), Period(NOW.date(), NOW.date()))
        assert today["overdue"] == Hazard.objects.overdue().count()
        assert today["stock"] == Hazard.objects.open().counted().count()


def test_stock_balances_from_month_to_month(cast):
    with clock.at(NOW):
        history(cast, 200)
        Hazard.objects.filter(state="transferred").delete()
        values = compute(Hazard.objects.all(), OCTOBER)
        assert values["opening"] + values["new"] - values["closed"] == values["stock"]


@pytest.mark.parametrize("grouping", ["village", "unit", "level", "channel", "department", "sector"])
def test_groups_add_up_to_the_whole(cast, grouping):
    with clock.at(NOW):
        history(cast, 150)
        keys = ("new", "closed", "stock", "overdue")
        rows = by_group(grouping, Hazard.objects.all(), OCTOBER, keys, cast.areas["street"].path)
        whole = compute(Hazard.objects.all(), OCTOBER, keys)
        assert {key: sum(row[key] for row in rows) for key in keys} == whole


def test_nothing_over_nothing_is_no_rate_and_has_no_rank(cast):
    with clock.at(NOW):
        assert compute(Hazard.objects.all(), OCTOBER)["on_time_rate"] is None
        assert rank([{"name": "甲", "on_time_rate": None, "new": 0}], "on_time_rate") == []


def test_finding_more_is_never_punished_in_a_tie(cast):
    rows = [{"name": "甲", "on_time_rate": 1.0, "new": 2}, {"name": "乙", "on_time_rate": 1.0, "new": 9}]
    assert [row["name"] for row in rank(rows, "on_time_rate")] == ["乙", "甲"]


def test_the_trend_is_four_queries_and_equals_the_months(cast, django_assert_num_queries):
    with clock.at(NOW):
        history(cast, 100)
        with django_assert_num_queries(4):
            trend = month_trend(Hazard.objects.all(), MONTHS)
        assert [row["first"] for row in trend] == [month.first for month in MONTHS]
        assert_equals_the_months(trend)


DAYS = st.none() | st.integers(-40, 140)  # before the three months, within them, after now


@given(st.lists(st.tuples(st.integers(-40, 140), DAYS, DAYS), max_size=25))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_trend_equals_the_months_in_whatever_order_things_happened(cast, lives):
    begin, unit = datetime(2026, 7, 20, 12, tzinfo=SHANGHAI), cast.units["firm"]
    fields = {"unit": unit, "area_path": unit.area_path, "description": "x", "channel": "import", "state": "reviewed"}
    moments = [[None if day is None else begin + timedelta(days=day) for day in life] for life in lives]
    with transaction.atomic(), clock.at(NOW):
        Hazard.objects.bulk_create(
            Hazard(confirmed_at=confirmed, closed_at=closed, transferred_at=moved, **fields)
            for confirmed, closed, moved in moments
        )
        assert_equals_the_months(month_trend(Hazard.objects.all(), MONTHS))
        transaction.set_rollback(True)


def assert_equals_the_months(trend):
    for period, row in zip(MONTHS, trend, strict=True):
        counted = compute(Hazard.objects.all(), period, ("new", "closed", "stock"))
        assert {key: row[key] for key in counted} == counted, period


def test_a_period_never_reaches_into_the_future_and_knows_its_neighbours():
    with clock.at(NOW):
        assert OCTOBER.end == NOW
        assert OCTOBER.before() == Period.month(2026, 9)
        assert Period.month(2024, 2).year_earlier().last.day == 28
        assert OCTOBER.label == "2026年10月"
