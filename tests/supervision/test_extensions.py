"""Extensions: windows as policy, also of listed hazards, decided in time, and silence that goes upward."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from common import clock
from common.errors import Forbidden, Refused
from common.models import TimeLimit
from hazards import transitions as hazards
from hazards.models import HazardEvent
from messaging.models import Message
from supervision.transitions import chasing, listings
from tests.supervision.world import DAY, START, confirmed, restore_ladder
from units.models import Membership

ASKED = START + 5 * DAY  # a Sunday: five working days end on Friday the 11th, two more on Tuesday the 15th
LATE, LATER, LATEST = START + 11 * DAY, START + 15 * DAY, START + 40 * DAY


def ask(cast, hazard, at=ASKED):
    with clock.at(at):
        typed = {"due": START + 60 * DAY, "reason": "配件未到", "protection": "专人看守"}
        hazards.perform("request_extension", hazard.pk, cast.safety, **typed)
    return hazard.extensions.get()


def chased(at) -> int:
    with clock.at(at):
        return chasing.chase()["extensions"]


def listed(cast, days: int = 30):
    """A 重点 hazard under 挂账督办 since `START`."""
    hazard = confirmed(cast, days=days)
    with clock.at(START):
        made = listings.propose(cast.officer, hazard.pk, reason="久拖不改")
        listings.perform("approve", made.pk, cast.head, leader="王五", waiver="急")
    hazard.refresh_from_db()
    return hazard


def told(person, words: str):
    return Message.objects.filter(recipient=person, title__startswith=words)


def test_a_request_in_time_stays_with_whom_it_was_put_to(cast):
    ask(cast, confirmed(cast))
    assert chased(ASKED + 3 * DAY) == 0


def test_silence_carries_a_request_to_the_head_with_event_and_message(cast):
    row = ask(cast, hazard := confirmed(cast))
    assert [chased(LATE), chased(LATE)] == [1, 0]
    row.refresh_from_db()
    event = hazard.events.get(action="raise_extension")
    assert row.decider == "head"
    assert "监管部门或安委办未作决定，报安委办负责人审批" in event.note
    message = told(cast.head, "延期申请逾期未批，请审批").get()
    assert message.urgent
    assert "应于2026年9月11日" in message.why
    assert {told(person, "延期申请逾期未批，已报上一级").count() for person in (cast.department, cast.safety)} == {1}


def test_who_was_silent_no_longer_decides_and_the_head_does(cast):
    ask(cast, hazard := confirmed(cast))
    chased(LATE)
    with clock.at(LATE):
        with pytest.raises(Forbidden):
            hazards.perform("grant_extension", hazard.pk, cast.fresh("department"))
        assert "grant_extension" not in hazards.allowed_actions(hazard, cast.fresh("officer"))
        hazards.perform("grant_extension", hazard.pk, cast.fresh("head"))
    assert hazard.extensions.get().state == "granted"


def test_it_climbs_on_to_the_leader_who_decides_on_the_workbench(cast, as_):
    ask(cast, hazard := confirmed(cast))
    assert (chased(LATE), chased(LATER)) == (1, 1)
    with clock.at(LATER):
        groups = {group.key for group in as_("leader").get("/workbench/").context["groups"]}
        assert "extension" in groups
        assert as_("leader").get(f"/hazards/{hazard.pk}/actions/grant_extension/").status_code == 200
        hazards.perform("refuse_extension", hazard.pk, cast.fresh("leader"), reason="理由不充分")
    assert hazard.extensions.get().decided_by == cast.leader


def test_above_the_leader_it_waits_and_is_reminded_of_weekly(cast):
    ask(cast, hazard := confirmed(cast))
    assert [chased(day) for day in (LATE, LATER, LATEST, LATEST + DAY)] == [1, 1, 1, 0]
    assert "上级没有可审批的人员" in hazard.events.filter(action="raise_extension").last().note
    for days, count in ((0, 1), (1, 1), (8, 2)):
        chased(LATEST + days * DAY)
        assert told(cast.leader, "延期申请逾期未批：").count() == count


def test_a_level_at_which_nobody_serves_is_passed_over(cast):
    Membership.objects.filter(user=cast.head).delete()
    row = ask(cast, confirmed(cast))
    chased(LATE)
    row.refresh_from_db()
    assert row.decider == "leader"


def test_of_a_listed_hazard_only_the_head_decides_and_then_the_leader(cast):
    row = ask(cast, hazard := listed(cast))
    with clock.at(ASKED), pytest.raises(Forbidden):
        hazards.perform("grant_extension", hazard.pk, cast.fresh("department"))
    assert clock.local(row.decide_by).date().isoformat() == "2026-09-18"  # ten working days, as the listing rule says
    assert chased(START + 18 * DAY) == 1
    row.refresh_from_db()
    assert row.decider == "leader"


@pytest.mark.parametrize(("listed_as", "accepted"), [("key", False), ("", True)])
def test_the_window_of_listed_hazards_is_a_policy_of_its_own(cast, listed_as, accepted):
    TimeLimit.objects.create(
        key="extension.listed.closes", value=30, unit="natural", basis="x", effective_from=START.date()
    )
    hazard = listed(cast) if listed_as else confirmed(cast, days=30)
    if accepted:
        assert ask(cast, hazard, START + 6 * DAY).state == "pending"
    else:
        with pytest.raises(Refused, match="之间提出"):
            ask(cast, hazard, START + 6 * DAY)


def test_a_decided_request_climbs_no_more(cast):
    ask(cast, hazard := confirmed(cast))
    with clock.at(ASKED):
        hazards.perform("refuse_extension", hazard.pk, cast.department, reason="x")
    assert chased(LATE) == 0


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_carries_it_up(cast):
    restore_ladder()
    ask(cast, hazard := confirmed(cast))

    def work(place: int) -> int:
        try:
            with clock.at(LATE):
                return chasing.climb_extensions()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 1
    assert HazardEvent.objects.filter(hazard=hazard, action="raise_extension").count() == 1


def test_the_form_of_a_decided_request_is_on_the_page_of_its_hazard(cast, as_):
    asked = ask(cast, hazard := confirmed(cast))
    form = f"/supervision/extensions/{asked.pk}/form.pdf"
    with clock.at(ASKED):
        assert form not in as_("safety").get(f"/hazards/{hazard.pk}/").content.decode()
        hazards.perform("refuse_extension", hazard.pk, cast.department, reason="x")
        assert form in as_("safety").get(f"/hazards/{hazard.pk}/").content.decode()
        assert as_("safety").get(form)["Content-Type"] == "application/pdf"


def test_the_page_of_a_hazard_says_what_comes_next_and_to_the_enterprise_not(cast, as_):
    hazard = confirmed(cast, days=20)
    with clock.at(START):
        shown = [as_(who).get(f"/hazards/{hazard.pk}/").content.decode() for who in ("officer", "safety")]
    assert ["到期提醒（首次）" in page for page in shown] == [True, False]
