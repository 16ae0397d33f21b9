"""Every page people use on a phone, looked at as it stands: nothing in it shuts anybody out, nothing runs off the screen."""

from __future__ import annotations

import uuid
from datetime import timedelta
from itertools import groupby

import pytest
from playwright.sync_api import expect

from common import clock
from inspections import checklists
from inspections.models import EnforcementCertificate, Inspection
from inspections.transitions import papers, recording, visits
from inspections.transitions.team import Named
from reports.demo.pictures import scene
from tests.browser import STORY, phone_pages
from tests.browser.acts import cutting
from tests.browser.acts import visits as act
from tests.browser.given import FIRM
from tests.browser.people import PHONE, People
from tests.browser.site import serve
from tests.browser.watching import ANY, assert_fits, assert_without_barriers
from units.models import OfficeProfile

pytestmark = STORY
FILED = """async () => {
  const filed = { status: "signed", isFiled: true, error: "已由他人报送。" };
  for (const { uid } of await QH.store.db().checks.toArray()) await QH.store.changeCheck(uid, (kept) => Object.assign(kept, filed));
}"""
DIFFER = """(visit) => {
  Object.values(visit.rows)[1].conflict = { outcome: "bad", note: "堵塞", by: "李四", revision: 2 };
}"""


@pytest.fixture
def phones(chromium, street, tmp_path):
    """Everybody has a phone."""
    with serve() as site:
        people = People(chromium, site, PHONE, tmp_path)
        yield people
        people.leave()


def looks(person, *names):
    """The page as it stands: fits, and axe finds nothing at all."""
    person.look(names[0])
    assert_without_barriers(person.page, ANY)


def screen(person, hash_, name, until):
    """Go to a screen of the app and look at it."""
    person.page.goto(f"{person.people.site}/field/#/{hash_}")
    expect(person.page.locator("#screen").get_by_text(until).first).to_be_visible()
    looks(person, name)


def test_every_screen_of_the_inspectors_app(phones, street):
    person = phones.signed_in("office")
    act.opens_the_app(person)
    page, uid = person.page, str(uuid.uuid4())
    for hash_, until in (("start", "查找"), ("scan", "按编号开始"), ("map", "地图中间附近的企业")):
        screen(person, hash_, f"app-{hash_}", until)
    screen(person, f"start/{street.units[FIRM].pk}", "app-begin", "同行人员")
    screen(person, "", "app-home", "我的检查")
    act.loses_the_signal(person)
    page.evaluate(cutting.MAKE, {"unit": FIRM, "checklist": "有限空间", "team": [], "uid": uid})
    screen(person, f"visit/{uid}", "app-checklist", "去签名")
    row = page.locator(".rows > li").first
    row.locator("summary").first.click()
    row.get_by_label("查找判定条款").fill("有限空间")
    expect(row.locator(".criteria .card").first).to_be_visible()
    looks(person, "app-criteria")
    page.evaluate(f"QH.store.edit('{uid}', (visit) => (visit.signatures = []))")
    screen(person, f"sign/{uid}", "app-sign", "现场负责人")
    screen(person, "queue", "app-queue", "未发送")
    page.evaluate(f"QH.store.change('{uid}', {DIFFER})")
    screen(person, "", "app-home-with-visits", FIRM)
    screen(person, "queue", "app-conflict", "用对方的")
    page.evaluate(f"QH.store.change('{uid}', (visit) => (visit.ended = true))")
    screen(person, "", "app-home-ended", FIRM)
    screen(person, "queue", "app-ended", "另建一次检查")


def test_every_screen_of_the_enterprises_app(phones, street):
    person = phones.signed_in("firm")
    person.open("/field/")
    expect(person.page.locator("#screen .card").first).to_be_visible()
    looks(person, "checks-home")
    person.page.locator("#screen a.card").first.click()
    expect(person.page.get_by_role("button", name="签字报送")).to_be_visible()
    person.page.locator(".rows > li").first.get_by_role("radio", name="不合格", exact=True).check()
    expect(person.page.get_by_label("问题情况")).to_be_visible()
    looks(person, "checks-sheet")
    screen(person, "queue", "checks-queue", "未签字")
    person.page.evaluate(FILED)
    screen(person, "", "checks-home-filed", "现在要做的")
    screen(person, "queue", "checks-filed", "把1个问题上报为隐患")


def inspected(street):
    """One visit under way, one concluded with its papers."""
    OfficeProfile.objects.update(has_penalty_power=True)
    first, second, firm = street.people["yingji"], street.people["yingji2"], street.units[FIRM]
    for user in (first, second):
        EnforcementCertificate.objects.create(
            user=user, unit=user.hat.unit, number=f"YN-{user.pk}", valid_from=clock.today() - timedelta(days=9),
            valid_until=clock.today() + timedelta(days=900),
        )  # fmt: skip
    told = {"unit": firm, "kind": "administrative", "mode": "daily", "checklist": checklists.suggest(firm)}
    made = [visits.begin(first, uid=uuid.uuid4(), team=[Named(second)], **told) for _ in range(2)]
    running, done = (Inspection.objects.get(pk=visit.pk) for visit in made)
    for visit in (running, done):
        row = visit.results.get(item__number=14)
        recording.record(first, visit.uid, uid=row.uid, item_id=row.item_id, outcome="bad", note="箱门缺失")
        recording.add_photo(first, visit.uid, result=row, file=scene(visit.pk, fixed=False), stage="before")
    done.results.filter(outcome="").update(outcome="ok", recorded_by=first)
    for member in done.members.all():
        recording.sign(
            first, done.uid, uid=uuid.uuid4(), party="inspector", user_id=member.user_id, typed_reason="触屏损坏"
        )
    recording.sign(first, done.uid, uid=uuid.uuid4(), party="site", name="沈安", typed_reason="触屏损坏")
    done = visits.perform("finish", done.pk, first)
    return running, done, papers.perform("issue", papers.draft(first, done, "record").pk, first)


def test_every_page_of_a_visit_on_the_phone(phones, street):
    running, done, paper = inspected(street)
    person = phones.signed_in("yingji")
    at = "/inspections/"
    pages = {
        "hub": at, "visits": f"{at}visits/", "begin": f"{at}visits/new/", "visit": f"{at}visits/{done.pk}/",
        "fill": f"{at}visits/{running.pk}/fill/", "sign": f"{at}visits/{running.pk}/sign/",
        "finish": f"{at}visits/{running.pk}/finish/", "papers": f"{at}papers/", "paper": f"{at}papers/{paper.pk}/",
        "serve": f"{at}papers/{paper.pk}/serve/", "checklists": f"{at}checklists/",
        "checklist": f"{at}checklists/{done.checklist.checklist_id}/", "certificates": f"{at}certificates/",
        "code": f"{at}places/{done.unit_id}/qr/",
    }  # fmt: skip
    for name, path in pages.items():
        person.open(path)
        looks(person, name)


def test_every_page_and_every_action_of_the_room_on_the_phone(phones, street):
    phone_pages.populate(street)
    plain, actions = phone_pages.plain(street), list(phone_pages.actions(street))
    assert set(plain) == phone_pages.routes()
    assert {(route, action) for route, action, _ in actions} == phone_pages.everything()
    pages = sorted({*plain.values(), *(page for _, _, page in actions)})
    faults = []
    for who, found in groupby(pages, key=lambda page: page[0]):
        person = phones.signed_in(who)
        for _, path in found:
            person.open(path)
            try:
                assert_fits(person.page)
                assert_without_barriers(person.page, ANY)
            except AssertionError as fault:
                faults.append(str(fault))
    assert not faults, "\n".join(faults)
