"""What a phone keeps is bounded, belongs to one account, and is told in Chinese when it is full; nothing is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import STORY
from tests.browser.acts import cutting
from tests.browser.acts import visits as act
from tests.browser.given import FIRM
from tests.browser.people import PHONE, People
from tests.browser.site import serve
from tests.browser.test_cut_off import made

pytestmark = STORY
ADD = """async (count) => {
  const visit = await QH.store.db().visits.toCollection().first();
  const told = [];
  for (let n = 0; n < count; n += 1) {
    await QH.store.addPhoto(visit.uid, Object.keys(visit.rows)[0], "before", new Blob([String(n)]), {}).catch((error) => told.push(error.message));
  }
  return [told, (await QH.store.photosOf(visit.uid)).length];
}"""


@pytest.fixture
def inspector(chromium, street, tmp_path):
    """Somebody of the office with a phone that took its papers along."""
    with serve() as site:
        people = People(chromium, site, PHONE, tmp_path)
        person = people.signed_in("office")
        act.opens_the_app(person)
        act.loses_the_signal(person)
        yield person
        people.leave()


def test_the_photo_beyond_a_hundred_is_refused_in_words_and_sixty_are_no_trouble(inspector):
    made(inspector.page)
    assert inspector.page.evaluate(ADD, 58) == [[], 60]
    told, held = inspector.page.evaluate(ADD, 41)
    assert (told, held) == (["一次检查最多100张照片，这张没有保存。"], 100)


def test_a_full_phone_takes_no_more_photos_and_keeps_those_it_has(inspector):
    made(inspector.page)
    inspector.page.evaluate("navigator.storage.estimate = async () => ({ usage: 601 * 1024 * 1024 })")
    assert inspector.page.evaluate(ADD, 1) == [["手机上未发送的内容太多，这张没有保存，请先联网发送。"], 2]


def test_the_visit_beyond_a_hundred_waits_until_others_are_sent(inspector):
    page = inspector.page
    made(page)
    copy = """async () => {
      const visit = await QH.store.db().visits.toCollection().first();
      for (let n = 0; n < 99; n += 1) await QH.store.db().visits.add({ ...visit, uid: crypto.randomUUID() });
    }"""
    page.evaluate(copy)
    page.get_by_role("link", name="开始检查").click()
    page.get_by_label("查找").fill(FIRM[:4])
    page.get_by_role("button", name=FIRM).click()
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.get_by_role("alert")).to_have_text("手机上未发送的检查太多，请先联网发送。")
    assert page.evaluate("QH.store.db().visits.count()") == 100


def test_another_account_on_the_same_phone_does_not_see_what_waits_and_is_asked_before_it_is_wiped(inspector):
    page = inspector.page
    made(page)
    page.evaluate("QH.store.count()")
    inspector.context.set_offline(False)
    inspector.context.clear_cookies()
    page.reload()
    inspector.username = "village1"
    inspector.sign_in()
    inspector.open("/field/")
    expect(page.locator("#screen")).to_contain_text("没有未完成的检查", timeout=60_000)
    assert page.evaluate("QH.store.db().visits.count()") == 0
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    inspector.open("/")
    page.locator("header details:has([data-forget-drafts]) > summary").click()
    page.locator("header").get_by_role("button", name="退出登录").click()
    expect(page.locator("header form[data-forget-drafts]")).to_have_count(1)
    assert "1次检查没有发送完" in asked[0]
    assert len(page.evaluate("indexedDB.databases()")) == 2


def test_what_arrived_leaves_the_phone_after_three_days_and_its_photos_at_once(inspector):
    page = inspector.page
    uid = made(page)
    inspector.context.set_offline(False)
    page.evaluate("QH.sync.sync()")
    assert cutting.standing(page) == [0, ["sent"]]
    page.evaluate(f"QH.store.change('{uid}', (visit) => (visit.at -= 4 * 86400e3))")
    page.evaluate("QH.store.tidy()")
    assert cutting.standing(page) == [0, []]
