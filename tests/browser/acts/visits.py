"""What people do at a place they inspect, with a phone or at a desk."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import PATIENCE, Person


def opens_the_app(person: Person) -> None:
    """Open 现场检查 with a signal and wait until the phone could do without."""
    person.open("/field/")
    expect(person.page.locator("body[data-offline=ready]")).to_be_visible(timeout=4 * PATIENCE)
    expect(person.page.locator("#screen")).to_contain_text(re.compile("共[1-9][0-9]*家企业"), timeout=4 * PATIENCE)


def loses_the_signal(person: Person) -> None:
    """From here on nothing reaches the server."""
    person.watch.may_be_cut = True
    person.context.set_offline(True)
    person.page.reload()
    expect(person.page.get_by_role("heading", name="我的检查")).to_be_visible()


def gets_the_signal_back(person: Person) -> None:
    """Everything waiting is sent by itself; the queue page says so."""
    person.context.set_offline(False)
    expect(person.page.locator("#all-sent")).to_be_visible(timeout=4 * PATIENCE)


def begins(person: Person, firm: str, colleague: str, kind: str = "行政检查") -> None:
    """Choose the place and the team, and start."""
    page = person.page
    page.get_by_role("link", name="开始检查").click()
    page.get_by_label("查找").fill(firm[:4])
    page.get_by_role("button", name=firm).click()
    page.get_by_label("性质").select_option(label=kind)
    person.look("field-begin")
    page.get_by_role("checkbox", name=colleague).check()
    page.get_by_role("button", name="开始", exact=True).click()
    expect(page.locator(".rows > li").first).to_be_visible()


def answers_all(person: Person, *, bad: int, words: str, photo: Path, due: str) -> None:
    """合格 by thumb everywhere but at one item, which gets words, a photo and a deadline."""
    rows = person.page.locator(".rows > li")
    for index in range(rows.count()):
        outcome = "不合格" if index + 1 == bad else "合格"
        rows.nth(index).get_by_role("radio", name=outcome, exact=True).check()
    row = rows.nth(bad - 1)
    row.get_by_label("情况说明").fill(words)
    row.locator("input[type=file]").set_input_files(photo)
    expect(row.locator(".shots img")).to_have_count(1, timeout=PATIENCE)
    row.get_by_label("整改期限").fill(due)
    row.get_by_label("整改期限").blur()
    person.look("field-checklist")


def signs(person: Person, site: str) -> None:
    """Everybody draws on the glass; the person on site refuses nothing."""
    page = person.page
    page.get_by_role("link", name="去签名").click()
    boxes = page.locator("section.sign")
    expect(boxes.first).to_be_visible()
    boxes.last.get_by_label("姓名").fill(site)
    for index in range(boxes.count()):
        box = boxes.nth(index)
        box.scroll_into_view_if_needed()
        area = box.locator("canvas").bounding_box()
        page.mouse.move(area["x"] + 40, area["y"] + 30)
        page.mouse.down()
        page.mouse.move(area["x"] + 160, area["y"] + 70, steps=6)
        page.mouse.move(area["x"] + 80, area["y"] + 80, steps=6)
        page.mouse.up()
        box.get_by_role("button", name="确认签名").click()
        expect(box.locator("img.mark")).to_be_visible()
    person.look("field-signed")


def concludes(person: Person) -> None:
    """办结; without a signal the visit waits in the queue, visibly."""
    person.page.get_by_role("button", name="办结检查").click()
    expect(person.page.get_by_text("已办结，待发送")).to_be_visible()
    person.look("field-queue")
