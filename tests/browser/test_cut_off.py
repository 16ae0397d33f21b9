"""The connection is cut at every request in turn, the tab is killed, two devices send the same: nothing lost, nothing twice."""

from __future__ import annotations

import uuid

import pytest
from playwright.sync_api import expect

from hazards.models import Hazard
from inspections.models import Inspection, ItemResult, ResultPhoto, Signature
from tests.browser import STORY
from tests.browser.acts import cutting
from tests.browser.given import FIRM
from tests.browser.people import PHONE, People
from tests.browser.site import serve

pytestmark = STORY


@pytest.fixture
def inspector(chromium, street, tmp_path):
    """A grid worker's colleague of the office with a phone."""
    with serve() as site:
        people = People(chromium, site, PHONE, tmp_path)
        yield people.signed_in("office")
        people.leave()


def made(page):
    """A visit finished on the phone; its photos need several pieces."""
    uid = str(uuid.uuid4())
    sizes = page.evaluate(cutting.MAKE, {"unit": FIRM, "checklist": "有限空间", "team": [], "uid": uid})
    assert min(sizes) > 256 * 1024
    return uid


def assert_whole(uid):
    """Everything of the visit is there once."""
    visit = Inspection.objects.get(uid=uid)
    assert (visit.state, visit.item_count, visit.bad_count) == ("done", 10, 1)
    assert ItemResult.objects.exclude(outcome="").filter(inspection=visit).count() == 10
    assert ResultPhoto.objects.filter(result__inspection=visit).count() == 2
    assert Signature.objects.filter(inspection=visit).count() == 2
    assert visit.events.filter(action="finish").count() == 1
    hazard = Hazard.objects.get(description__startswith="检测仪已过期")
    assert hazard.evidence.filter(stage="before").count() == 2


@pytest.mark.parametrize("delivered", [False, True], ids=["before it arrives", "after it arrived"])
def test_cut_at_every_request_and_the_tab_killed_nothing_is_lost_and_nothing_comes_twice(inspector, delivered):
    phone, site = cutting.phone_of(inspector), inspector.people.site
    page = cutting.app(phone, site)
    uid = made(page)
    cuts = cutting.Cuts(phone, delivered=delivered)
    cutting.send_until_done(page, cuts, lambda: cutting.app(phone, site))
    assert len(cuts.seen) >= 9  # begin, the rows, photos in pieces, two signatures, the end
    assert_whole(uid)
    assert cutting.standing(cutting.app(phone, site)) == [0, ["sent"]]
    phone.close()


def test_the_same_visit_from_two_devices_is_one_and_differences_are_asked_about(inspector):
    first, second = (cutting.phone_of(inspector) for _ in range(2))
    site = inspector.people.site
    one, two = cutting.app(first, site), cutting.app(second, site)
    uid = made(one)
    copy = "async (v) => { v.rows[Object.keys(v.rows)[1]].outcome = 'na'; v.finishedAt = ''; await QH.store.db().visits.add(v); }"
    two.evaluate(copy, one.evaluate("QH.store.db().visits.toCollection().first()"))
    one.evaluate("QH.store.edit(arguments_uid, (v) => (v.finishedAt = ''))".replace("arguments_uid", f"'{uid}'"))
    one.evaluate("QH.sync.sync()")
    two.evaluate("QH.sync.sync()")
    two.goto(f"{site}/field/#/queue")
    two.get_by_role("button", name="用本机的").click()
    expect(two.locator(".conflict-box")).to_have_count(0)
    two.evaluate("QH.sync.sync()")
    visit = Inspection.objects.get(uid=uid)
    assert sorted(visit.results.values_list("outcome", flat=True)) == ["bad", "na", *["ok"] * 8]
    assert Inspection.objects.count() == 1
    first.close()
    second.close()


def test_signing_out_wipes_what_the_phone_kept_after_asking(inspector):
    page = inspector.page
    inspector.open("/field/")
    expect(page.locator("body[data-ready]")).to_be_visible()
    made(page)
    page.evaluate("QH.store.count()")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    inspector.open("/")
    page.locator("header details:has([data-forget-drafts]) > summary").click()
    page.locator("header").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/sign-in/**")
    assert len(asked) == 1
    assert "1次检查没有发送完" in asked[0]
    assert page.evaluate("indexedDB.databases()") == []
    assert page.evaluate("localStorage.length") == 0
