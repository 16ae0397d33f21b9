"""A hazard carries the 专项整治 it was found in."""

from __future__ import annotations

import pytest

from common import clock
from common.errors import Refused
from hazards import transitions
from hazards.models import Hazard
from hazards.transitions import campaigns
from tests.hazards.builders import campaign_mark, hazard_in

WORDS = {"description": "安全出口上锁", "no_photo_reason": "夜间发现"}


def marked(cast, hazard, mark, **values):
    return transitions.perform("mark_campaign", hazard.pk, cast.officer, campaign=mark, **values)


def test_marking_wakes_the_ladder_and_moves_no_deadline(cast):
    hazard, mark = hazard_in(cast, "rectifying"), campaign_mark(cast)
    after = marked(cast, hazard, mark)
    assert (after.campaign, after.due_at, after.deadline_no) == (mark, hazard.due_at, hazard.deadline_no)
    assert after.next_step_at is not None
    event = after.events.get()
    assert (event.action, event.data["campaign_before"], event.data["campaign"]) == ("mark_campaign", "", mark.title)


def test_a_closed_hazard_is_marked_without_waking_anything(cast):
    assert marked(cast, hazard_in(cast, "closed"), campaign_mark(cast)).next_step_at is None


@pytest.mark.parametrize("owner", ["rival_office", "village"])
def test_a_campaign_that_does_not_reach_the_hazard_is_refused(cast, owner):
    elsewhere = campaign_mark(cast, owner)
    area = cast.units["neighbour" if owner == "village" else "firm"].area_path
    with pytest.raises(Refused) as refusal:
        marked(cast, hazard_in(cast, "reported", area_path=area), elsewhere)
    assert "范围不包括" in refusal.value.fields["campaign"]


def test_a_campaign_that_has_ended_takes_no_more_hazards(cast):
    mark = campaign_mark(cast)
    campaigns.end(mark.pk)
    mark.refresh_from_db()
    with pytest.raises(Refused, match="已结束"):
        marked(cast, hazard_in(cast, "reported"), mark)
    with pytest.raises(Refused, match="已结束"):
        transitions.report(cast.officer, unit=cast.units["firm"], campaign=mark, **WORDS)


def test_a_mark_is_changed_or_taken_off_with_a_reason_only(cast):
    first, second, hazard = campaign_mark(cast), campaign_mark(cast), hazard_in(cast, "reported")
    marked(cast, hazard, first)
    for other in (second, None):
        with pytest.raises(Refused) as refusal:
            marked(cast, hazard, other)
        assert "reason" in refusal.value.fields
    assert marked(cast, hazard, None, reason="不属于该专项").campaign is None


def test_marking_with_nothing_or_with_the_same_again_is_refused(cast):
    mark, hazard = campaign_mark(cast), hazard_in(cast, "reported")
    with pytest.raises(Refused, match="请选择专项整治"):
        marked(cast, hazard, None)
    marked(cast, hazard, mark)
    with pytest.raises(Refused, match="已归入"):
        marked(cast, hazard, mark)


def test_a_report_made_for_a_campaign_carries_it_to_page_ledger_and_export(as_, cast):
    mark = campaign_mark(cast)
    typed = {"unit": cast.units["firm"].name, "level": "general", "category": "fire", "channel": "inspection",
             "found_on": str(clock.today()), "campaign": mark.pk, **WORDS}  # fmt: skip
    assert as_("officer").post("/hazards/new/", typed).status_code == 302
    hazard = Hazard.objects.get(campaign=mark)
    hazard_in(cast, "reported")
    assert mark.title in as_("officer").get(f"/hazards/{hazard.pk}/").content.decode()
    rows = as_("officer").get(f"/hazards/?campaign={mark.pk}").context["ledger"].rows
    assert [row.id for row in rows] == [hazard.pk]


def test_the_report_of_an_enterprise_offers_no_campaign_and_takes_none(as_, cast):
    mark = campaign_mark(cast)
    assert 'name="campaign"' not in as_("safety").get("/hazards/new/").content.decode()
    answer = as_("safety").post("/api/v1/hazards/", {**WORDS, "campaign": mark.pk}, content_type="application/json")
    assert answer.status_code == 400


def test_the_form_is_filled_from_the_campaign_that_opened_it(as_, cast):
    mark = campaign_mark(cast)
    page = as_("officer").get(f"/hazards/new/?campaign={mark.pk}").content.decode()
    assert f'<option value="{mark.pk}" selected>' in page


def test_the_action_is_offered_only_where_a_campaign_reaches_the_hazard(as_, cast):
    hazard = hazard_in(cast, "reported")
    button = f"/hazards/{hazard.pk}/actions/mark_campaign/"
    assert button not in as_("officer").get(f"/hazards/{hazard.pk}/").content.decode()
    mark = campaign_mark(cast)
    assert button in as_("officer").get(f"/hazards/{hazard.pk}/").content.decode()
    page = as_("officer").get(button).content.decode()
    assert mark.title in page
    assert as_("officer").post(button, {"campaign": mark.pk}).status_code == 302
    assert Hazard.objects.get(pk=hazard.pk).campaign == mark
