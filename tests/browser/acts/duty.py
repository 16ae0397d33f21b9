"""What enterprises do themselves: a self-check without signal, a dangerous work from its report to its end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import PATIENCE, Person


def takes_the_checks_along(person: Person) -> None:
    """Open the app with a signal and wait until the phone could do without."""
    person.open("/field/")
    expect(person.page.locator("body[data-offline=ready]")).to_be_visible(timeout=4 * PATIENCE)
    expect(person.page.locator("#screen")).to_contain_text("可离线使用七天", timeout=4 * PATIENCE)


def loses_the_signal(person: Person) -> None:
    """From here on nothing reaches the server; the app still opens."""
    person.watch.may_be_cut = True
    person.context.set_offline(True)
    person.page.reload()
    expect(person.page.get_by_role("heading", name="现在要做的")).to_be_visible()


class Taps:
    """Counts what a thumb does."""

    def __init__(self, person: Person) -> None:
        self.person, self.count = person, 0

    def on(self, role: str, name: str | re.Pattern[str]) -> None:
        """One tap."""
        self.count += 1
        self.person.page.locator("#screen").get_by_role(role, name=name).first.click()  # type: ignore[arg-type]


def files_a_clean_check(person: Person, title: str) -> int:
    """From the first screen to the signed sheet; returns the taps it took."""
    thumb = Taps(person)
    thumb.on("link", re.compile(title))
    thumb.on("checkbox", "其余检查项均已逐项检查，全部合格")
    thumb.on("button", "签字报送")
    expect(person.page.locator("#title")).to_have_text("待发送")
    return thumb.count


def reports_in_a_check(person: Person, title: str, words: str, photo: Path) -> None:
    """One item is not in order; the rest is."""
    page = person.page
    page.locator("#back").click()
    page.locator("#screen").get_by_role("link", name=re.compile(title)).first.click()
    row = page.locator(".rows > li").first
    row.get_by_role("radio", name="不合格", exact=True).check()
    row.get_by_label("问题情况").fill(words)
    row.locator("input[type=file]").set_input_files(photo)
    expect(row.locator(".shots img")).to_have_count(1, timeout=PATIENCE)
    page.get_by_role("checkbox", name="其余检查项均已逐项检查，全部合格").check()
    page.get_by_role("button", name="签字报送").click()
    expect(page.locator("#title")).to_have_text("待发送")


def gets_the_signal_back(person: Person) -> None:
    """Everything waiting is sent by itself; the queue page says so."""
    person.context.set_offline(False)
    expect(person.page.locator("#all-sent")).to_be_visible(timeout=4 * PATIENCE)


def reports_a_work(person: Person, kind: str, values: Mapping[str, str], crew: list[Mapping[str, str]]) -> None:
    """Fill in the report and send it."""
    page = person.page
    person.open("/inspections/hazardous-works/new/")
    person.choose("作业类型", kind)
    person.fill(values)
    for number, member in enumerate(crew, 1):
        group = page.get_by_role("group", name=f"第{number}人")
        group.get_by_label("岗位").select_option(label=member["岗位"])
        for label in ("姓名", "证书编号", "有效期至"):
            group.get_by_label(label).fill(member.get(label, ""))
    person.press("报备")


def takes_a_step(person: Person, work: str, action: str, who: str, photo: Path) -> None:
    """One of the five steps: time is the server's, person and photo the enterprise's."""
    person.open(work)
    person.follow(action)
    person.fill({"责任人": who})
    person.add_photos(photo)
    person.press(action)


def measures_the_air(person: Person, work: str, oxygen: str) -> None:
    """One gas reading."""
    person.open(work)
    person.follow("登记气体检测")
    person.fill({"检测人": "吴监护", "氧气（%）": oxygen, "可燃气体（%LEL）": "0"})
    person.press("登记气体检测")
