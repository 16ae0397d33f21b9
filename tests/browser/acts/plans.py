"""Acts around the plan import."""

from __future__ import annotations

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tasks.models import Plan
from tests.browser.people import Person


def pastes_plan(person: Person, text: str) -> None:
    """From 方案 to the import, the whole text into the box."""
    person.open("/tasks/plans/")
    person.follow("导入方案")
    person.look("import")
    person.field("或者粘贴全文").fill(text)
    person.press("读取方案")


def sees_where_it_stands(person: Person, row: str, field: str) -> None:
    """A value leads to its highlighted words in the document, over the tasks on a phone."""
    article = person.page.locator(".review-row", has_text=row).first
    more = article.locator("details")
    if more.get_attribute("open") is None:
        more.locator("summary").click()
    link = article.get_by_role("link", name=field).first
    target = str(link.get_attribute("href"))
    link.click()
    expect(person.page.locator(f"mark{target}")).to_be_visible()
    expect(person.page.locator(f"mark{target}")).to_contain_text(field)
    hide = person.page.get_by_role("link", name="收起原文")
    if hide.is_visible():
        person.look("text")
        hide.click()
        expect(link).to_be_visible()


def corrects(person: Person, number: str, values: Mapping[str, str], look: str = "") -> None:
    """Open one task beside its words, type what is right, save."""
    person.page.get_by_role("link", name=f"修改 任务{number}", exact=True).click()
    person.page.wait_for_load_state()
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


def finds_in_plan(person: Person, number: str, *words: str) -> None:
    """The row of one task on the plan's page holds these words."""
    own = person.page.locator("td[data-label=序号]", has_text=re.compile(rf"^\s*{number}\s*$"))
    row = person.page.locator("main tbody tr", has=own).first
    for word in words:
        expect(row).to_contain_text(word)


def reports_progress(person: Person, task: str, percent: int, words: str) -> None:
    """From the ledger to the unit's own part and its action."""
    person.open("/tasks/")
    person.follow(task)
    person.follow("报告进展")
    person.fill({"完成比例（%）": str(percent), "进展情况": words})
    person.press("报告进展", within="main")
    person.sees("推进中", words)


def reports_completion(person: Person, words: str, reason: str) -> None:
    """From the page of the unit's part; said without evidence, and why."""
    person.follow("报告完成")
    person.fill({"完成情况": words, "无佐证说明": reason})
    person.press("报告完成", within="main")
    person.sees("待审核", words)


def accepts(person: Person, task: str, unit: str) -> None:
    """From the cell of the chart to the unit's part, and 审核通过."""
    cell_of(person, task, unit).get_by_role("link").click()
    person.page.wait_for_load_state()
    person.follow("审核通过")
    person.press("审核通过", within="main")
    person.sees("已办结")


def cell_of(person: Person, task: str, unit: str) -> Locator:
    """Where the row of the task and the column of the unit meet on the wall chart."""
    heads = person.page.locator(".wall-table thead tr").last.locator("th").all_text_contents()
    row = person.page.locator(".wall-table tbody tr", has=person.page.get_by_role("rowheader", name=task))
    return row.locator("td").nth(heads.index(unit) - 1)


def colour_on_wall(person: Person, plan: Plan, task: str, unit: str, word: str) -> str:
    """The chart says the word for the cell; back comes what colours it."""
    person.open(f"/tasks/wall/?plan={plan.pk}")
    cell = cell_of(person, task, unit)
    expect(cell.get_by_role("link")).to_have_attribute("title", word)
    cell.scroll_into_view_if_needed()
    return str(cell.evaluate("cell => getComputedStyle(cell).backgroundColor"))
