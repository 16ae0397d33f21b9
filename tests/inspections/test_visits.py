"""A visit from its beginning to its end: team, results, photos, signatures, hazards."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from common.errors import Forbidden, NotInScope, Refused, WrongState
from hazards.models import Hazard
from inspections.models import Inspection, ResultPhoto
from inspections.transitions import recording, visits
from tests.files import jpeg
from tests.inspections.visiting import administrative, begun, certify, find, finished, ready, sign_all

pytestmark = pytest.mark.django_db


def test_an_administrative_inspection_needs_two_certificates(cast):
    certify(cast, "department")
    with pytest.raises(Refused, match="两名持有效执法证"):
        begun(cast, "department", kind="administrative", team=("second",))


def test_a_certificate_that_expired_yesterday_is_named(cast):
    certify(cast, "department")
    certify(cast, "second", days=-1)
    with pytest.raises(Refused, match=r"测试second的执法证（YN-second）已于.*到期"):
        begun(cast, "department", kind="administrative", team=("second",))


def test_a_certificate_holds_on_its_last_day(cast):
    certify(cast, "department", "second", days=0)
    assert begun(cast, "department", kind="administrative", team=("second",)).state == "running"


@pytest.mark.parametrize("name", ["officer", "head", "grid", "leader"])
def test_office_village_and_leaders_do_patrols_only(cast, name):
    certify(cast, name, "department")
    with pytest.raises(Refused, match="巡查"):
        begun(cast, name, kind="administrative", team=("department",))
    assert begun(cast, name).kind == "patrol"


def test_an_expert_does_not_begin_a_visit(cast):
    with pytest.raises(Forbidden):
        begun(cast, "expert")


def test_a_place_of_another_street_is_out_of_reach(cast):
    with pytest.raises(NotInScope):
        begun(cast, unit=cast.units["rival_firm"])


def test_a_person_of_another_street_is_not_on_the_team(cast):
    with pytest.raises(Refused, match="不是本街道"):
        begun(cast, team=("rival_officer",))


def test_begun_twice_is_one_visit(cast):
    uid = uuid.uuid4()
    first, second = begun(cast, uid=uid), begun(cast, uid=uid)
    assert first.pk == second.pk
    assert Inspection.objects.count() == 1
    assert second.events.filter(action="start").count() == 1


def test_a_wrong_clock_is_tolerated_and_flagged(cast):
    now = clock.now()
    wrong = now + timedelta(days=3)
    visit = begun(cast, client_at=wrong - timedelta(hours=2), client_now=wrong)
    assert visit.has_wrong_clock
    assert abs((visit.started_at - (now - timedelta(hours=2))).total_seconds()) < 5


def test_findings_become_hazards_with_level_and_criterion_suggested(cast):
    visit = begun(cast)
    row = find(cast, visit, "officer", 1, level="major" if not visit.results.get(item__number=1).item.criterion else "")
    finished(cast, visit, "officer")
    row.refresh_from_db()
    assert row.hazard.once == row.uid
    assert row.hazard.level == (row.level or row.item.level)
    assert row.hazard.state == "reported"
    assert row.hazard.evidence.filter(stage="before").count() == 1


def test_a_deadline_given_on_site_confirms_the_hazard_at_once(cast):
    visit = begun(cast)
    due = clock.today() + timedelta(days=3)
    row = find(cast, visit, "officer", 2, level="general", due_on=due)
    finished(cast, visit, "officer")
    row.refresh_from_db()
    assert row.hazard.state == "rectifying"
    assert clock.local(row.hazard.due_at).date() == due


def test_a_deadline_that_passed_before_the_phone_had_a_signal_does_not_hold_the_visit_up(cast):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2, level="general", due_on=clock.today() - timedelta(days=1))
    finished(cast, visit, "officer")
    row.refresh_from_db()
    assert row.hazard.state == "reported"


def test_fixed_on_the_spot_is_closed_in_the_same_step(cast):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2, level="general", is_fixed_on_spot=True, after=1)
    finished(cast, visit, "officer")
    row.refresh_from_db()
    assert row.hazard.state == "closed"


def test_fixed_on_the_spot_without_a_second_photo_is_refused(cast):
    visit = begun(cast)
    find(cast, visit, "officer", 2, level="general", is_fixed_on_spot=True)
    ready(cast, visit, "officer")
    with pytest.raises(Refused, match="整改后照片"):
        visits.perform("finish", visit.pk, cast.fresh("officer"))
    assert not Hazard.objects.exists()


def test_an_item_that_asks_no_photo_gets_by_without(cast):
    visit = begun(cast)
    item = visit.results.filter(item__asks_photo=False).first().item
    find(cast, visit, "officer", item.number, photos=0)
    assert finished(cast, visit, "officer").bad_count == 1


def test_an_unanswered_item_keeps_the_visit_open(cast):
    visit = begun(cast)
    sign_all(cast, visit, "officer")
    with pytest.raises(Refused, match="第1项没有结果"):
        visits.perform("finish", visit.pk, cast.fresh("officer"))


def test_a_refusal_to_sign_is_recorded_and_ends_the_visit(cast):
    visit = begun(cast)
    ready(cast, visit, "officer")
    visit.signatures.filter(party="site").delete()
    recording.sign(
        cast.fresh("officer"), visit.uid, uid=uuid.uuid4(), party="site", is_refused=True, refusal_reason="称负责人不在"
    )
    assert visits.perform("finish", visit.pk, cast.fresh("officer")).state == "done"


def test_a_finding_of_an_expert_is_attributed(cast):
    visit = begun(cast, team=("expert",))
    row = find(cast, visit, "expert", 3, level="general")
    finished(cast, visit, "officer")
    row.refresh_from_db()
    assert row.hazard.channel == "expert"
    assert row.hazard.found_by == "测试expert（专家）"


def test_another_device_with_other_content_is_a_conflict(cast):
    visit = administrative(cast)
    row = visit.results.get(item__number=1)
    recording.record(cast.fresh("department"), visit.uid, uid=row.uid, item_id=row.item_id, base=0, outcome="ok")
    with pytest.raises(recording.ResultConflict) as caught:
        recording.record(
            cast.fresh("second"), visit.uid, uid=row.uid, item_id=row.item_id, base=0, outcome="bad", note="堵塞"
        )
    assert caught.value.current.outcome == "ok"
    row.refresh_from_db()
    assert row.revision == 1


def test_the_same_content_from_two_devices_is_no_conflict(cast):
    visit = administrative(cast)
    row = visit.results.get(item__number=1)
    for name in ("department", "second"):
        recording.record(cast.fresh(name), visit.uid, uid=row.uid, item_id=row.item_id, base=0, outcome="ok")
    row.refresh_from_db()
    assert row.revision == 1


def test_what_was_sent_is_acknowledged_after_the_end_and_nothing_else_is_taken(cast):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2, level="general")
    finished(cast, visit, "officer")
    again = {"uid": row.uid, "item_id": row.item_id, "outcome": "bad", "note": "现场发现问题", "base": 0}
    assert recording.record(cast.fresh("officer"), visit.uid, **again).pk == row.pk
    with pytest.raises(recording.Ended):
        recording.record(cast.fresh("officer"), visit.uid, **(again | {"note": "别的话"}))


def test_the_same_photo_sent_twice_stands_once(cast):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2, photos=0)
    for _ in range(2):
        recording.add_photo(
            cast.fresh("officer"), visit.uid, result=row, file=SimpleUploadedFile("a.jpg", jpeg(5)), stage="before"
        )
    assert ResultPhoto.objects.count() == 1


def test_an_enterprise_sees_only_finished_visits(cast):
    visit = begun(cast)
    assert not Inspection.objects.for_user(cast.fresh("safety")).exists()
    finished(cast, visit, "officer")
    assert Inspection.objects.for_user(cast.fresh("safety")).exists()


def test_who_is_not_on_the_team_records_nothing(cast):
    visit = begun(cast)
    row = visit.results.first()
    with pytest.raises(NotInScope):
        recording.record(cast.fresh("head"), visit.uid, uid=row.uid, item_id=row.item_id, outcome="ok")


def test_a_finished_visit_is_not_cancelled(cast):
    visit = finished(cast, begun(cast), "officer")
    with pytest.raises(WrongState):
        visits.perform("cancel", visit.pk, cast.fresh("officer"), reason="误操作")
