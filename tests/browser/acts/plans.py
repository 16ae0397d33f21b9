"""Acts around the plan import."""

from __future__ import annotations

from collections.abc import Mapping

from playwright.sync_api import expect

from tests.browser.people import Person


def pastes_plan(person: Person, text: str) -> None:
    """From 方案 to the import, the whole text into the box."""
    person.open("/tasks/plans/")
    person.follow("导入方案")
    person.look("import")
    person.field("或者粘贴全文").fill(text)
    person.press("读取方案")


def sees_where_it_stands(person: Person, row: str, field: str) -> None:
    """A value leads to its highlighted words in the document."""
    article = person.page.locator(".review-row", has_text=row).first
    link = article.get_by_role("link", name=field).first
    target = str(link.get_attribute("href"))
    link.click()
    expect(person.page.locator(f"mark{target}")).to_be_visible()
    expect(person.page.locator(f"mark{target}")).to_contain_text(field)


def corrects(person: Person, number: str, values: Mapping[str, str], look: str = "") -> None:
    """Open one task beside its words, type what is right, save."""
    person.follow(f"修改任务{number}")
    if look:
        person.look(look)
    person.fill(values)
    person.press("保存更正")
    person.sees(f"任务{number}已更正")


def says_what_names_mean(person: Person, meanings: Mapping[str, str]) -> None:
    """Choose for the names nothing is suggested for, look over the rest, save once."""
    person.follow("对应单位名称")
    person.look("names")
    for wording, meaning in meanings.items():
        person.choose(wording, meaning)
    person.press("保存并记住")
    person.sees("以后的方案自动采用")


def confirms(person: Person, count: int) -> None:
    """Nothing was a task before this."""
    person.press(f"确认导入 {count} 项任务")
    person.sees(f"方案已导入，共{count}项任务")
