"""What the ladder proposes is the offices' business until a person has decided; the enterprise sees nothing of it."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from common import clock
from hazards.models import Hazard
from hazards.transitions import perform
from messaging.models import Message
from supervision.models import Listing, Measure
from supervision.transitions import measures
from supervision.transitions.climb import escalate
from tests.supervision.world import DAY, START, confirmed

# Natural days after START on which a hazard due in 20 days takes a step.
DAYS = (13, 17, 19, 21, 27, 35, 50, 65, 80)
WORDS = ("约谈", "挂牌（挂账）建议", "曝光", "移送")
FIRM = ("safety", "principal")


@pytest.fixture
def climbed(cast):
    """A hazard that has climbed to the top, step by step, with nobody deciding anything."""
    hazard = confirmed(cast)
    for day in DAYS:
        with clock.at(START + day * DAY + timedelta(minutes=1)):
            escalate()
    hazard.refresh_from_db()
    assert hazard.ladder_step == "publish"
    return hazard


def page(as_, who, address):
    response = as_(who).get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", FIRM)
@pytest.mark.parametrize("tail", ["", "dossier/"])
def test_the_pages_of_the_hazard_tell_the_enterprise_nothing(as_, climbed, who, tail):
    text = page(as_, who, f"/hazards/{climbed.pk}/{tail}")
    assert not [word for word in WORDS if word in text]
    assert "列入通报" in text


@pytest.mark.parametrize("tail", ["", "dossier/"])
def test_the_offices_and_the_village_see_every_step(as_, climbed, tail):
    for who in ("officer", "department", "grid", "leader"):
        assert "约谈建议" in page(as_, who, f"/hazards/{climbed.pk}/{tail}")


@pytest.mark.parametrize("who", FIRM)
def test_the_lists_stop_at_the_last_step_the_enterprise_was_told_of(as_, climbed, who):
    assert "列入通报" in page(as_, who, "/hazards/")
    rows = as_(who).get("/hazards/?ladder=publish&ladder=talk").context["page_obj"].object_list
    assert list(rows) == []
    assert len(as_(who).get("/hazards/?ladder=notice").context["page_obj"].object_list) == 1
    assert len(as_("officer").get("/hazards/?ladder=publish").context["page_obj"].object_list) == 1


def test_the_file_of_the_list_says_no_more_than_the_page(as_, climbed):
    response = as_("safety").get("/hazards/?export=xlsx&col=number&col=ladder")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [cell.value for cell in list(sheet.rows)[-1]][1] == "列入通报"


def test_the_api_says_no_more_than_the_page(as_, climbed):
    row = as_("safety").get("/api/v1/hazards/").json()["results"][0]
    events = as_("safety").get(f"/api/v1/hazards/{climbed.pk}/events/").json()
    assert row["ladder_step"] == "notice"
    assert [event["data"]["step"] for event in events if event["action"] == "ladder"][-1] == "notice"
    assert as_("officer").get("/api/v1/hazards/").json()["results"][0]["ladder_step"] == "publish"


@pytest.mark.parametrize("address", ["/api/v1/measures/", "/api/v1/listings/"])
def test_the_api_lists_no_proposals_to_the_enterprise(as_, climbed, address):
    assert as_("safety").get(address).json()["results"] == []
    assert as_("officer").get(address).json()["results"] != []


def test_records_of_proposals_do_not_exist_for_the_enterprise(as_, climbed):
    for record in (*Measure.objects.all(), *Listing.objects.all()):
        assert as_("principal").get(record.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("who", FIRM)
def test_no_message_tells_the_enterprise(cast, climbed, who):
    titles = list(Message.objects.filter(recipient=cast.people[who]).values_list("title", "body"))
    assert titles
    assert not [title for title in titles if any(word in "".join(title) for word in WORDS)]


@pytest.mark.parametrize(
    "address", ["/workbench/", "/supervision/", "/search/?q=成型车间", "/messages/", "/enterprises/{unit}/"]
)
def test_no_other_page_tells_the_enterprise(as_, climbed, address):
    text = page(as_, "safety", address.format(unit=climbed.unit_id))
    assert not [word for word in ("约谈建议", "挂牌（挂账）建议", "曝光移送建议", "待决定") if word in text]


def test_the_board_has_no_columns_of_proposals_for_the_enterprise(as_, climbed):
    columns = as_("safety").get("/supervision/").context["columns"]
    assert [(column.key, column.count) for column in columns if column.count] == [("notice", 1)]
    assert {column.key for column in columns} == {"remind", "overdue", "urge", "notice"}


def test_a_stale_form_does_not_name_the_proposal(as_, cast, climbed):
    form = {"text": "已完成一半", "version": climbed.version - 1, "once": ""}
    response = as_("safety").post(f"/hazards/{climbed.pk}/actions/report_progress/", form)
    assert response.status_code == 409
    assert "曝光" not in response.content.decode()


def test_after_downtime_what_was_merged_into_a_proposal_stays_hidden_too(as_, cast):
    hazard = confirmed(cast)
    with clock.at(START + 51 * DAY):
        escalate()
    hazard.refresh_from_db()
    assert (hazard.ladder_step, hazard.told_step) == ("talk", "")
    assert "尚未触发任何步骤" in page(as_, "safety", f"/hazards/{hazard.pk}/")


def test_once_decided_the_enterprise_knows(as_, cast, climbed):
    talk = Measure.objects.get(hazard=climbed, kind="talk")
    with clock.at(START + 82 * DAY):
        values = {"form": "talk", "opinion": "同意约谈", "meet_at": clock.now() + timedelta(days=2)}
        measures.perform("decide", talk.pk, cast.head, **values)
    assert "约谈" in page(as_, "safety", f"/hazards/{climbed.pk}/")
    assert page(as_, "safety", talk.get_absolute_url())


def test_the_summons_names_the_hazard_once_and_the_ground_once(cast, climbed):
    talk = Measure.objects.get(hazard=climbed, kind="talk")
    values = {"form": "talk", "opinion": "同意约谈", "meet_at": clock.now() + timedelta(days=2)}
    letter = measures.perform("decide", talk.pk, cast.head, **values).letter
    assert climbed.number in letter.matter
    assert talk.reason not in letter.matter
    assert letter.why == talk.reason


def test_once_declined_the_enterprise_never_knows(as_, cast, climbed):
    for measure in Measure.objects.filter(hazard=climbed):
        measures.perform("decline", measure.pk, cast.head, reason="已口头督促")
    text = page(as_, "safety", f"/hazards/{climbed.pk}/")
    assert not [word for word in (*WORDS, "已口头督促") if word in text]


def test_a_new_deadline_forgets_what_was_told(cast, climbed):
    perform("correct_deadline", climbed.pk, cast.head, due=clock.today() + timedelta(days=9), reason="录入差错")
    assert Hazard.objects.get(pk=climbed.pk).told_step == ""
