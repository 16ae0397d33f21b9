"""A phone whose connection breaks at every request in turn."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.people import DEVICES, PATIENCE, PHONE, Person

# A finished visit as the screens leave it on the phone: ten rows, one 不合格 with two photos of several pieces each.
MAKE = """async ({ unit, checklist, team, uid }) => {
  const pack = await QH.store.pack();
  const list = pack.checklists.find((found) => found.title.includes(checklist));
  const place = pack.units.find((found) => found.name === unit);
  const rows = QH.start.rowsFor(pack, list.id);
  const now = new Date().toISOString();
  for (const row of Object.values(rows)) Object.assign(row, { outcome: "ok", seq: 1, at: now });
  const key = Object.keys(rows)[0];
  Object.assign(rows[key], { outcome: "bad", note: "检测仪已过期", level: "key" });
  const me = { user: pack.account.id, name: pack.account.name, part: "lead" };
  const mark = (party, user, name) => ({
    uid: crypto.randomUUID(), party, user, name, picture: "", typed_reason: "触屏损坏", is_refused: false, refusal_reason: "",
    client_at: now, sent: false,
  });
  await QH.store.db().visits.add({
    uid, status: "open", unit: { id: place.id, name: place.name, address: place.address }, kind: "patrol", mode: "daily",
    modeLabel: "日常",
    checklist: list.id, team: [me], begun: false, startedAt: now, finishedAt: now, headSeq: 1, headSent: 0, rows, summary: "", at: Date.now(),
    signatures: [mark("inspector", me.user, me.name), mark("site", null, "李四")],
    head: { place: place.address, contact: "李四", contact_title: "", contact_phone: "" },
  });
  for (const colour of ["#336699", "#993322"]) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const pen = canvas.getContext("2d");
    const dots = pen.createImageData(640, 480);
    for (let n = 0; n < dots.data.length; n += 1) dots.data[n] = n % 4 === 3 ? 255 : Math.random() * 255;
    pen.putImageData(dots, 0, 0);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 200, 200);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.95));
    await QH.store.addPhoto(uid, key, "before", blob, {});
  }
  return (await QH.store.photosOf(uid)).map((photo) => photo.size);
}"""


def phone_of(person: Person) -> BrowserContext:
    """A phone with this person's session whose every request can be watched (no service worker between)."""
    state = person.context.storage_state()
    return person.people.browser.new_context(**DEVICES[PHONE], storage_state=state, service_workers="block")


def app(phone: BrowserContext, site: str) -> Page:
    """The app in a fresh tab, with its pack."""
    page = phone.new_page()
    page.goto(f"{site}/field/")
    expect(page.locator("body[data-ready]")).to_be_visible(timeout=4 * PATIENCE)
    return page


class Cuts:
    """Cuts every distinct request once: before it reaches the server, or after, so that only its answer is lost."""

    def __init__(self, phone: BrowserContext, *, delivered: bool) -> None:
        self.delivered, self.seen, self.last = delivered, set(), False
        phone.route("**/field/visits/**", self._handle)

    def _handle(self, route: Route) -> None:
        request = route.request
        body = re.sub(rb'"client_now":"[^"]*"', b"", request.post_data_buffer or b"")
        key = (request.method, request.url, body)
        if key in self.seen:
            route.continue_()
            return
        self.seen.add(key)
        self.last = True
        if self.delivered:
            route.fetch()
        route.abort("connectionreset")


def send_until_done(page: Page, cuts: Any, fresh: Callable[[], Page], every: int = 5) -> int:
    """Press 立即发送 until nothing is left; every few cuts the tab is killed. Returns how often it was cut."""
    rounds = 0
    while page.evaluate("QH.store.count()"):
        page.evaluate("QH.sync.sync()")
        rounds += 1
        assert rounds < 200, page.evaluate("QH.store.pending()")
        if rounds % every == 0:
            page.close()
            page = fresh()
    return rounds


def standing(page: Page) -> Any:
    """What is left on the phone: photos, and what each visit came to."""
    return page.evaluate(
        "async () => [await QH.store.db().photos.count(), (await QH.store.db().visits.toArray()).map((v) => v.status)]"
    )
