"""The API of notices and statistics: works, wrong person, out of scope, wrong state, wrong method."""

from __future__ import annotations

import pytest

from common import clock
from config.api import schema
from hazards.models import Hazard
from reports.statistics import FIGURES, SHARES, Period, compute
from reports.statistics.shares import count
from tests.reports.builders import NOW, drafted, history, notice_in

BASE = "/api/v1/notices/"


@pytest.fixture
def street(cast):
    """A street with a history, at a fixed moment."""
    with clock.at(NOW):
        history(cast, 60)
        yield cast


def post(browser, url: str, **body):
    """POST as JSON."""
    return browser.post(url, body, content_type="application/json")


def test_the_list_holds_the_callers_scope(street, as_):
    notice = notice_in(street, "issued")
    drafted(street, Period.month(2026, 9))
    assert as_("officer").get(BASE).json()["count"] == 2
    assert [row["id"] for row in as_("grid").get(BASE).json()["results"]] == [notice.pk]
    assert as_("rival_officer").get(BASE).json()["count"] == 0
    assert as_("auditor").get(BASE).status_code == 403


def test_one_notice_carries_figures_with_ids_actions_and_receipts(street, as_):
    notice = notice_in(street, "issued")
    body = as_("head").get(f"{BASE}{notice.pk}/").json()
    assert len(body["figures"]["stock"]["ids"]) == body["figures"]["stock"]["value"]
    assert body["actions"] == ["void"]
    assert len(body["receipts"]) == notice.receipts.count()
    assert len(as_("grid").get(f"{BASE}{notice.pk}/").json()["receipts"]) == 1
    assert as_("rival_head").get(f"{BASE}{notice.pk}/").status_code == 404


def test_a_notice_goes_its_way_by_api(street, as_):
    url = f"{BASE}{drafted(street).pk}/"
    body = as_("officer").get(url).json()
    edit = {"title": body["title"], "sections": body["sections"], "version": 0}
    assert post(as_("officer"), f"{url}actions/edit/", **edit).json()["state"] == "edited"
    assert post(as_("officer"), f"{url}actions/edit/", **edit).status_code == 409
    assert post(as_("officer"), f"{url}actions/approve/").status_code == 403
    assert post(as_("head"), f"{url}actions/return_draft/").json()["fields"] == {"reason": "该字段是必填项。"}
    assert post(as_("head"), f"{url}actions/approve/").status_code == 200
    assert post(as_("head"), f"{url}actions/issue/").json()["number"] == "甲街安办发〔2026〕1号"
    assert post(as_("grid"), f"{url}sign/").json()["signed_by"] == "测试grid"
    assert post(as_("leader"), f"{url}sign/").status_code == 404
    assert as_("head").put(url).status_code == 405


def test_the_statistics_equal_the_registry(street, as_):
    body = as_("officer").get("/api/v1/statistics/", {"from": "2026-10-01", "to": "2026-10-31", "by": "village"}).json()
    values = compute(Hazard.objects.for_user(street.officer), Period.month(2026, 10))
    shares = {key: count(share, street.officer, Period.month(2026, 10)).value for key, share in SHARES.items()}
    assert {row["key"]: row["value"] for row in body["figures"]} == values | shares
    assert all(row["definition"] == (FIGURES | SHARES)[row["key"]].definition for row in body["figures"])
    assert sum(row["figures"]["new"] for row in body["groups"]) == values["new"]


@pytest.mark.parametrize("asked", [{"from": "2026-13-01"}, {"from": "2026-10-02", "to": "2026-10-01"}, {"by": "moon"}])
def test_a_wrong_period_is_explained(street, as_, asked):
    answer = as_("officer").get("/api/v1/statistics/", asked)
    assert answer.status_code == 400
    assert answer.json()["fields"]


def test_no_statistics_without_the_right(street, as_):
    assert as_("auditor").get("/api/v1/statistics/").status_code == 403


def test_the_schema_knows_every_endpoint():
    paths = schema()["paths"]
    assert {
        "/api/v1/notices/",
        "/api/v1/notices/{id}/actions/issue/",
        "/api/v1/notices/{id}/sign/",
        "/api/v1/statistics/",
    } <= set(paths)
    asked = {each["name"] for each in paths["/api/v1/statistics/"]["get"]["parameters"]}
    assert {"from", "to", "by"} <= asked
