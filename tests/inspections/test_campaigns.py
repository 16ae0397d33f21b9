"""专项整治: objects with category and deadline, brought in once from a sheet, moved along by who sees to them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused, WrongState
from inspections.campaign_sheet import bring_in
from inspections.models.campaigns import CampaignObject
from inspections.transitions import campaigns
from tests.inspections.planning import campaign, campaign_object

PEOPLE = (
    "officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "rival_officer", "sysadmin",
    "secadmin", "auditor",
)  # fmt: skip
OFFICE, ALL = {"officer", "head"}, {"officer", "head", "department"}
OPEN = {"waiting", "treating"}
DESIGN = {
    "report_progress": (OPEN, ALL),
    "finish": (OPEN, ALL),
    "change": (OPEN, OFFICE),
    "remove": (OPEN, OFFICE),
    "reopen": ({"done", "removed"}, OFFICE),
}
SHEET = (
    "非煤矿山整治台账,,,,\n"
    "序号,矿山名称,位置,处置方式,时限,属地\n"
    "1,甲街道食品厂,甲村,改造升级,2099-12-31,甲村\n"
    "2,海湾采石场,乙村,停一停,2099-12-31,\n"
    "3,,丙村,改造升级,2099-12-31,\n"
    "4,龙箐砂场,丁村,淘汰关闭,2099.6.31,\n"
    "5,白登石料厂,丁村,淘汰关闭,2099-06-30,无此单位\n"
    "6,和平砂场,丁村,达标保留,2099-06-30,\n"
)


def upload():
    return SimpleUploadedFile("台账.csv", SHEET.encode())


def test_a_sheet_comes_in_with_every_fault_told_by_row_column_and_reason(cast):
    led = campaign(cast)
    outcome = bring_in(cast.fresh("officer"), led.pk, upload(), "台账.csv")
    assert (outcome.rows, outcome.accepted, outcome.duplicates) == (6, 2, 0)
    faults = {(fault["row"], fault["column"]): fault["error"] for fault in outcome.as_json()["rejected"]}
    assert set(faults) == {(4, "处置方式"), (5, "矿山名称"), (6, "时限"), (7, "属地")}
    assert faults[4, "处置方式"] == "分类“停一停”不在本专项的分类中：达标保留、改造升级、淘汰关闭"
    assert faults[7, "属地"] == "没有找到责任单位“无此单位”，请核对名称"


def test_known_enterprises_are_linked_and_the_leading_unit_stands_in(cast):
    led = campaign(cast)
    bring_in(cast.fresh("officer"), led.pk, upload(), "台账.csv")
    known, other = led.objects_listed.order_by("pk")
    assert (known.unit, known.responsible) == (cast.units["firm"], cast.units["village"])
    assert (other.unit, other.responsible) == (None, cast.units["office"])


def test_the_same_sheet_sent_again_adds_nothing(cast):
    led = campaign(cast)
    bring_in(cast.fresh("officer"), led.pk, upload(), "台账.csv")
    again = bring_in(cast.fresh("officer"), led.pk, upload(), "台账.csv")
    assert (again.accepted, again.duplicates, led.objects_listed.count()) == (0, 2, 2)


def test_a_file_that_is_no_table_is_refused(cast):
    with pytest.raises(Refused):
        bring_in(cast.fresh("officer"), campaign(cast).pk, SimpleUploadedFile("a.csv", b"x"), "a.csv")


def test_only_who_leads_brings_in_objects(cast):
    found = campaign_object(cast)
    with pytest.raises(Forbidden):
        bring_in(cast.fresh("department"), found.campaign_id, upload(), "台账.csv")


def test_an_unknown_category_and_a_second_object_of_the_name_are_refused(cast):
    led = campaign(cast)
    with pytest.raises(Refused) as refusal:
        campaign_object(cast, led, category="别的")
    assert "category" in refusal.value.fields
    campaign_object(cast, led)
    with pytest.raises(Refused, match="已在台账中"):
        campaign_object(cast, led)


@pytest.mark.parametrize("state", CampaignObject.State.values)
def test_each_person_gets_exactly_the_buttons_of_the_design(cast, state):
    found = campaign_object(cast)
    found.state = state
    for name in PEOPLE:
        expected = {action for action, (states, people) in DESIGN.items() if state in states and name in people}
        assert set(campaigns.LIFECYCLE.allowed(found, cast.people[name])) == expected, name


@pytest.mark.parametrize("action", DESIGN)
def test_another_state_or_person_is_refused_and_writes_nothing(cast, action):
    found = campaign_object(cast)
    states, people = DESIGN[action]
    for state in CampaignObject.State.values:
        CampaignObject.objects.filter(pk=found.pk).update(state=state)
        for name in PEOPLE if state not in states else set(PEOPLE) - people:
            with pytest.raises(WrongState if state not in states else Forbidden):
                campaigns.perform(action, found.pk, cast.people[name])
    found.refresh_from_db()
    assert (found.version, found.events.count()) == (0, 1)


def test_a_deadline_passed_is_overdue_until_it_is_done(cast):
    found = campaign_object(cast)
    CampaignObject.objects.filter(pk=found.pk).update(deadline=clock.today() - timedelta(days=1))
    assert CampaignObject.objects.overdue().count() == 1
    campaigns.perform("finish", found.pk, cast.fresh("department"), progress="已拆除", done_on=clock.today())
    assert CampaignObject.objects.overdue().count() == 0


def test_a_finish_cannot_lie_ahead(cast):
    found = campaign_object(cast)
    with pytest.raises(Refused) as refusal:
        campaigns.perform(
            "finish", found.pk, cast.fresh("department"), progress="已拆除", done_on=clock.today() + timedelta(days=1)
        )
    assert "done_on" in refusal.value.fields


def test_a_campaign_ends_only_when_nothing_is_open_and_then_stands_still(cast):
    found = campaign_object(cast)
    with pytest.raises(Refused, match="还有1个对象"):
        campaigns.close(cast.fresh("officer"), found.campaign_id)
    campaigns.perform("remove", found.pk, cast.fresh("officer"), reason="重复")
    campaigns.close(cast.fresh("officer"), found.campaign_id)
    with pytest.raises(WrongState):
        campaign_object(cast, found.campaign, name="另一家")


def test_the_ledger_counts_by_category_and_its_numbers_open_the_lists(as_, cast):
    found = campaign_object(cast)
    campaign_object(cast, found.campaign, name="砂场", category="淘汰关闭")
    address = reverse("campaign", args=[found.campaign_id])
    page = as_("officer").get(address)
    figures = {figure.label: (figure.value, figure.url) for figure in page.context["ledger"].figures}
    assert (figures["纳入整治"][0], figures["淘汰关闭"][0]) == (2, 1)
    assert len(as_("officer").get(address + figures["淘汰关闭"][1]).context["ledger"].rows) == 1


def test_the_import_page_shows_faults_and_keeps_good_rows(as_, cast):
    led = campaign(cast)
    page = as_("officer").post(reverse("campaign-import", args=[led.pk]), {"file": upload()})
    assert "导入2行，重复0行，有误4行" in page.content.decode()
    assert led.objects_listed.count() == 2


def test_a_department_sees_only_the_objects_it_is_given(as_, cast):
    found = campaign_object(cast)
    campaign_object(cast, found.campaign, name="别家的", responsible=cast.units["village"])
    page = as_("department").get(reverse("campaign", args=[found.campaign_id]))
    assert [row.name for row in page.context["ledger"].rows] == ["石料厂"]
