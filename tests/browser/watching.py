"""What is wrong with a page whatever its story: errors in the console, foreign addresses, barriers, sideways scrolling."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

GRAVE = {"serious", "critical"}
ANY = {*GRAVE, "moderate", "minor"}
# Chromium says this about every answer of 400 and above; the pages of refusals are asked for on purpose.
_REFUSAL_NOTE = "Failed to load resource: the server responded with a status of "
_REFUSALS = ("409", "422")
_NO_SIGNAL = "Failed to load resource: net::ERR_"


class Watch:
    """Collects what goes wrong in one browser; `assert_clean` fails with all of it."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.site = site
        self.faults: list[str] = []
        self.may_be_cut = False  # a story that takes the signal away expects what Chromium says about it
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type not in ("error", "warning"):
            return
        if text.startswith(_REFUSAL_NOTE) and text.removeprefix(_REFUSAL_NOTE).startswith(_REFUSALS):
            return
        if self.may_be_cut and text.startswith(_NO_SIGNAL):
            return
        self.faults.append(f"console: {text} ({message.location.get('url', '')})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "blob:")):
            self.faults.append(f"foreign address: {request.url}")

    def assert_clean(self) -> None:
        """Nothing was wrong since the browser was opened."""
        assert not self.faults, "\n".join(self.faults)


def assert_fits(page: Page) -> None:
    """The page does not scroll sideways."""
    too_wide = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return null;
            const wide = [...document.querySelectorAll("main *, header *, nav *")]
                .filter((item) => item.getBoundingClientRect().right > width + 1)
                .map((item) => `${item.tagName}.${item.className}`);
            return `${document.documentElement.scrollWidth} > ${width}: ${wide.slice(0, 6).join(", ")}`;
        }"""
    )
    assert too_wide is None, f"{page.url} scrolls sideways: {too_wide}"


@cache
def _axe() -> Axe:
    return Axe()


def assert_without_barriers(page: Page, impacts: Collection[str] = GRAVE) -> None:
    """axe finds nothing of these impacts: serious or critical, unless said otherwise."""
    found: list[dict[str, Any]] = _axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [violation for violation in found if violation["impact"] in impacts]
    lines = [f"{v['id']}: {v['help']}\n   {node['html'][:200]}" for v in grave for node in v["nodes"][:3]]
    assert not grave, f"{page.url}\n" + "\n".join(lines)


def take_picture(page: Page, folder: Path, name: str) -> None:
    """Keep the whole page as `name`.png for the people who look; the bars stay at top and bottom of a tall screen."""
    folder.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size
    assert size is not None
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], tall)})
    page.screenshot(path=folder / f"{name}.png")
    page.set_viewport_size(size)
