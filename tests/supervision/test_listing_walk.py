"""A listing from proposal to delisting, and what refuses on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from common import clock
from common.errors import Forbidden, Refused
from hazards import transitions as hazards
from hazards.models import Hazard
from messaging.models import Message
from supervision.models import Letter, Listing, Measure
from supervision.transitions import chasing, letters, listings, measures
from tests.supervision.world import DAY, PLAN, START, confirmed, photo, rectified


def approve(listing, by, **more):
    return listings.perform("approve", listing.pk, by, leader="王五", waiver="情况紧急", **more)


def in_treatment(cast, level="key"):
    """A listing under treatment, its plan filed."""
    hazard = confirmed(cast, level, days=10)
    listing = approve(listings.propose(cast.officer, hazard.pk, reason="逾期未整改"), cast.head)
    listings.perform("serve", listing.pk, cast.officer, receiver="张三")
    return listings.perform("file_plan", listing.pk, cast.safety, text="五到位方案")


def test_the_whole_course_of_a_listing(cast):
    with clock.at(START):
        listing = in_treatment(cast)
        hazard = Hazard.objects.get(pk=listing.hazard_id)
        assert (hazard.listed_as, hazard.due_at, hazard.deadline_no) == ("key", listing.finish_by, 2)
        assert listing.number == "甲街安督〔2026〕1号"
        listings.perform("report_progress", listing.pk, cast.safety, text="已完成一半", percent=50)
    with clock.at(START + 10 * DAY):
        hazards.perform("request_extension", hazard.pk, cast.safety, due=START + 50 * DAY, reason="x", protection="x")
        with pytest.raises(Forbidden):
            hazards.perform("grant_extension", hazard.pk, cast.department)
        hazards.perform("grant_extension", hazard.pk, cast.head)
        assert Listing.objects.get().deadline == START + 50 * DAY
        rectified(cast, hazard)
        listings.perform("apply_acceptance", listing.pk, cast.safety, text="自评合格")
        listings.perform("accept", listing.pk, cast.department, report="合格", checkers="测试department、测试second")
        done = listings.perform("delist", listing.pk, cast.head)
    hazard.refresh_from_db()
    assert (done.state, done.delist_number) == ("delisted", "甲街安督销〔2026〕1号")
    assert (hazard.state, hazard.listed_as) == ("closed", "")
    assert [event.seq for event in hazard.events.all()] == list(range(1, hazard.version + 1))


def test_a_listed_hazard_is_not_signed_off_without_its_delisting(cast):
    with clock.at(START):
        hazard = rectified(cast, Hazard.objects.get(pk=in_treatment(cast).hazard_id))
        with pytest.raises(Refused, match="摘牌"):
            hazards.perform("sign_off", hazard.pk, cast.head)


def test_nobody_approves_what_they_proposed(cast):
    with clock.at(START):
        listing = listings.propose(cast.head, confirmed(cast).pk, reason="x")
        with pytest.raises(Forbidden, match="提请人"):
            approve(listing, cast.head)
        assert approve(listing, cast.leader).state == "approved"


def test_a_second_live_listing_is_refused_in_chinese(cast):
    with clock.at(START):
        hazard = confirmed(cast)
        listings.propose(cast.officer, hazard.pk, reason="x")
        with pytest.raises(Refused, match="不能重复提请"):
            listings.propose(cast.department, hazard.pk, reason="x")


def test_approval_asks_for_the_departments_opinion_or_a_reason(cast):
    with clock.at(START):
        listing = listings.propose(cast.officer, confirmed(cast).pk, reason="x")
        with pytest.raises(Refused, match="会审意见"):
            listings.perform("approve", listing.pk, cast.head, leader="王五")
        listings.perform("opine", listing.pk, cast.department, opinion="同意")
        assert listings.perform("approve", listing.pk, cast.head, leader="王五").state == "approved"


def test_approving_a_general_hazard_raises_it_to_key(cast):
    with clock.at(START):
        hazard = confirmed(cast, "general", days=1)
        listing = listings.propose(cast.officer, hazard.pk, reason="长期不改")
        with pytest.raises(Refused, match="安委办负责人"):
            approve(listing, cast.leader)
        approve(listing, cast.head)
    hazard.refresh_from_db()
    assert (hazard.level, hazard.listed_as) == ("key", "key")


def test_limits_run_in_working_days_from_approval_and_service(cast):
    with clock.at(START):
        listing = approve(listings.propose(cast.officer, confirmed(cast).pk, reason="x"), cast.head)
        listing = listings.perform("serve", listing.pk, cast.officer, receiver="张三")
    days = [clock.local(at).date().isoformat() for at in (listing.serve_by, listing.publish_by, listing.plan_due_at)]
    assert days == ["2026-09-04", "2026-09-08", "2026-09-10"]


@pytest.mark.parametrize(
    ("checkers", "words"), [("测试second", "不得少于2人"), ("李四、王五", "整改人不能"), ("甲,甲", "不得少于2人")]
)
def test_acceptance_needs_two_checkers_who_did_not_rectify(cast, checkers, words):
    with clock.at(START):
        listing = in_treatment(cast)
        rectified(cast, Hazard.objects.get(pk=listing.hazard_id))
        listings.perform("apply_acceptance", listing.pk, cast.safety, text="x")
        with pytest.raises(Refused, match=words):
            listings.perform("accept", listing.pk, cast.department, report="x", checkers=checkers)


def test_failed_acceptance_sends_the_hazard_back_with_a_new_deadline(cast):
    with clock.at(START):
        listing = in_treatment(cast)
        pk = listing.hazard_id
        hazards.perform("submit_rectification", pk, cast.safety, measures="x", spent=0, photos=[photo(cast.safety)])
        listings.perform("apply_acceptance", listing.pk, cast.safety, text="x")
        listing = listings.perform(
            "fail_acceptance", listing.pk, cast.department, reason="仍不合格", due=START + 20 * DAY
        )
    hazard = Hazard.objects.get(pk=pk)
    assert (listing.state, hazard.state, hazard.round) == ("treating", "rectifying", 2)


def test_missed_progress_reports_are_counted_once_per_period_and_reminded(cast):
    with clock.at(START):
        listing = in_treatment(cast, "key")
    late = listing.next_report_at + timedelta(hours=1)
    with clock.at(late):
        assert chasing.chase()["reports_missed"] == 1
        assert chasing.chase()["reports_missed"] == 0
    with clock.at(late + 31 * DAY):
        chasing.chase()
    listing.refresh_from_db()
    assert listing.missed_reports == 2
    assert Message.objects.filter(recipient=cast.safety, title__contains="未按期报告").exists()


def test_progress_reported_on_the_hazard_counts(cast):
    with clock.at(START):
        listing = in_treatment(cast)
    with clock.at(START + 5 * DAY):
        hazards.perform("report_progress", listing.hazard_id, cast.safety, text="已完成一半")
    with clock.at(listing.next_report_at + DAY):
        assert chasing.chase()["reports_missed"] == 0
    listing.refresh_from_db()
    assert listing.missed_reports == 0


def test_a_major_hazards_plan_is_filed_once(cast):
    with clock.at(START):
        hazard = confirmed(cast, "major", days=60)
        listing = approve(listings.propose(cast.officer, hazard.pk, reason="x"), cast.head)
        listings.perform("serve", listing.pk, cast.officer, receiver="张三")
        with pytest.raises(Refused, match="五到位"):
            listings.perform("file_plan", listing.pk, cast.safety, text="x")
        hazards.perform("file_plan", hazard.pk, cast.safety, finish_on=(START + 30 * DAY).date(), **PLAN)
        assert chasing.chase()["plans_taken"] == 1
    listing.refresh_from_db()
    assert listing.state == "treating"


def test_late_service_is_reminded_at_once_and_then_weekly(cast):
    with clock.at(START):
        approve(listings.propose(cast.officer, confirmed(cast).pk, reason="x"), cast.head)
    late = Message.objects.filter(recipient=cast.officer, title__startswith="督办通知书逾期未送达")
    for day, told in ((5, 1), (5, 1), (6, 1), (13, 2)):
        with clock.at(START + day * DAY):
            chasing.chase()
        assert late.count() == told


def test_proposals_lapse_when_the_hazard_is_settled(cast):
    with clock.at(START):
        hazard = confirmed(cast, "general", days=1)
        listings.propose(cast.officer, hazard.pk, reason="x")
        measures.propose(cast.officer, hazard.pk, kind="talk", reason="x")
        rectified(cast, hazard)
        assert chasing.chase()["lapsed"] == 2
    assert (Listing.objects.get().state, Measure.objects.get().state) == ("rejected", "declined")


def test_a_talk_is_decided_with_its_letter_and_recorded(cast):
    with clock.at(START):
        measure = measures.propose(cast.officer, confirmed(cast).pk, kind="talk", reason="拒不整改")
        with pytest.raises(Refused, match="约谈时间"):
            measures.perform("decide", measure.pk, cast.head, form="talk", opinion="同意", meet_at=START + 30 * DAY)
        measure = measures.perform(
            "decide", measure.pk, cast.head, form="talk", opinion="同意", meet_at=START + 3 * DAY
        )
        assert Letter.objects.get(kind="talk").number == "甲街安办约函〔2026〕1号"
        assert measures.perform("record", measure.pk, cast.officer, result="已约谈").state == "done"


def test_raising_a_listing_goes_one_tier_up(cast):
    with clock.at(START):
        listing = in_treatment(cast)
        measure = measures.propose(cast.officer, listing.hazard_id, kind="raise", reason="x")
        measures.perform("decide", measure.pk, cast.head, form="raise", opinion="同意")
    listing.refresh_from_db()
    assert listing.tier == "county"


def test_a_voided_letter_keeps_its_number(cast):
    typed = {"to_unit": cast.units["firm"], "title": "x", "matter": "x", "demand": "x", "kind": "assign"}
    with clock.at(START):
        first, second = (letters.draft(cast.officer, **typed) for _ in range(2))
        letters.perform("send", first.pk, cast.head)
        void = letters.perform("void", first.pk, cast.head, reason="内容有误")
        assert letters.perform("send", second.pk, cast.head).number.endswith("〕2号")
    assert (void.state, void.number) == ("void", "甲街安办交办〔2026〕1号")


def test_an_answer_is_returned_and_given_again(cast):
    with clock.at(START):
        letter = letters.draft(
            cast.officer,
            kind="assign",
            to_unit=cast.units["firm"],
            title="x",
            matter="x",
            demand="x",
            due_at=START + DAY,
        )
        letters.perform("send", letter.pk, cast.head)
        letters.perform("answer", letter.pk, cast.safety, text="办好了")
        letters.perform("return_answer", letter.pk, cast.officer, reason="无佐证")
        letters.perform("answer", letter.pk, cast.safety, text="补充佐证", files=[photo(cast.safety)])
        done = letters.perform("accept", letter.pk, cast.officer)
    assert (done.state, done.answers.count()) == ("done", 2)


def test_a_leaders_instruction_goes_out_at_once(cast):
    typed = {"to_unit": cast.units["village"], "title": "批示", "matter": "x", "demand": "x", "kind": "instruction"}
    assert letters.draft(cast.leader, **typed).state == "sent"
    with pytest.raises(Forbidden):
        letters.draft(cast.officer, **typed)


def test_late_answers_are_reminded_at_once_and_then_weekly(cast):
    with clock.at(START):
        letter = letters.draft(
            cast.officer,
            kind="assign",
            to_unit=cast.units["firm"],
            title="x",
            matter="x",
            demand="x",
            due_at=START + DAY,
        )
        letters.perform("send", letter.pk, cast.head)
    for day, reminded in ((2, 1), (2, 0), (5, 0), (9, 1)):
        with clock.at(START + day * DAY):
            assert chasing.chase()["letters"] == reminded
    assert Message.objects.filter(recipient=cast.safety, title__startswith="函件逾期").count() == 2
