"""Self-checks signed on a phone without signal: counted from the moment they were signed, once, with their photos."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from common import clock
from hazards.models import Hazard
from inspections import partial
from inspections.models import SelfCheck
from inspections.queries import self_check_leads
from tests.files import jpeg
from tests.inspections.self_checks import check_of, version_of
from units.models import Enterprise, Unit

MONDAY = timezone.make_aware(datetime(2026, 11, 23, 9))
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def risky(cast):
    """A Monday; the cast's enterprise is of a high-risk trade and owes daily checks."""
    Enterprise.objects.filter(unit=cast.units["firm"]).update(is_high_risk=True)
    Unit.objects.update(created_at=MONDAY - 400 * DAY)
    with clock.at(MONDAY):
        yield


@pytest.fixture
def phone(as_):
    """The phone of the enterprise's safety officer."""
    return as_("safety")


def sheet(cast, *, on=MONDAY, signed=None, **more):
    """What the phone sends of a clean day."""
    signed = signed or clock.now()
    told = {"cadence": "day", "on": f"{clock.local(on):%Y-%m-%d}", "version": version_of(cast).pk, "answers": []}
    told |= {"all_clear": True, "opened_at": (signed - timedelta(seconds=50)).isoformat()}
    return told | {"client_at": signed.isoformat(), "client_now": clock.now().isoformat()} | more


def send(phone, uid, told):
    """Send a sheet."""
    return phone.post(f"/field/checks/{uid}/", json.dumps(told), content_type="application/json")


def test_the_pack_of_an_enterprise_holds_a_week_of_its_own_checks_and_nothing_of_others(cast, phone):
    pack = phone.get("/field/pack/").json()
    days = [check["first"] for check in pack["checks"] if check["cadence"] == "day"]
    assert days == ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-30"]
    assert {check["cadence"] for check in pack["checks"] if not check["mine"]} == {"lead_month", "month"} - {"month"}
    assert (pack["units"], pack["people"], pack["visits"], len(pack["checklists"])) == ([], [], [], 1)


def test_a_filed_check_is_not_asked_for_again(cast, phone):
    check_of(cast, "day")
    keys = [check["key"] for check in phone.get("/field/pack/").json()["checks"]]
    assert "day-2026-11-23" not in keys


def test_a_clean_day_sent_twice_is_one_zero_report_signed_by_who_signed(cast, phone):
    uid, told = uuid.uuid4(), sheet(cast)
    answers = [send(phone, uid, told).json() for _ in range(2)]
    assert answers[0] == answers[1]
    check = SelfCheck.objects.get()
    assert (check.is_zero, check.signed_by, check.is_late, check.seconds) == (True, cast.people["safety"], False, 50)


def test_signed_in_time_without_signal_is_not_late_when_it_arrives_two_days_later(cast, phone):
    with clock.at(MONDAY + 2 * DAY):
        assert send(phone, uuid.uuid4(), sheet(cast, signed=MONDAY)).status_code == 200
        check = SelfCheck.objects.get()
        assert (check.filed_at, check.received_at, check.is_late) == (MONDAY, MONDAY + 2 * DAY, False)
        assert check.came_later
        assert "无网络时在手机上签字" in phone.get(check.get_absolute_url()).content.decode()


def test_a_wrong_clock_is_put_right_and_told(cast, phone):
    wrong = clock.now() + 400 * DAY
    told = sheet(cast, signed=wrong - timedelta(hours=1)) | {"client_now": wrong.isoformat()}
    assert send(phone, uuid.uuid4(), told).status_code == 200
    check = SelfCheck.objects.get()
    assert check.filed_at == clock.now() - timedelta(hours=1)
    assert check.has_wrong_clock


def test_photos_come_first_in_pieces_and_what_was_found_becomes_a_hazard(cast, phone):
    uid, data, item = uuid.uuid4(), jpeg(3), version_of(cast).items.first()
    sha, half = hashlib.sha256(data).hexdigest(), len(data) // 2
    path = f"/field/checks/{uid}/photos/{sha}/?total={len(data)}&client_at={clock.now():%Y-%m-%dT%H:%M:%SZ}"
    told = sheet(cast, answers=[{"item": item.pk, "outcome": "bad", "note": "出口堆物", "photos": [sha]}])
    assert "照片还没有传完" in send(phone, uid, told).json()["message"]
    for offset, piece, done in ((0, data[:half], False), (half, data[half:], True), (half, data[half:], True)):
        answer = phone.post(f"{path}&offset={offset}", piece, content_type="application/octet-stream")
        assert answer.json()["done"] is done
    assert send(phone, uid, told).json()["bad"] == 1
    hazard = Hazard.objects.get()
    assert (hazard.channel, hazard.evidence.count()) == ("self_check", 1)
    assert not list(partial.folder().glob("*/*"))


def test_a_second_check_of_the_day_is_told_apart_and_its_findings_are_not_lost(cast, phone):
    check_of(cast, "day")
    item, uid = version_of(cast).items.filter(asks_photo=False).first(), uuid.uuid4()
    told = sheet(cast, answers=[{"item": item.pk, "outcome": "bad", "note": "出口堆物"}])
    refused = send(phone, uid, told)
    assert (refused.status_code, refused.json()["code"]) == (422, "filed")
    assert [send(phone, uid, told | {"as_hazards": True}).json()["bad"] for _ in range(2)] == [1, 1]
    assert Hazard.objects.get().channel == "self_check"
    assert SelfCheck.objects.count() == 1


def test_what_only_the_principal_signs_is_refused_from_another_phone(cast, phone, as_):
    told = sheet(cast, cadence="lead_month")
    assert send(phone, uuid.uuid4(), told).status_code == 403
    assert send(as_("principal"), uuid.uuid4(), told).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"cadence": "hour"}, {"on": "昨天"}, {"version": None}, {"answers": [3]}, {"answers": [{"item": 1, "outcome": "x"}]},
        {"on": "2026-11-25"}, {"on": "2026-11-19"}, {"all_clear": False},
    ],
)  # fmt: skip
def test_nonsense_is_refused_in_chinese(cast, phone, wrong):
    answer = send(phone, uuid.uuid4(), sheet(cast) | wrong)
    assert answer.status_code == 422
    assert answer.json()["message"]
    assert not SelfCheck.objects.exists()


def test_checks_that_arrive_days_after_they_were_signed_again_and_again_are_a_lead(cast, phone):
    for back in (4, 5, 6):
        moment = MONDAY - back * DAY
        with clock.at(moment):
            check_of(cast, "day")
    assert not any("送达" in lead.text for lead in self_check_leads.of_unit(cast.units["firm"]))
    SelfCheck.objects.update(received_at=MONDAY)
    assert any("签字后超过一天才送达" in lead.text for lead in self_check_leads.of_unit(cast.units["firm"]))
