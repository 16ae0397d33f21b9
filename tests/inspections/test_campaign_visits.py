"""A visit of a campaign uses the campaign's own checklist: on the page, over the API, on the phone, without signal too."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest

from common import clock
from hazards.models import CampaignMark, Hazard
from inspections import checklists
from inspections.models import Checklist, ChecklistItem, Inspection
from inspections.models.campaigns import Campaign
from inspections.transitions import campaigns
from tests.inspections.visiting import begun, checklist, find, finished

pytestmark = pytest.mark.django_db
OWN = "CL-01"


@pytest.fixture
def campaign(cast):
    """A campaign with the checklist for restaurants and the cast's firm on its list."""
    today = clock.today()
    found = campaigns.begin(
        cast.fresh("officer"), title="燃气安全专项整治", form=Campaign.Form.OTHER, categories=["重点", "一般"],
        checklist=Checklist.objects.get(code=OWN), starts_on=today, ends_on=today + timedelta(days=60), basis="",
    )  # fmt: skip
    campaigns.enter(
        cast.fresh("officer"), found.pk, unit=cast.units["firm"], name=cast.units["firm"].name, category="重点",
        responsible=cast.units["office"], deadline=today + timedelta(days=30),
    )  # fmt: skip
    return found


def test_the_campaigns_checklist_takes_the_place_of_another(cast, campaign):
    visit = begun(cast, campaign=campaign)
    assert visit.checklist.checklist.code == OWN
    assert visit.results.count() == visit.checklist.items.count()


def test_what_it_finds_is_marked_with_the_campaign(cast, campaign):
    visit = begun(cast, campaign=campaign)
    find(cast, visit, "officer", 2, level="general")
    finished(cast, visit, "officer")
    assert Hazard.objects.get().campaign == campaign.mark


def test_a_campaign_that_ended_meanwhile_holds_no_visit_up(cast, campaign):
    visit = begun(cast, campaign=campaign)
    find(cast, visit, "officer", 2, level="general")
    CampaignMark.objects.update(is_running=False)
    finished(cast, visit, "officer")
    assert Hazard.objects.get().campaign is None


def test_a_campaign_without_a_checklist_leaves_the_choice(cast, campaign):
    Campaign.objects.update(checklist=None)
    assert begun(cast, campaign=Campaign.objects.get()).checklist == checklist()


def test_the_page_begins_it_as_a_special_inspection_with_the_campaigns_checklist(cast, campaign, as_):
    officer, unit = as_("officer"), cast.units["firm"].pk
    page = officer.get(f"/inspections/visits/new/?unit={unit}&campaign={campaign.pk}")
    assert page.context["form"].initial["campaign"] == campaign
    sent = {"uid": uuid.uuid4(), "unit": "甲街道食品厂", "kind": "patrol", "mode": "daily", "campaign": campaign.pk}
    assert officer.post("/inspections/visits/new/", sent).status_code == 302
    visit = Inspection.objects.get()
    assert (visit.mode, visit.campaign, visit.checklist.checklist.code) == ("special", campaign, OWN)
    assert campaign.title in officer.get(visit.get_absolute_url()).content.decode()
    assert visit.unit.name in officer.get(f"/inspections/visits/?campaign={campaign.pk}").content.decode()


def test_the_api_begins_it_with_the_campaigns_checklist(cast, campaign, as_):
    sent = {"uid": str(uuid.uuid4()), "unit": cast.units["firm"].pk, "kind": "patrol", "mode": "special"}
    sent |= {"campaign": campaign.pk, "checklist": checklist().pk}
    answer = as_("officer").post("/api/v1/inspections/", json.dumps(sent), content_type="application/json")
    assert answer.status_code == 201
    assert answer.json()["campaign"] == campaign.pk
    assert Inspection.objects.get().checklist.checklist.code == OWN


def test_the_phone_takes_the_campaign_along_with_its_list_and_keeps_the_edition_it_left_with(cast, campaign, as_):
    officer = as_("officer")
    (told,) = officer.get("/field/pack/").json()["campaigns"]
    assert told["units"] == [cast.units["firm"].pk]
    taken = checklist(OWN)
    assert told["checklist"] == taken.pk
    checklists.publish(taken.checklist, [ChecklistItem(number=1, text="新的一项")])
    sent = {"unit": told["units"][0], "kind": "patrol", "mode": "special", "campaign": told["id"], "team": []}
    sent |= {"checklist": told["checklist"]}
    answer = officer.post(f"/field/visits/{uuid.uuid4()}/", json.dumps(sent), content_type="application/json")
    assert len(answer.json()["rows"]) == taken.items.count()
    assert Inspection.objects.get().checklist == taken


def test_an_ended_campaign_does_not_go_along(cast, campaign, as_):
    Campaign.objects.update(state=Campaign.State.CLOSED)
    assert as_("officer").get("/field/pack/").json()["campaigns"] == []
