"""Pictures for README and manual, taken from a running installation with the demonstration street.

    python -m tests.browser.portraits [http://127.0.0.1:8000]

writes docs/screenshots/*.png, each with a palette of 256 colours so that a clone stays small.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from reports.demo.accounts import PASSWORD
from tests.browser.people import DESKTOP, DEVICES, PHONE

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
LIMIT = 300 * 1024  # bytes of one picture
COLOURS = 256

# file name → device, who, where, and the text of a link to follow there (the first row's page)
SITTINGS: dict[str, tuple[str, str, str, str]] = {
    "workbench": (DESKTOP, "office", "/workbench/", ""),
    "hazards": (DESKTOP, "office", "/hazards/?state=rectifying", ""),
    "hazard": (DESKTOP, "office", "/hazards/?level=major&state=closed", "main .ledger .row-link"),
    "board": (DESKTOP, "office", "/supervision/", ""),
    "notice": (DESKTOP, "office", "/notices/", "main .ledger .row-link"),
    "dashboard": (DESKTOP, "leader", "/dashboard/", ""),
    "phone-workbench": (PHONE, "firm", "/workbench/", ""),
    "phone-report": (PHONE, "village1", "/hazards/new/", ""),
}


def sit(browser: Browser, site: str, device: str, who: str, path: str, link: str) -> bytes:
    """One picture of the first screenful."""
    context = browser.new_context(**DEVICES[device], locale="zh-CN", timezone_id="Asia/Shanghai")
    page = context.new_page()
    page.goto(f"{site}/sign-in/")
    page.get_by_label("用户名", exact=True).fill(who)
    page.get_by_label("密码", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda address: "/sign-in/" not in address)
    page.goto(f"{site}{path}")
    if link:
        page.locator(link).first.click()
    page.wait_for_load_state("networkidle")
    picture = page.screenshot(animations="disabled")
    context.close()
    return picture


def save(name: str, picture: bytes) -> None:
    """Write it with a palette; refuses what is still too large."""
    out = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    if out.tell() > LIMIT:
        raise SystemExit(f"{name}: {out.tell()} bytes")
    (FOLDER / f"{name}.png").write_bytes(out.getvalue())


def main(site: str) -> None:
    """All of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox", "--disable-dev-shm-usage"])
        for name, sitting in SITTINGS.items():
            save(name, sit(browser, site, *sitting))
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
