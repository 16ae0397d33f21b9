"""What the phone sends: by ids of its own, twice without effect, photos in pieces, refusals as JSON."""

from __future__ import annotations

import hashlib
import json
import uuid

import pytest

from common import clock
from inspections import partial
from inspections.models import Inspection, ResultPhoto, Signature
from tests.files import jpeg
from tests.inspections.visiting import answer_all, begun, checklist, finished

pytestmark = pytest.mark.django_db


@pytest.fixture
def phone(as_):
    """The officer's phone."""
    return as_("officer")


def post(phone, path, **data):
    """Send JSON."""
    return phone.post(f"/field/visits/{path}", json.dumps(data), content_type="application/json")


def header(cast, **more):
    """What begins a visit."""
    now = clock.now().isoformat()
    told = {"unit": cast.units["firm"].pk, "kind": "patrol", "mode": "daily", "checklist": checklist().pk}
    return told | {"team": [], "client_at": now, "client_now": now} | more


def test_the_pack_holds_a_day_without_signal(cast, phone):
    begun(cast)
    pack = phone.get("/field/pack/").json()
    assert pack["account"]["name"] == "测试officer"
    assert len(pack["checklists"]) == 16
    assert {unit["name"] for unit in pack["units"]} == {"甲街道食品厂", "甲街道机械厂"}
    assert len(pack["visits"][0]["rows"]) == 16


def test_begun_twice_under_the_phones_id_is_one_visit(cast, phone):
    uid = uuid.uuid4()
    answers = [post(phone, f"{uid}/", **header(cast)).json() for _ in range(2)]
    assert answers[0]["rows"] == answers[1]["rows"]
    assert Inspection.objects.get().uid == uid


def test_a_day_without_signal_costs_as_many_queries_with_many_places(cast, phone, django_assert_max_num_queries):
    with django_assert_max_num_queries(25):
        assert phone.get("/field/pack/").status_code == 200


def test_a_result_sent_twice_rises_one_revision_and_a_conflict_tells_both(cast, phone):
    visit = begun(cast)
    row = visit.results.first()
    data = {"uid": str(uuid.uuid4()), "item": row.item_id, "base": 0, "outcome": "ok"}
    assert [post(phone, f"{visit.uid}/results/", **data).json()["revision"] for _ in range(2)] == [1, 1]
    refused = post(phone, f"{visit.uid}/results/", **(data | {"outcome": "bad", "note": "堵塞"}))
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict")
    assert refused.json()["current"]["outcome"] == "ok"


def test_a_photo_comes_in_pieces_and_goes_on_where_it_was_cut(cast, phone):
    visit = begun(cast)
    data, item = jpeg(3), visit.results.first().item_id
    sha, half = hashlib.sha256(data).hexdigest(), len(data) // 2
    path = f"/field/visits/{visit.uid}/photos/{sha}/?item={item}&stage=before&total={len(data)}"

    def piece(offset, content):
        return phone.post(f"{path}&offset={offset}", content, content_type="application/octet-stream")

    assert piece(0, data[:half]).json() == {"done": False, "received": half}
    assert piece(0, data[:half]).json()["received"] == half
    assert phone.get(path).json() == {"done": False, "received": half}
    assert piece(half, data[half:]).json() == {"done": True}
    assert piece(half, data[half:]).json() == {"done": True}
    assert ResultPhoto.objects.get().sha256 == sha
    assert not list(partial.folder().glob("*/*"))


def test_bytes_that_are_not_what_was_announced_start_anew(cast, phone):
    visit = begun(cast)
    data, item = jpeg(4), visit.results.first().item_id
    path = f"/field/visits/{visit.uid}/photos/{'0' * 64}/?item={item}&stage=before&total={len(data)}"
    assert phone.post(f"{path}&offset=0", data, content_type="application/octet-stream").status_code == 422
    assert phone.get(path).json() == {"done": False, "received": 0}


def test_a_signature_and_the_end_sent_twice_count_once(cast, phone):
    visit = begun(cast)
    answer_all(cast, visit, "officer")
    marks = [
        {"uid": str(uuid.uuid4()), "party": "inspector", "user": cast.officer.pk, "typed_reason": "触屏损坏"},
        {"uid": str(uuid.uuid4()), "party": "site", "is_refused": True, "refusal_reason": "称无权签字"},
    ]
    for mark in marks * 2:
        assert post(phone, f"{visit.uid}/signatures/", **mark).status_code == 200
    assert [post(phone, f"{visit.uid}/finish/").json()["state"] for _ in range(2)] == ["done", "done"]
    assert Signature.objects.count() == 2
    assert visit.events.filter(action="finish").count() == 1


def test_what_comes_after_the_end_is_not_swallowed(cast, phone):
    visit = finished(cast, begun(cast), "officer")
    row = visit.results.first()
    late = post(phone, f"{visit.uid}/results/", uid=str(row.uid), item=row.item_id, base=0, outcome="bad", note="晚到")
    assert (late.status_code, late.json()["code"]) == (409, "ended")


@pytest.mark.parametrize("body", ["", "[]", "{", '"x"', '{"outcome": 3}', '{"uid": "x", "outcome": "bad"}'])
def test_nonsense_is_refused_in_chinese(cast, phone, body):
    visit = begun(cast)
    answer = phone.post(f"/field/visits/{visit.uid}/results/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["message"]


def test_signing_out_asks_the_browser_to_empty_its_storage(phone):
    assert phone.post("/sign-out/")["Clear-Site-Data"] == '"storage"'


def test_the_worker_lists_files_that_exist_and_the_shell_holds_no_data_of_anybody(phone):
    text = phone.get("/field/sw.js").content.decode()
    assert "js/field/sync" in text
    assert "测试" not in phone.get("/field/").content.decode()
    assert phone.get("/field/manifest.webmanifest").json()["start_url"] == "/field/"
