"""Measures of every form: proposed, decided by another, recorded with minutes, followed up, and run out."""

from __future__ import annotations

import pytest
from django.urls import reverse

from common import clock
from common.errors import Forbidden, NotInScope, Refused
from messaging.models import Message
from supervision.models import Measure
from supervision.transitions import chasing, letters, listings, measures
from supervision.transitions.climb import escalate
from tests.supervision.world import DAY, START, confirmed, photo

FORMS = ("warn", "expose", "account", "criticise", "yellow", "review", "stop", "cancel")
RESULT = {
    "result": "已当面告知，责令三日内整改",
    "attendees": "王五、李四",
    "document": "警示通知书1号",
    "follow_up_by": (START + 9 * DAY).date(),
    "expires_at": (START + 90 * DAY).date(),
}


def decided(cast, form: str, **more) -> Measure:
    with clock.at(START):
        made = measures.propose(cast.officer, confirmed(cast).pk, kind="publish", reason="逾期60日未整改")
        return measures.perform("decide", made.pk, cast.head, form=form, opinion="同意", **more)


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_recorded_followed_up_and_runs_out(cast, form):
    made = decided(cast, form)
    with clock.at(START + DAY):
        done = measures.perform("record", made.pk, cast.officer, files=[photo(cast.officer)], **RESULT)
        assert (done.state, done.is_in_effect, done.owes_follow_up) == ("done", True, True)
        assert (done.result, done.attendees, done.attachments.count()) == (RESULT["result"], "王五、李四", 1)
    with clock.at(START + 10 * DAY):
        assert chasing.chase()["follow_ups"] == 1
        followed = measures.perform("follow_up", made.pk, cast.officer, text="已落实")
        assert not followed.owes_follow_up
    with clock.at(START + 91 * DAY):
        assert not Measure.objects.in_effect().exists()
        assert [chasing.chase()["expired"], chasing.chase()["expired"]] == [1, 0]
    assert Message.objects.filter(recipient=cast.officer, title__startswith="措施期满").count() == 1


def test_what_ran_out_long_ago_is_not_told_of(cast):
    made = decided(cast, "yellow")
    with clock.at(START + DAY):
        measures.perform("record", made.pk, cast.officer, **RESULT)
    with clock.at(START + 200 * DAY):
        assert chasing.chase()["expired"] == 0


def test_a_measure_against_a_unit_names_no_hazard(cast, as_):
    address = reverse("measure-propose-unit", args=[cast.units["firm"].pk])
    assert address in as_("officer").get(cast.units["firm"].get_absolute_url()).content.decode()
    assert as_("officer").post(address, {"reason": " "}).status_code == 422
    assert as_("officer").post(address, {"reason": "三次检查均未设专职安全员"}).status_code == 302
    made = Measure.objects.get()
    assert (made.kind, made.hazard, made.unit) == ("unit", None, cast.units["firm"])
    with pytest.raises(Refused, match="已有待决定"):
        measures.propose_unit(cast.officer, made.unit_id, reason="x")
    with pytest.raises(Forbidden):
        measures.perform("decide", made.pk, cast.fresh("officer"), form="cancel", opinion="同意")
    with clock.at(START):
        assert (
            measures.perform("decide", made.pk, cast.head, form="cancel", opinion="取消本年度评优资格").form == "cancel"
        )


def test_nobody_proposes_against_a_unit_of_another_street(cast):
    with pytest.raises(NotInScope):
        measures.propose_unit(cast.fresh("rival_officer"), cast.units["firm"].pk, reason="x")


def test_an_overdue_listing_is_raised_one_level_when_a_person_agrees(cast):
    hazard = confirmed(cast, days=5)
    with clock.at(START):
        made = listings.propose(cast.officer, hazard.pk, reason="久拖不改")
        listing = listings.perform("approve", made.pk, cast.head, leader="王五", waiver="急")
    with clock.at(listing.finish_by + 46 * DAY):
        escalate()
        raised = Measure.objects.get(kind="raise")
        assert "已逾期" in raised.reason
        measures.perform("decide", raised.pk, cast.leader, form="raise", opinion="同意提级")
    listing.refresh_from_db()
    assert listing.tier == "county"
    assert "由街道级提为县（市、区）级督办" in listing.events.get(action="raise_tier").note
    assert Message.objects.filter(recipient=cast.safety, title__startswith="已提级督办").exists()


def test_letters_without_a_hazard_form_a_chain_too(cast, as_):
    typed = {
        "title": "交办单",
        "matter": "x",
        "demand": "x",
        "due_at": clock.now() + 5 * DAY,
        "to_unit": cast.units["firm"],
    }
    first = letters.draft(cast.officer, kind="assign", **typed)
    letters.perform("send", first.pk, cast.head)
    page = as_("officer").get(f"{reverse('letter-new')}?after={first.pk}").content.decode()
    assert "要求的事项至今未办结" in page
    sent = {
        "kind": "urge",
        "to_unit": cast.units["firm"].name,
        "title": "督促函",
        "matter": "至今未办结",
        "demand": "请办理",
    }
    answer = as_("officer").post(f"{reverse('letter-new')}?after={first.pk}", sent)
    assert answer.status_code == 302
    shown = as_("officer").get(answer.url).content.decode()
    assert "函件往来" in shown
    first.refresh_from_db()
    assert f"承接{first.number}" in as_("officer").get(first.get_absolute_url()).content.decode()
