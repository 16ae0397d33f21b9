"""Meetings: called, held, confirmed, decisions handed on as tasks, counted for the duties."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client

from common import clock
from common.errors import Forbidden, NotInScope, Refused, RuleError, WrongState
from common.papers import render_docx
from messaging.models import Message
from tasks.minutes import minutes_paper
from tasks.models import Assignment, Meeting, Plan
from tasks.transitions import meetings
from tasks.transitions.meetings import DecisionData
from tests.cast import Cast, build_cast
from tests.tasks.given import NOON, in_august, standing

__all__ = ["in_august"]
pytestmark = pytest.mark.usefixtures("in_august")
AT = datetime(2026, 8, 18, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
S = Meeting.State
OFFICE, DECIDERS = {"officer", "head"}, {"head", "leader"}
# Written out independently of RULES: action → (states, people who may).
TABLE = {
    "edit": ({"planned"}, OFFICE),
    "hold": ({"planned"}, OFFICE),
    "amend": ({"held"}, OFFICE),
    "confirm": ({"held"}, DECIDERS),
    "return_minutes": ({"held"}, DECIDERS),
    "hand_on": ({"confirmed"}, OFFICE),
    "cancel": ({"planned"}, OFFICE),
}


def called(cast: Cast, **more: Any) -> Meeting:
    values: dict[str, Any] = {
        "kind": "expanded", "title": "第三季度安委会扩大会议", "starts_at": AT, "agenda": "一、研判形势", "chair": "主任",
        "units": [cast.units["department"], cast.units["village"]], "people": [cast.people["leader"]],
    }  # fmt: skip
    return meetings.call(cast.fresh("officer"), **values | more)


def held(cast: Cast, **more: Any) -> Meeting:
    meeting = called(cast)
    rows = {row.unit_id: row.pk for row in meeting.attendance.filter(person=None)}
    decisions = [
        DecisionData("开展燃气排查", cast.units["village"], date(2026, 9, 30)),
        DecisionData("加强值班值守"),
    ]
    values: dict[str, Any] = {
        "minutes": "会议研判了形势。", "present": [rows[cast.units["department"].pk]],
        "excused": [rows[cast.units["village"].pk]], "decisions": decisions,
    }  # fmt: skip
    return meetings.perform("hold", meeting.pk, cast.fresh("officer"), **values | more)


def confirmed(cast: Cast) -> Meeting:
    return meetings.perform("confirm", held(cast).pk, cast.fresh("head"))


def test_the_table_is_the_designs(cast: Cast) -> None:
    assert set(meetings.RULES) == set(TABLE)


@pytest.mark.parametrize("state", S)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast: Cast, state: str) -> None:
    meeting = called(cast)
    meeting.state = state
    for name in cast.people:
        expected = {action for action, (states, people) in TABLE.items() if state in states and name in people}
        assert set(meetings.LIFECYCLE.allowed(meeting, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", TABLE)
def test_perform_refuses_every_other_state_and_person_and_writes_nothing(cast: Cast, action: str) -> None:
    meeting = called(cast)
    events = meeting.events.count()
    for state in S:
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
        states, people = TABLE[action]
        wrong = cast.people if state not in states else set(cast.people) - people
        for name in wrong:
            with pytest.raises(WrongState if state not in states else Forbidden):
                meetings.perform(action, meeting.pk, cast.people[name])
    assert meeting.events.count() == events


def test_those_called_are_told_while_the_meeting_lies_ahead(cast: Cast) -> None:
    called(cast)
    assert not Message.objects.filter(kind="tasks.meeting").exists()
    called(cast, starts_at=NOON + timedelta(days=2))
    told = Message.objects.filter(kind="tasks.meeting").values_list("recipient__username", flat=True)
    assert set(told) == {"department", "second", "grid", "leader"}


def test_a_meeting_counts_once_it_was_held(cast: Cast) -> None:
    called(cast)
    assert not standing_or_none("expanded-meeting")
    held(cast)
    assert standing("expanded-meeting").done == 1


def standing_or_none(code: str) -> bool:
    from tasks.models import DutyStanding

    return DutyStanding.objects.filter(code=code, done__gt=0).exists()


def test_who_was_neither_there_nor_excused_was_absent(cast: Cast) -> None:
    rows = held(cast).attendance.values_list("person__username", "unit__name", "presence")
    assert {(person or unit): presence for person, unit, presence in rows} == {
        "甲街道应急管理综合服务中心": "present",
        "甲村": "excused",
        "leader": "absent",
    }


@pytest.mark.parametrize(
    ("more", "text"),
    [({"minutes": " "}, "请填写会议纪要"), ({"present": []}, "到会"), ({"decisions": [DecisionData(" ")]}, "议定事项")],
)
def test_minutes_without_substance_are_refused(cast: Cast, more: dict[str, Any], text: str) -> None:
    with pytest.raises(Refused, match=text):
        held(cast, **more)


def test_a_meeting_ahead_has_no_minutes(cast: Cast) -> None:
    meeting = called(cast, starts_at=NOON + timedelta(days=2))
    with pytest.raises(Refused, match="尚未召开"):
        meetings.perform("hold", meeting.pk, cast.fresh("officer"), minutes="开了", present=[1])


def test_nobody_confirms_the_minutes_they_wrote(cast: Cast) -> None:
    meeting = called(cast)
    present = list(meeting.attendance.values_list("pk", flat=True))
    meetings.perform("hold", meeting.pk, cast.fresh("head"), minutes="开了", present=present)
    with pytest.raises(Forbidden, match="拟稿"):
        meetings.perform("confirm", meeting.pk, cast.fresh("head"))
    assert meetings.perform("confirm", meeting.pk, cast.fresh("leader")).state == S.CONFIRMED


def test_decisions_become_tasks_of_their_units_once(cast: Cast) -> None:
    meeting = confirmed(cast)
    meetings.perform("hand_on", meeting.pk, cast.fresh("officer"))
    part = Assignment.objects.get()
    assert (part.unit, clock.local(part.due_at).date()) == (cast.units["village"], date(2026, 9, 30))
    assert Plan.objects.get().source == Plan.Source.MEETING
    assert [decision.task is not None for decision in meeting.decisions.all()] == [True, False]
    with pytest.raises(Refused, match="没有待交办"):
        meetings.perform("hand_on", meeting.pk, cast.fresh("officer"))


def test_a_unit_out_of_reach_cannot_be_called(cast: Cast) -> None:
    with pytest.raises(NotInScope):
        called(cast, units=[cast.units["rival_village"]])


def test_departments_and_villages_see_the_meetings_they_were_called_to(cast: Cast) -> None:
    called(cast, units=[cast.units["village"]])
    assert Meeting.objects.for_user(cast.fresh("grid")).count() == 1
    assert not Meeting.objects.for_user(cast.fresh("department")).exists()
    assert not Meeting.objects.for_user(cast.fresh("rival_officer")).exists()


def test_the_paper_names_who_came_and_what_was_decided(cast: Cast) -> None:
    paper = minutes_paper(held(cast))
    text = " ".join(str(block) for block in paper.blocks)
    assert "出席：甲街道应急管理综合服务中心" in text
    assert "开展燃气排查" in text
    assert (paper.mark, len(render_docx(paper)) > 5000) == ("草稿", True)


def test_the_page_takes_minutes_with_decisions_and_keeps_what_was_typed(
    as_: Callable[[str], Client], cast: Cast
) -> None:
    meeting = called(cast)
    typed = {
        "minutes": "研判形势",
        "present": [meeting.attendance.all()[0].pk],
        "unit_1": "甲村",
        "due_1": "2026-09-30",
    }
    address = f"/meetings/{meeting.pk}/hold/"
    refused = as_("officer").post(address, typed)
    assert (refused.status_code, "请写明议定事项" in refused.content.decode()) == (422, True)
    assert "研判形势" in refused.content.decode()
    assert as_("officer").post(address, typed | {"decision_1": "排查燃气"}).status_code == 302
    assert meeting.decisions.get().unit == cast.units["village"]
    page = as_("grid").get(f"/meetings/{meeting.pk}/").content.decode()
    assert "排查燃气" in page
    assert as_("grid").get(f"/meetings/{meeting.pk}/paper.docx").status_code == 200


def test_the_list_shows_how_many_came(as_: Callable[[str], Client], cast: Cast) -> None:
    held(cast)
    text = b"".join(as_("officer").get("/meetings/?export=csv").streaming_content).decode("utf-8-sig")
    assert "第三季度安委会扩大会议,安委会扩大会议,纪要待审签,1/3,2,0" in text


@pytest.mark.django_db(transaction=True)
def test_five_clicks_at_once_hand_the_decisions_on_once() -> None:
    cast = build_cast()
    meeting = confirmed(cast)
    barrier, refused = threading.Barrier(5), []

    def click() -> None:
        barrier.wait()
        try:
            with clock.at(NOON):
                meetings.perform("hand_on", meeting.pk, cast.fresh("officer"), meeting.version)
        except RuleError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(refused), Assignment.objects.count(), Plan.objects.count()) == (4, 1, 1)
    assert meeting.events.filter(action="hand_on").count() == 1
