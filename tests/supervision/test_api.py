"""The API of supervision."""

from __future__ import annotations

import pytest

from common import clock
from supervision.models import Letter, Listing
from supervision.transitions.climb import escalate
from tests.supervision.world import DAY, START, confirmed, many


def post(browser, url, **body):
    return browser.post(url, body, content_type="application/json")


def test_a_listing_is_proposed_opined_and_approved(cast, as_):
    hazard = confirmed(cast)
    made = post(as_("officer"), "/api/v1/listings/", hazard=hazard.pk, reason="久拖不改")
    assert (made.status_code, made.json()["kind"], made.json()["hazard"]["number"]) == (201, "key", hazard.number)
    url = f"/api/v1/listings/{made.json()['id']}/"
    assert as_("department").get(url).json()["allowed_actions"] == ["opine"]
    assert post(as_("department"), f"{url}actions/opine/", opinion="同意").status_code == 200
    done = post(as_("head"), f"{url}actions/approve/", leader="王五", version=1)
    assert (done.json()["state"], done.json()["number"]) == ("approved", f"甲街安督〔{clock.today().year}〕1号")


@pytest.mark.parametrize(("who", "code"), [("officer", 403), ("rival_head", 404), ("safety", 404), ("sysadmin", 403)])
def test_the_wrong_person_is_refused(cast, as_, who, code):
    hazard = confirmed(cast)
    pk = post(as_("officer"), "/api/v1/listings/", hazard=hazard.pk, reason="x").json()["id"]
    answer = post(as_(who), f"/api/v1/listings/{pk}/actions/reject/", reason="x")
    assert (answer.status_code, bool(answer.json()["message"])) == (code, True)


def test_refusals_carry_code_and_chinese_message(cast, as_):
    hazard = confirmed(cast)
    made = post(as_("officer"), "/api/v1/listings/", hazard=hazard.pk, reason="x").json()
    again = post(as_("officer"), "/api/v1/listings/", hazard=hazard.pk, reason="x")
    assert (again.status_code, "不能重复提请" in again.json()["message"]) == (422, True)
    url = f"/api/v1/listings/{made['id']}/actions"
    assert post(as_("head"), f"{url}/delist/").status_code == 409
    assert post(as_("head"), f"{url}/approve/").json()["code"] == "invalid"
    assert post(as_("head"), f"{url}/reject/", reason="x", version=7).json()["code"] == "stale"
    assert as_("head").get(f"{url}/reject/").status_code == 405


def test_a_letter_is_drafted_once_and_answered(cast, as_):
    body = {"kind": "hint", "to_unit": cast.units["firm"].pk, "title": "x", "matter": "x", "demand": "x"}
    body |= {"once": "8b0d3f0a-9f5c-4a4b-8f51-0d3d6f8f1c11", "due_at": (clock.now() + 5 * DAY).isoformat()}
    numbers = {post(as_("officer"), "/api/v1/letters/", **body).json()["id"] for _ in range(2)}
    assert len(numbers) == 1
    url = f"/api/v1/letters/{numbers.pop()}/actions"
    assert post(as_("head"), f"{url}/send/").json()["state"] == "sent"
    answered = post(as_("safety"), f"{url}/answer/", text="已办")
    assert (answered.json()["state"], answered.json()["answers"][0]["text"]) == ("answered", "已办")


def test_a_measure_is_proposed_and_declined(cast, as_):
    made = post(as_("officer"), "/api/v1/measures/", hazard=confirmed(cast).pk, kind="talk", reason="x").json()
    url = f"/api/v1/measures/{made['id']}/actions/decline/"
    assert post(as_("leader"), url, reason="已在整改").json()["state"] == "declined"


@pytest.mark.parametrize("name", ["letters", "listings", "measures"])
def test_the_cost_of_a_list_does_not_grow_with_its_rows(cast, as_, name, django_assert_max_num_queries):
    many(confirmed(cast, "major", days=20), 30)
    for day in (21, 36, 44):
        with clock.at(START + day * DAY):
            escalate()
    browser = as_("officer")
    browser.get(f"/api/v1/{name}/")
    with django_assert_max_num_queries(9):
        assert browser.get(f"/api/v1/{name}/").json()["count"] == 31


def test_lists_keep_their_scope(cast, as_):
    with clock.at(START):
        confirmed(cast, days=20)
    with clock.at(START + 66 * DAY):
        escalate()
    assert Letter.objects.exists() or Listing.objects.exists()
    for who in ("rival_officer", "rival_safety", "rival_department"):
        for name in ("letters", "listings", "measures"):
            assert as_(who).get(f"/api/v1/{name}/").json()["count"] == 0
