"""What stands on a phone, made in the app itself where a person would need an hour of tapping."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import BrowserContext, Page, Route

from tests.browser.acts import cutting

# Visits finished on the phone: `visits` of them, ten rows each, `photos` photos of about `side`² noisy points in all.
MANY = """async ({ unit, checklist, visits, photos, side }) => {
  const picture = async (n) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const pen = canvas.getContext("2d");
    const dots = pen.createImageData(side, side);
    for (let at = 0; at < dots.data.length; at += 1) dots.data[at] = at % 4 === 3 ? 255 : (Math.random() * 128 + n) % 255;
    pen.putImageData(dots, 0, 0);
    return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
  };
  const one = MAKE;
  let bytes = 0;
  for (let n = 0; n < visits; n += 1) {
    const uid = crypto.randomUUID();
    await one({ unit, checklist, team: [], uid });
    await QH.store.db().photos.where("visit").equals(uid).delete();
    const key = Object.keys((await QH.store.db().visits.get(uid)).rows)[0];
    for (let m = 0; m < photos / visits; m += 1) {
      const blob = await picture(n * 7 + m);
      bytes += blob.size;
      await QH.store.addPhoto(uid, key, "before", blob, {});
    }
  }
  await QH.store.count();
  return bytes;
}"""


class Line:
    """A line that counts what goes over it and breaks now and then, before a request arrives or after."""

    def __init__(self, phone: BrowserContext, every: int) -> None:
        self.every, self.requests, self.cuts, self.bytes = every, 0, 0, 0
        phone.route("**/field/visits/**", self._handle)

    def _handle(self, route: Route) -> None:
        self.requests += 1
        self.bytes += len(route.request.url) + len(route.request.post_data_buffer or b"")
        if self.requests % self.every:
            route.continue_()
            return
        self.cuts += 1
        if self.cuts % 2:
            route.fetch()
        route.abort("connectionreset")


def fills(page: Page, *, unit: str, checklist: str, visits: int, photos: int, side: int) -> int:
    """Put so many finished visits with so many photos on the phone; returns the bytes of the photos."""
    told: dict[str, Any] = {"unit": unit, "checklist": checklist, "visits": visits, "photos": photos, "side": side}
    found: int = page.evaluate(MANY.replace("MAKE", cutting.MAKE), told)
    return found
