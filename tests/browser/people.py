"""People at their devices: they sign in through the form, read, type and press what a person would press."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pypdfium2
from playwright.sync_api import Browser, Locator, Page, expect

from reports.demo.accounts import PASSWORD
from tests.browser.watching import Watch, assert_fits, assert_without_barriers, take_picture

PATIENCE = 15_000  # milliseconds for anything a person waits for
DESKTOP = "desktop"
PHONE = "phone"
DEVICES: dict[str, dict[str, Any]] = {
    DESKTOP: {"viewport": {"width": 1440, "height": 900}},
    PHONE: {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


class Person:
    """One signed-in browser. Labels, buttons and texts are what stands on the page."""

    def __init__(self, people: People, username: str) -> None:
        self.people = people
        self.username = username
        device = DEVICES[people.device]
        self.context = people.browser.new_context(**device, locale="zh-CN", timezone_id="Asia/Shanghai")
        self.watch = Watch(self.context, people.site)
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()

    def sign_in(self, path: str = "/sign-in/") -> Person:
        """Through the form, from whatever page asks for it; asked for a new password after 90 days, they set one."""
        self.open(path)
        self.fill({"用户名": self.username, "密码": self.people.passwords.get(self.username, PASSWORD)})
        self.press("登录")
        if "/account/password/" in self.page.url:
            self._renew_password()
        return self

    def _renew_password(self) -> None:
        old = self.people.passwords.get(self.username, PASSWORD)
        new = f"Anquan#{len(self.people.passwords) + 2027}"
        self.fill({"当前密码": old, "新密码": new, "再次输入新密码": new})
        self.press("修改密码")
        self.people.passwords[self.username] = new

    def open(self, path: str) -> None:
        """Go to a path of the site; it must answer with a page."""
        answer = self.page.goto(f"{self.people.site}{path}")
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def follow(self, text: str, within: str = "main") -> None:
        """Press the link with this text."""
        self.page.locator(within).get_by_role("link", name=text).first.click()
        self.page.wait_for_load_state()

    def press(self, button: str, within: str = "body") -> None:
        """Press a button that sends a form, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(within).get_by_role("button", name=button, exact=True).first.click()

    def field(self, label: str) -> Locator:
        """The input with this label."""
        return self.page.locator("main").get_by_label(label, exact=True)

    def fill(self, values: Mapping[str, str]) -> None:
        """Type into the labelled inputs; a date input takes 2026-03-02."""
        for label, value in values.items():
            self.field(label).fill(value)

    def choose(self, label: str, option: str) -> None:
        """Pick one option of a select."""
        self.field(label).select_option(label=option)

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Check a radio button or box by the text beside it."""
        self.page.locator("main").get_by_label(label).first.check()

    def unfold(self, summary: str) -> None:
        """Open the folded part under this heading, if it is folded."""
        part = self.page.locator("main details", has=self.page.locator("summary", has_text=summary)).first
        if part.get_attribute("open") is None:
            part.locator("summary").first.click()

    def add_photos(self, *photos: Path) -> None:
        """Choose photos from the phone's album; they show before anything is sent."""
        self.page.locator("main input[type=file]").first.set_input_files(photos)
        expect(self.page.locator(".photo-picker-list > li")).to_have_count(len(photos))

    def download(self, link: str) -> bytes:
        """The file behind a link, with this person's session; shown or saved is the browser's choice."""
        address = self.page.locator("main").get_by_role("link", name=link).first.get_attribute("href")
        answer = self.context.request.get(urljoin(self.page.url, address))
        assert answer.ok, f"{address}: {answer.status}"
        return answer.body()

    def prints(self, link: str) -> str:
        """The words of the PDF behind a link."""
        pages = pypdfium2.PdfDocument(self.download(link))
        return "".join(page.get_textpage().get_text_bounded() for page in pages)

    def sees(self, *texts: str) -> None:
        """Every text is visible in the page's content."""
        for text in texts:
            expect(self.page.locator("main").get_by_text(text).locator("visible=true").first).to_be_visible()

    def sees_not(self, text: str) -> None:
        """The text is nowhere on the page."""
        expect(self.page.locator("main")).not_to_contain_text(text)

    def may_not(self, action: str) -> None:
        """The action is not among those the page offers."""
        expect(self.page.locator("main").get_by_role("link", name=action, exact=True)).to_have_count(0)

    def look(self, name: str) -> None:
        """Keep a picture; the page fits the screen, has no barriers, and nothing went wrong so far."""
        take_picture(self.page, self.people.album, self.people.number(name))
        assert_fits(self.page)
        assert_without_barriers(self.page)
        self.watch.assert_clean()

    def leave(self) -> None:
        """Close the browser with a last picture; nothing went wrong up to here."""
        take_picture(self.page, self.people.album, f"last-{self.username}")
        self.context.close()
        self.watch.assert_clean()


class People:
    """Everybody of one story, all with the same kind of device."""

    def __init__(self, browser: Browser, site: str, device: str, album: Path) -> None:
        self.browser, self.site, self.device, self.album = browser, site, device, album
        self.passwords: dict[str, str] = {}
        self._taken = 0
        self._present: list[Person] = []

    def number(self, name: str) -> str:
        """Pictures are numbered in the order they are taken."""
        self._taken += 1
        return f"{self._taken:02d}-{name}"

    def signed_in(self, username: str) -> Person:
        """The person, freshly signed in."""
        return self.guest(username).sign_in()

    def guest(self, username: str = "") -> Person:
        """Somebody who has not signed in yet."""
        person = Person(self, username)
        self._present.append(person)
        return person

    def leave(self) -> None:
        """Everybody goes; a fault in any browser fails the story."""
        while self._present:
            self._present.pop().leave()
