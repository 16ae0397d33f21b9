"""The API of hazards: the same rules, scopes and filters as the pages; refusals as JSON with Chinese text."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from config.api import schema
from hazards import criteria, transitions
from hazards.models import Hazard
from hazards.serializers.acting import SERIALIZERS
from hazards.transitions.rules import RULES
from tests.files import jpeg
from tests.hazards.builders import hazard_in

BASE = "/api/v1/hazards/"
PRESSED = {name: rule for name, rule in RULES.items() if not rule.system}


def post(browser, address, values=None):
    return browser.post(address, values or {}, content_type="application/json")


def test_every_rule_is_an_endpoint_of_its_own_in_the_schema():
    paths = schema()["paths"]
    for name, rule in PRESSED.items():
        operation = paths[f"{BASE}{{id}}/actions/{name}/"]["post"]
        assert operation["summary"] == rule.label
        assert rule.form in SERIALIZERS
        assert {"200", "403", "404", "409", "422"} <= set(operation["responses"])


def test_the_list_is_the_scope_and_takes_the_filters_of_the_page(as_, cast):
    hazard_in(cast, "draft")
    late = hazard_in(cast, "rectifying", number="L-1", due_at=clock.now() - timedelta(days=1))
    hazard_in(cast, "reported", number="R-1")
    rows = as_("officer").get(f"{BASE}?overdue=yes").json()["results"]
    assert [(row["id"], row["is_overdue"], row["state_label"]) for row in rows] == [(late.pk, True, "整改中")]
    assert as_("rival_officer").get(BASE).json()["count"] == 0
    assert as_("auditor").get(BASE).status_code == 403


def test_one_hazard_tells_what_the_caller_may_do(as_, cast):
    hazard = hazard_in(cast, "reported")
    body = as_("officer").get(f"{BASE}{hazard.pk}/").json()
    assert [one["action"] for one in body["allowed_actions"]] == ["confirm", "fix_on_spot", "dismiss", "change_level"]
    assert as_("safety").get(f"{BASE}{hazard.pk}/").json()["allowed_actions"] == []


@pytest.mark.parametrize("tail", ["", "events/"])
@pytest.mark.parametrize("who", ["rival_officer", "rival_safety", "expert"])
def test_out_of_scope_is_404_with_a_chinese_message(as_, cast, tail, who):
    answer = as_(who).get(f"{BASE}{hazard_in(cast, 'reported').pk}/{tail}")
    assert answer.status_code == 404
    assert answer.json()["code"] == "not_found"
    assert "没有找到" in answer.json()["message"]


@pytest.mark.parametrize("name", PRESSED)
def test_no_action_reaches_out_of_scope(as_, cast, name):
    hazard = hazard_in(cast, RULES[name].sources[0], reported_by=cast.officer)
    assert post(as_("rival_head"), f"{BASE}{hazard.pk}/actions/{name}/").status_code == 404
    assert as_("officer").get(f"{BASE}{hazard.pk}/actions/{name}/").status_code == 405


def test_a_report_with_an_uploaded_photo_once(as_, cast):
    browser = as_("grid")
    sent = browser.post(f"{BASE}photos/", {"file": SimpleUploadedFile("a.jpg", jpeg(5), content_type="image/jpeg")})
    assert sent.status_code == 201
    values = {
        "once": str(uuid.uuid4()), "unit": cast.units["firm"].pk, "description": "线路私拉乱接", "photos": [sent.json()["id"]],
    }  # fmt: skip
    first, second = post(browser, BASE, values), post(browser, BASE, values)
    assert first.status_code == 201
    assert first.json()["id"] == second.json()["id"]
    assert first.json()["state"] == "reported"
    assert Hazard.objects.count() == 1


def test_a_file_that_is_no_picture_is_refused(as_, cast):
    fake = SimpleUploadedFile("a.jpg", b"MZ", content_type="image/jpeg")
    answer = as_("grid").post(f"{BASE}photos/", {"file": fake})
    assert answer.status_code == 422
    assert answer.json()["message"]


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"description": ""}, 400, "description"),
        ({"unit": None}, 400, "unit"),
        ({"level": "huge"}, 400, "level"),
        ({"channel": "import"}, 400, "channel"),
        ({"level": "major", "no_photo_reason": "夜间"}, 422, "criterion"),
        ({}, 422, "photos"),
        ({"found_on": "2999-01-01", "no_photo_reason": "夜间"}, 422, "found_on"),
    ],
)
def test_a_wrong_report_names_the_field(as_, cast, changes, status, field):
    values = {"unit": cast.units["firm"].pk, "description": "线路私拉乱接"} | changes
    answer = post(as_("grid"), BASE, values)
    assert answer.status_code == status
    assert field in answer.json()["fields"]
    assert not Hazard.objects.exists()


def test_a_unit_or_photo_of_others_is_not_accepted(as_, cast, photo):
    foreign = {"unit": cast.units["rival_firm"].pk, "description": "x", "no_photo_reason": "夜间"}
    assert post(as_("grid"), BASE, foreign).status_code == 400
    stolen = {"unit": cast.units["firm"].pk, "description": "x", "photos": [photo("rival_safety").pk]}
    assert post(as_("grid"), BASE, stolen).status_code == 400


def test_an_action_answers_with_the_changed_hazard(as_, cast):
    hazard = hazard_in(cast, "reported")
    values = {"version": hazard.version, "level": "general", "responsible_person": "李四"}
    answer = post(as_("officer"), f"{BASE}{hazard.pk}/actions/confirm/", values)
    assert (answer.status_code, answer.json()["state"]) == (200, "rectifying")
    events = as_("safety").get(f"{BASE}{hazard.pk}/events/").json()
    assert [(event["action"], event["actor_name"]) for event in events] == [("confirm", "测试officer")]


@pytest.mark.parametrize(
    ("who", "state", "values", "status", "code"),
    [
        ("safety", "reported", {"level": "general", "responsible_person": "李四"}, 403, "forbidden"),
        ("officer", "closed", {"level": "general", "responsible_person": "李四"}, 409, "wrong_state"),
        ("officer", "reported", {"level": "general"}, 400, "invalid"),
        (
            "officer",
            "reported",
            {"level": "key", "responsible_person": "李四", "due": "2020-01-01T00:00"},
            422,
            "refused",
        ),
        ("officer", "reported", {"version": 99, "level": "general", "responsible_person": "李四"}, 409, "stale"),
    ],
)
def test_refusals_have_code_and_message(as_, cast, who, state, values, status, code):
    hazard = hazard_in(cast, state)
    answer = post(as_(who), f"{BASE}{hazard.pk}/actions/confirm/", values)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["message"]
    assert Hazard.objects.get().version == hazard.version


def test_an_action_that_does_not_exist_is_404(as_, cast):
    assert post(as_("officer"), f"{BASE}{hazard_in(cast, 'reported').pk}/actions/delete/").status_code == 404


def test_a_broken_body_is_said_to_be_broken(as_, cast):
    answer = as_("officer").post(BASE, "{", content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "parse_error")


def test_the_delisting_of_a_listed_hazard_cannot_be_claimed_here(as_, cast):
    hazard = hazard_in(cast, "reviewed", "key", listed_as="key")
    answer = post(as_("head"), f"{BASE}{hazard.pk}/actions/sign_off/", {"delisting": True})
    assert answer.status_code == 422
    assert Hazard.objects.get().state == "reviewed"


def test_without_sign_in_there_is_nothing(client, cast):
    assert client.get(BASE).status_code == 401


def test_the_confidence_of_a_criterion_is_for_the_office(as_, cast):
    criteria.load()
    item = criteria.suggest("泄爆")[0]
    assert "confidence" in as_("officer").get(f"/api/v1/criteria/{item.pk}/").json()
    assert "confidence" not in as_("safety").get(f"/api/v1/criteria/{item.pk}/").json()
    hazard = hazard_in(cast, "rectifying", "major", criterion=item)
    assert "confidence" not in as_("safety").get(f"{BASE}{hazard.pk}/").json()["criterion"]


def test_the_criteria_are_searched_like_on_the_page(as_, cast):
    criteria.load()
    rows = as_("safety").get("/api/v1/criteria/?q=泄爆&status=现行").json()["results"]
    assert rows
    assert all(row["status"] == "现行" for row in rows)


def test_the_page_and_the_api_write_the_same_event(as_, cast):
    by_page, by_api = hazard_in(cast, "rectifying"), hazard_in(cast, "rectifying")
    as_("safety").post(f"/hazards/{by_page.pk}/actions/report_progress/", {"text": "一半", "percent": "50"})
    post(as_("safety"), f"{BASE}{by_api.pk}/actions/report_progress/", {"text": "一半", "percent": 50})
    first, second = (hazard.events.get() for hazard in (by_page, by_api))
    assert (first.note, first.data) == (second.note, second.data) == ("一半", {"percent": 50, "photos": []})
    assert transitions.allowed_actions(by_page, cast.safety) == transitions.allowed_actions(by_api, cast.safety)


@pytest.mark.parametrize("due", ["0001-01-01T00:00:00", "9999-12-31T23:59:59-12:00", "昨天"])
def test_a_moment_that_cannot_be_is_refused_at_its_field(as_, cast, due):
    address = f"{BASE}{hazard_in(cast, 'reported').pk}/actions/confirm/"
    answer = post(as_("officer"), address, {"level": "general", "responsible_person": "李四", "due": due})
    assert answer.status_code in (400, 422)
    assert "due" in answer.json()["fields"]


@pytest.mark.parametrize("body", ["[" * 100_000, '{"level": "\\ud800"}', "null", "\\xff", '{"level": 1e999}'])
def test_json_that_makes_no_sense_is_refused_as_json(as_, cast, body):
    address = f"{BASE}{hazard_in(cast, 'reported').pk}/actions/change_level/"
    answer = as_("officer").post(address, body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["message"])) == (400, True)
