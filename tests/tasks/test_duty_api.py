"""The API of duties, meetings, indicators and evaluations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tasks.models import DutyRecord, Evaluation, Indicator, Meeting
from tests.cast import Cast
from tests.tasks.given import count, in_august, post, standing
from tests.tasks.test_evaluations import plan

__all__ = ["in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
As = Callable[[str], Client]


def send(browser: Client, url: str, **body: Any) -> Any:
    return browser.post(url, body, content_type="application/json")


def test_a_record_is_entered_counted_proven_and_voided(as_: As, cast: Cast) -> None:
    post(cast)
    body = {"kind": "visit", "unit": cast.units["office"].pk, "on": "2026-08-03", "title": "带队检查", "text": "x",
            "people": [cast.people["leader"].pk]}  # fmt: skip
    made = send(as_("officer"), "/api/v1/duty-records/", **body)
    assert made.status_code == 201
    url = f"/api/v1/duties/{standing('visits-office').pk}/"
    proof = as_("leader").get(url).json()
    assert (proof["done"], [row["url"] for row in proof["records"]]) == (
        1,
        [DutyRecord.objects.get().get_absolute_url()],
    )
    gone = send(as_("officer"), f"/api/v1/duty-records/{made.json()['id']}/actions/void/", reason="误登")
    assert (gone.json()["is_void"], as_("leader").get(url).json()["done"]) == (True, 0)


def test_the_list_is_filtered_like_the_page(as_: As, cast: Cast) -> None:
    count(cast)
    rows = as_("officer").get("/api/v1/duties/?state=missed&code=duty-lists").json()["results"]
    assert [(row["who"], row["state"]) for row in rows] == [("甲街道应急管理综合服务中心", "missed")]


def test_a_meeting_is_called_held_and_handed_on(as_: As, cast: Cast) -> None:
    body = {
        "kind": "expanded",
        "title": "扩大会议",
        "starts_at": "2026-08-18T09:00:00+08:00",
        "units": [cast.units["village"].pk],
    }
    made = send(as_("officer"), "/api/v1/meetings/", **body).json()
    url = f"/api/v1/meetings/{made['id']}/"
    decision = {"text": "排查燃气", "unit": cast.units["village"].pk, "due_on": "2026-09-30"}
    held = send(
        as_("officer"),
        f"{url}actions/hold/",
        minutes="开了",
        present=[made["attendance"][0]["id"]],
        decisions=[decision],
    )
    assert (held.status_code, held.json()["state"]) == (200, "held")
    assert as_("leader").get(url).json()["allowed_actions"] == ["confirm", "return_minutes"]
    assert send(as_("head"), f"{url}actions/confirm/").status_code == 200
    handed = send(as_("officer"), f"{url}actions/hand_on/").json()
    assert handed["decisions"][0]["task"] is not None
    assert Meeting.objects.get().state == "confirmed"


def test_a_value_is_entered_with_its_source(as_: As, cast: Cast) -> None:
    pk = Indicator.objects.get(code="digital-fire").pk
    url = f"/api/v1/indicators/{pk}/actions/enter/"
    body = {"month": "2026-07-01", "numerator": 45, "denominator": 50}
    assert send(as_("officer"), url, **body).json()["fields"] == {"note": "该字段是必填项。"}
    assert send(as_("officer"), url, **body, note="台账").json()["values"][0]["ratio"] == "0.9000"


def test_an_evaluation_is_drafted_and_approved_by_another(as_: As, cast: Cast) -> None:
    body = {"plan": plan(cast).pk, "kind": "mid", "until": "2026-08-20"}
    made = send(as_("officer"), "/api/v1/evaluations/", **body).json()
    url = f"/api/v1/evaluations/{made['id']}/actions"
    assert send(as_("officer"), f"{url}/approve/").status_code == 403
    assert send(as_("leader"), f"{url}/approve/", version=7).json()["code"] == "stale"
    assert send(as_("leader"), f"{url}/approve/").json()["state"] == "approved"
    assert Evaluation.objects.get().approved_by == cast.people["leader"]
