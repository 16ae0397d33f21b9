"""What the phone sends: by ids of its own, twice without effect, photos in pieces, refusals as JSON."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import timedelta

import pytest

from common import clock
from hazards.models import CriterionItem, Hazard
from inspections import partial
from inspections.models import Inspection, ResultPhoto, Signature
from inspections.transitions import recording, visits
from tests.files import jpeg
from tests.inspections.visiting import answer_all, begun, certify, checklist, find, finished, ready

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


def test_many_results_come_in_one_request_and_each_is_answered_for_itself(cast, phone):
    visit = begun(cast)
    first, second, third = visit.results.all()[:3]
    recording.record(cast.fresh("officer"), visit.uid, uid=first.uid, item_id=first.item_id, outcome="ok")
    rows = [
        {"uid": str(uuid.uuid4()), "item": first.item_id, "base": 0, "outcome": "bad", "note": "堵塞"},
        {"uid": str(uuid.uuid4()), "item": second.item_id, "base": 0, "outcome": "na"},
        {"uid": str(uuid.uuid4()), "item": third.item_id, "outcome": "好"},
    ]
    for _ in range(2):
        conflict, kept, refused = post(phone, f"{visit.uid}/results/", rows=rows).json()["rows"]
        assert (conflict["code"], conflict["current"]["outcome"]) == ("conflict", "ok")
        assert (kept["outcome"], kept["revision"]) == ("na", 1)
        assert refused["message"] == "结果应为合格、不合格或不涉及。"


def test_many_results_after_the_end_are_refused_as_a_whole(cast, phone):
    visit = finished(cast, begun(cast), "officer")
    row = visit.results.first()
    rows = [{"uid": str(row.uid), "item": row.item_id, "outcome": "bad", "note": "晚到"}]
    late = post(phone, f"{visit.uid}/results/", rows=rows)
    assert (late.status_code, late.json()["code"]) == (409, "ended")


def test_more_rows_than_a_checklist_has_are_refused(cast, phone):
    answer = post(phone, f"{begun(cast).uid}/results/", rows=[{}] * 201)
    assert (answer.status_code, answer.json()["message"]) == (422, "一次最多发送200项。")


def test_another_criterion_and_level_than_suggested_are_what_the_hazard_gets(cast, phone):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2)
    other = CriterionItem.objects.exclude(pk=row.item.criterion_id or 0).first()
    sent = {"uid": str(row.uid), "item": row.item_id, "base": 1, "outcome": "bad", "note": "泄爆口被封堵"}
    kept = post(phone, f"{visit.uid}/results/", **sent, level="major", criterion=other.pk).json()
    assert (kept["chosen"], kept["chosen_title"]) == (other.pk, str(other))
    finished(cast, visit, "officer")
    hazard = Hazard.objects.get()
    assert (hazard.level, hazard.criterion) == ("major", other)


def test_an_app_of_an_older_release_leaves_the_criterion_alone(cast, phone):
    visit = begun(cast)
    criterion = CriterionItem.objects.first()
    row = find(cast, visit, "officer", 2, criterion_id=criterion.pk)
    sent = {"uid": str(row.uid), "item": row.item_id, "base": 1, "outcome": "bad", "note": "改写"}
    assert post(phone, f"{visit.uid}/results/", **sent).json()["chosen"] == criterion.pk


def test_a_criterion_that_does_not_exist_is_refused(cast, phone):
    visit = begun(cast)
    row = visit.results.first()
    sent = {"uid": str(row.uid), "item": row.item_id, "outcome": "bad", "criterion": 10**9}
    answer = post(phone, f"{visit.uid}/results/", **sent)
    assert (answer.status_code, answer.json()["message"]) == (422, "没有找到所选的判定条款，请重新选择。")


def test_the_criteria_are_fetched_once_for_an_edition(cast, phone):
    library = phone.get("/field/criteria/").json()
    assert library["edition"] == phone.get("/field/pack/").json()["criteria"]
    assert len(library["items"]) == CriterionItem.objects.in_force().count()


def photo_of(phone, visit, row, number):
    """Send one photo whole."""
    data = jpeg(number)
    path = f"/field/visits/{visit.uid}/photos/{hashlib.sha256(data).hexdigest()}/"
    query = f"?item={row.item_id}&stage=before&total={len(data)}&offset=0"
    return phone.post(path + query, data, content_type="application/octet-stream")


def test_sixty_photos_of_one_visit_all_arrive_and_become_evidence(cast, phone):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2, photos=0, level="general")
    assert {photo_of(phone, visit, row, number).status_code for number in range(60)} == {200}
    finished(cast, visit, "officer")
    assert ResultPhoto.objects.count() == 60
    assert Hazard.objects.get().evidence.filter(stage="before").count() == 60


def test_the_photo_beyond_the_most_is_refused_in_words_and_the_others_stay(cast, phone, monkeypatch):
    monkeypatch.setattr(recording, "PHOTOS_MOST", 3)
    visit = begun(cast)
    row = find(cast, visit, "officer", 2, photos=0)
    answers = [photo_of(phone, visit, row, number) for number in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 422]
    assert answers[3].json()["message"] == "一次检查最多3张照片。"
    assert ResultPhoto.objects.count() == 3


def test_a_certificate_that_expired_yesterday_stops_the_phone_with_name_and_day(cast, as_):
    certify(cast, "department")
    certify(cast, "second", days=-1)
    team = [{"user": cast.people["second"].pk, "part": "member"}]
    told = header(cast, kind="administrative", team=team)
    answer = post(as_("department"), f"{uuid.uuid4()}/", **told)
    assert answer.status_code == 422
    assert "测试second的执法证（YN-second）已于" in answer.json()["message"]
    assert not Inspection.objects.exists()


def test_a_visit_begun_while_the_certificate_held_is_taken_the_day_after_it_expired(cast, as_):
    """The phone was in a quarry: what counts is the day of the visit."""
    certify(cast, "department")
    certify(cast, "second", days=-1)
    team = [{"user": cast.people["second"].pk, "part": "member"}]
    yesterday = (clock.now() - timedelta(days=1)).isoformat()
    told = header(cast, kind="administrative", team=team, client_at=yesterday)
    phone, uid = as_("department"), uuid.uuid4()
    assert post(phone, f"{uid}/", **told).status_code == 200
    visit = ready(cast, Inspection.objects.get(), "department")
    assert visits.perform("finish", visit.pk, cast.fresh("department")).state == "done"


@pytest.mark.parametrize("off", [-900, 3, 4000])
def test_a_wrong_clock_keeps_the_length_of_the_visit_and_is_told_on_its_page(cast, phone, off):
    now, wrong = clock.now(), clock.now() + timedelta(days=off)
    uid = uuid.uuid4()
    told = header(cast, client_at=(wrong - timedelta(hours=2)).isoformat(), client_now=wrong.isoformat())
    assert post(phone, f"{uid}/", **told).json()["skewed"] is True
    visit = ready(cast, Inspection.objects.get(), "officer")
    post(phone, f"{uid}/finish/", client_at=(wrong - timedelta(hours=1)).isoformat())
    visit.refresh_from_db()
    assert abs((visit.started_at - now).total_seconds() + 7200) < 30
    assert abs((visit.finished_at - visit.started_at).total_seconds() - 3600) < 30
    assert "手机时钟与服务器相差较大" in phone.get(visit.get_absolute_url()).content.decode()
