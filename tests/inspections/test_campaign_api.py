"""专项整治 over the API: begun, read, filled by hand and from a sheet, ended; and the hazards found in it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common import clock
from hazards import transitions as hazards
from hazards.models import CampaignMark
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.transitions import campaigns
from tests.hazards.builders import hazard_in
from tests.inspections.planning import campaign, campaign_object

BASE, OBJECTS = "/api/v1/campaigns/", "/api/v1/campaign-objects/"
SHEET = "对象名称,分类,完成时限\n石料厂,改造升级,2099-12-31\n砂场,停一停,2099-12-31\n"


def send(client, address, values):
    return client.post(address, values, content_type="application/json")


def asked(**fields):
    today = clock.today()
    ends = today + timedelta(days=90)
    return {"title": "百日攻坚", "form": "scattered", "starts_on": str(today), "ends_on": str(ends), **fields}


def test_a_campaign_is_begun_with_the_categories_of_its_form(as_, cast):
    answer = send(as_("officer"), BASE, asked())
    assert (answer.status_code, answer.json()["categories"]) == (201, ["关停取缔", "搬迁入园", "规范改造"])
    begun = Campaign.objects.get(title="百日攻坚")
    assert (begun.pk, begun.mark.pk, begun.mark.title) == (answer.json()["id"], begun.pk, "百日攻坚")


def test_dates_that_cannot_be_and_a_name_twice_are_refused_at_their_field(as_, cast):
    client = as_("officer")
    assert "ends_on" in send(client, BASE, asked(ends_on="2000-01-01")).json()["fields"]
    send(client, BASE, asked())
    again = send(client, BASE, asked())
    assert (again.status_code, "title" in again.json()["fields"]) == (422, True)
    assert (Campaign.objects.count(), CampaignMark.objects.count()) == (1, 1)


def test_one_campaign_tells_its_progress(as_, cast):
    found = campaign_object(cast)
    campaign_object(cast, found.campaign, name="砂场")
    campaigns.perform("finish", found.pk, cast.fresh("department"), progress="已拆除", done_on=clock.today())
    answer = as_("officer").get(f"{BASE}{found.campaign_id}/").json()
    assert (answer["total"], answer["done"], answer["late"]) == (2, 1, 0)


def test_an_object_entered_takes_the_leading_unit_and_the_last_day_where_none_is_named(as_, cast):
    led = campaign(cast)
    values = {"campaign": led.pk, "name": "石料厂", "category": "改造升级"}
    answer = send(as_("officer"), OBJECTS, values)
    assert answer.status_code == 201
    found = CampaignObject.objects.get()
    assert (found.responsible, found.deadline) == (led.owner, led.ends_on)
    assert send(as_("officer"), OBJECTS, values).json()["fields"]["name"] == "该对象已在台账中。"
    assert send(as_("officer"), OBJECTS, {**values, "category": "别的"}).status_code == 422


def test_a_sheet_sent_over_the_api_answers_the_faults_by_row(as_, cast):
    led, client = campaign(cast), as_("officer")
    answer = client.post(f"{BASE}{led.pk}/import/", {"file": SimpleUploadedFile("台账.csv", SHEET.encode())}).json()
    assert (answer["rows"], answer["accepted"], [fault["row"] for fault in answer["rejected"]]) == (2, 1, [3])
    unreadable = client.post(f"{BASE}{led.pk}/import/", {"file": SimpleUploadedFile("a.csv", b"x")})
    assert (unreadable.status_code, "file" in unreadable.json()["fields"]) == (422, True)


@pytest.mark.parametrize("tail", ["import/", "actions/close/"])
def test_only_who_leads_imports_and_ends(as_, cast, tail):
    found = campaign_object(cast)
    assert as_("department").post(f"{BASE}{found.campaign_id}/{tail}").status_code == 403
    assert as_("rival_officer").post(f"{BASE}{found.campaign_id}/{tail}").status_code == 404


def test_an_ended_campaign_takes_no_more_hazards(as_, cast):
    found, client = campaign_object(cast), as_("officer")
    address = f"{BASE}{found.campaign_id}/actions/close/"
    assert send(client, address, {}).status_code == 422
    campaigns.perform("remove", found.pk, cast.fresh("officer"), reason="重复")
    assert send(client, address, {}).json()["state"] == "closed"
    assert not CampaignMark.objects.get(pk=found.campaign_id).is_running


def test_what_was_found_in_a_campaign_stands_on_its_page_and_opens_as_a_list(as_, cast):
    led, client = campaign(cast), as_("officer")
    inside, closed = hazard_in(cast, "rectifying"), hazard_in(cast, "closed")
    hazard_in(cast, "reported")
    for hazard in (inside, closed):
        address = f"/api/v1/hazards/{hazard.pk}/actions/mark_campaign/"
        assert send(client, address, {"campaign": led.pk}).json()["campaign"] == led.pk
    page = client.get(reverse("campaign", args=[led.pk]))
    figures = {figure.label: figure for figure in page.context["ledger"].figures}
    assert (figures["发现隐患"].value, figures["未销号隐患"].value) == (2, 1)
    for label, expected in (("发现隐患", {inside.pk, closed.pk}), ("未销号隐患", {inside.pk})):
        assert {row.id for row in client.get(figures[label].url).context["ledger"].rows} == expected


def test_the_hazards_page_leads_to_its_campaign_whoever_may_see_it(as_, cast):
    led, hazard = campaign(cast), hazard_in(cast, "rectifying")
    hazards.perform("mark_campaign", hazard.pk, cast.officer, campaign=led.mark)
    link = reverse("campaign", args=[led.pk])
    assert link in as_("officer").get(f"/hazards/{hazard.pk}/").content.decode()
    own = as_("safety").get(f"/hazards/{hazard.pk}/").content.decode()
    assert led.title in own
    assert link not in own
