"""The pages of 企业自查: two taps for a clean day, what was typed stays, every number opens its rows."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common import clock
from hazards.models import Hazard
from inspections.models import SelfCheck
from inspections.queries.self_checks import rules
from tests.files import jpeg
from tests.inspections.self_checks import check_of, version_of
from units.models import Enterprise, PolicyProposal, Unit
from units.transitions.policies import decide_policy

NEW = "/inspections/self-checks/new/month/"


def typed(**more):
    return {"on": clock.today().isoformat(), "all_clear": "on", **more}


def test_a_clean_month_is_one_tick_and_one_press(cast, as_):
    answer = as_("safety").post(NEW, typed())
    assert answer.url == "/inspections/self-checks/calendar/"
    assert SelfCheck.objects.get().is_zero


def test_a_finding_without_words_comes_back_with_its_photo_kept(cast, as_):
    item = version_of(cast).items.filter(asks_photo=True).first()
    shot = SimpleUploadedFile("p.jpg", jpeg(5), "image/jpeg")
    answer = as_("safety").post(NEW, typed(**{f"i{item.pk}-outcome": "bad", f"i{item.pk}-photos": shot}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"第{item.number}项不合格，请写明情况" in page
    assert f'name="i{item.pk}-kept"' in page
    assert not Hazard.objects.exists()


def test_a_finding_becomes_a_hazard_and_the_check_names_it(cast, as_):
    item = version_of(cast).items.first()
    more = {f"i{item.pk}-outcome": "bad", f"i{item.pk}-note": "通道堵塞", f"i{item.pk}-no_photo_reason": "夜间"}
    as_("safety").post(NEW, typed(**more))
    page = as_("officer").get(SelfCheck.objects.get().get_absolute_url()).content.decode()
    assert Hazard.objects.get().number in page


def test_the_safety_officer_does_not_sign_for_the_principal(cast, as_):
    answer = as_("safety").get("/inspections/self-checks/new/lead_quarter/")
    assert answer.status_code == 403
    assert "应由主要负责人签字" in answer.content.decode()


def test_who_filed_already_is_said_above_the_form(cast, as_):
    check_of(cast)
    answer = as_("principal").post(NEW, typed())
    assert answer.status_code == 422
    assert "已由测试safety报送" in answer.content.decode()


def test_coverage_opens_who_has_not_filed(cast, as_):
    check_of(cast)
    browser = as_("officer")
    figures = browser.get("/inspections/self-checks/coverage/").context["ledger"].figures
    shown = {figure.label: (figure.value, figure.url) for figure in figures}
    assert (shown["应自查企业"][0], shown["已报送"][0], shown["自查率"][0]) == (2, 1, "50.0%")
    page = browser.get(shown["未报送"][1])
    assert [row.id for row in page.context["ledger"].rows] == [cast.units["neighbour"].pk]


def test_the_list_of_who_has_filed_shows_where_there_are_leads_and_says_which_check_it_shows(cast, as_):
    from tests.hazards.builders import hazard_in

    check_of(cast)
    hazard_in(cast, "rectifying", channel="inspection", found_on=clock.today())
    browser = as_("officer")
    page = browser.get("/inspections/self-checks/coverage/")
    firm = cast.units["firm"].pk
    assert f'<a href="/inspections/self-checks/calendar/?unit={firm}">1条线索</a>' in page.content.decode()
    assert page.context["ledger"].form["cadence"].value() == "month"
    exported = browser.get("/inspections/self-checks/coverage/?export=csv")
    assert "线索" not in b"".join(exported.streaming_content).decode("utf-8-sig")


def test_the_enterprise_is_not_shown_the_leads_about_itself(cast, as_):
    from tests.hazards.builders import hazard_in

    check = check_of(cast)
    hazard_in(cast, "rectifying", channel="inspection", found_on=clock.today())
    assert "线索" in as_("officer").get(check.get_absolute_url()).content.decode()
    assert "线索" not in as_("safety").get(check.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["officer", "department", "grid", "leader"])
def test_regulators_open_the_calendar_of_an_enterprise(cast, as_, who):
    answer = as_(who).get(f"/inspections/self-checks/calendar/?unit={cast.units['firm'].pk}")
    assert answer.status_code == 200
    assert "现在要做的" not in answer.content.decode()


def test_a_rule_is_changed_by_proposal_and_approval(cast, as_):
    asked = {"cadence": "week", "applies": "all", "signer": "safety", "basis": "试点", "reason": "试点"}
    asked["effective_from"] = clock.today().isoformat()
    as_("officer").post("/system/policies/new/self_check_rule/", asked)
    decide_policy(PolicyProposal.objects.get(), cast.fresh("head"), True, "同意")
    assert rules(cast.units["firm"].area_path)["week"].applies == "all"


def crowd(area, count):
    """`count` more enterprises in the area."""
    firms = [Unit(kind="enterprise", name=f"企业{n}", area=area, area_path=area.path) for n in range(count)]
    Enterprise.objects.bulk_create(Enterprise(unit=unit) for unit in Unit.objects.bulk_create(firms))


def test_lists_cost_the_same_for_many_rows(cast, as_):
    browser, counts = as_("officer"), []
    for total in (10, 300):
        have = Unit.objects.filter(kind="enterprise").count()
        crowd(cast.areas["village"], total - have)
        browser.get("/inspections/self-checks/coverage/")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/inspections/self-checks/coverage/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
