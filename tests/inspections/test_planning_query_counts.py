"""List pages of the office side cost as many queries beside a thousand rows as beside ten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hazards.models import CampaignMark, Hazard
from inspections.models.campaigns import Campaign
from inspections.models.spots import SpotCheck
from tests.inspections.planning import (
    campaign,
    campaign_object,
    certificate,
    firms,
    prepared,
    risk_point,
    spot_check,
)
from units.models import Enterprise, Unit


def crowd(record: Any, count: int, *own: str) -> None:
    """So many copies of the record, each with its own value in the columns `own`."""
    model = type(record)
    fields = {f.attname: getattr(record, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
    start = model._default_manager.count()
    model._default_manager.bulk_create(
        model(**{**fields, **{name: f"{name}{start + number}" for name in own}}) for number in range(count)
    )


def cost(browser: Any, address: str) -> int:
    """Queries of the second visit."""
    assert browser.get(address).status_code == 200
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(address).status_code == 200
    return len(caught)


MAKERS = {
    "risk points": (risk_point, (), lambda record: reverse("risk-point-list")),
    "records": (certificate, (), lambda record: reverse("compliance-record-list")),
    "draws": (prepared, ("number",), lambda record: reverse("draw-list")),
    "objects": (campaign_object, ("mark",), lambda record: reverse("campaign", args=[record.campaign_id])),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_list_costs_the_same_beside_ten_and_a_thousand_rows(as_, cast, kind):
    make, own, address = MAKERS[kind]
    record, browser = make(cast), as_("officer")
    crowd(record, 10, *own)
    few = cost(browser, address(record))
    crowd(record, 990, *own)
    assert cost(browser, address(record)) == few


FIRM_PAGES = {
    "levels": lambda: reverse("risk-level-list"),
    "who lacks a record": lambda: reverse("compliance-lacking", args=["drill"]),
    "share of visits": lambda: reverse("share-records", args=["coverage_rate"]),
    "share of self-checks": lambda: reverse("share-records", args=["self_check_rate"]),
    "inspecting units": lambda: reverse("leniency"),
}


@pytest.mark.parametrize("page", FIRM_PAGES)
def test_a_page_of_enterprises_costs_the_same_beside_ten_and_two_hundred(as_, cast, page):
    firms(cast, 10)
    browser, address = as_("officer"), FIRM_PAGES[page]()
    few = cost(browser, address)
    more_firms(cast, 190)
    assert cost(browser, address) == few


def more_firms(cast: Any, count: int) -> None:
    """So many more enterprises, in two statements."""
    area = cast.areas["other_village"]
    units = Unit.objects.bulk_create(
        Unit(kind="enterprise", name=f"更多企业{number}", area=area, area_path=area.path, address="1号")
        for number in range(count)
    )
    Enterprise.objects.bulk_create(Enterprise(unit=unit, operator="王五") for unit in units)


@pytest.mark.parametrize("route", ["spot-check-list", "campaign-list"])
def test_spot_checks_and_campaigns_too(as_, cast, route):
    browser, check = as_("officer"), spot_check(cast)
    campaign(cast)
    more_of_both(check, 10)
    few = cost(browser, reverse(route))
    more_of_both(check, 300)
    assert cost(browser, reverse(route)) == few


def more_of_both(check: SpotCheck, count: int) -> None:
    """So many more spot checks, each of its own hazard, and campaigns, each with its mark."""
    start = Hazard.objects.count()
    crowd(check.hazard, count, "number")
    fields = {"round": check.round, "stratum": "general", "inspector": check.inspector, "due_on": check.due_on}
    hazards = Hazard.objects.order_by("pk")[start : start + count]
    SpotCheck.objects.bulk_create(SpotCheck(hazard=hazard, **fields) for hazard in hazards)
    led = Campaign.objects.order_by("pk")[0]
    names = [f"专项{start + number}" for number in range(count)]
    own = {"owner_id": led.owner_id, "area_path": led.area_path}
    marks = CampaignMark.objects.bulk_create(CampaignMark(title=name, **own) for name in names)
    dates = {"starts_on": led.starts_on, "ends_on": led.ends_on, "created_by_id": led.created_by_id}
    Campaign.objects.bulk_create(
        Campaign(pk=mark.pk, mark=mark, title=mark.title, categories=["重点"], **own, **dates) for mark in marks
    )
