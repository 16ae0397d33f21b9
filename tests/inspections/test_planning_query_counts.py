"""List pages of the office side cost as many queries beside a thousand rows as beside ten."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.inspections.planning import campaign_object, certificate, prepared, risk_point


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
