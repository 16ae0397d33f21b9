"""Acts on a hazard, from report to sign-off."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.people import Person


def opens_own_task(person: Person, act: str, look: str) -> None:
    """From the workbench to the page of the due act on the first hazard in the group."""
    person.open("/workbench/")
    person.look(f"{look}-workbench")
    person.follow(act)


def reports_hazard(person: Person, words: str, place: str, photos: list[Path]) -> str:
    """Photos first, then place and words; answers the number the report was given."""
    person.open("/workbench/")
    person.page.get_by_role("link", name=re.compile("上报")).locator("visible=true").first.click()
    person.add_photos(*photos)
    person.fill({"具体部位": place, "隐患描述": words})
    person.look("report-filled")
    person.press("上报")
    person.sees("已上报，隐患编号")
    number = re.search(r"[A-Z]{2,}-?\d[\d-]*", person.page.locator("h1").inner_text())
    assert number, person.page.locator("h1").inner_text()
    person.look("reported")
    return number[0]


def opens_hazard(person: Person, number: str) -> None:
    """Through the search every page carries: a full number leads straight to its page."""
    person.open(f"/search/?q={number}")
    person.sees(f"隐患 {number}")


def presses_action(person: Person, number: str, action: str) -> None:
    """From the hazard's page to the form of one action."""
    opens_hazard(person, number)
    person.follow(action)


def verifies_as_major(person: Person, number: str, words: str, clause: str, department: str) -> None:
    """Looks the criterion up while choosing the level, and names who rectifies and who supervises."""
    presses_action(person, number, "核实确认")
    person.tick("重大")
    box = person.page.get_by_role("searchbox", name="查找判定条款")
    with person.page.expect_response(re.compile("/criteria/suggest/")):
        box.press_sequentially(words)
    found = person.page.locator(".criterion-item", has_text=clause).first
    expect(found).to_be_visible()
    person.look("criteria-found")
    found.get_by_role("radio").check()
    person.fill({"整改责任人": "沈安", "整改要求": "立即停用，限期改造为间接制冷。"})
    person.choose("监管部门", department)
    person.look("verify-filled")
    person.press("核实确认")
    person.sees("当前状态“待报方案”")
    person.look("verified")


def files_plan(person: Person, number: str, finish_on: str) -> None:
    """五到位: all six items."""
    presses_action(person, number, "报送治理方案")
    person.fill(
        {
            "目标和任务": "消除氨泄漏造成人员伤亡的风险，4月底前完成改造。",
            "方法和措施": "包装间、分割间改为间接制冷，更换报警器，组织联动测试。",
            "治理经费（万元）": "38.5",
            "负责机构和人员": "厂长钱丰任组长，安全员沈安、设备科参加",
            "计划完成日期": finish_on,
            "安全措施和应急预案": "改造期间停用该系统，专人值守，修订氨泄漏应急预案并演练。",
        }
    )
    person.look("plan-filled")
    person.press("报送治理方案")
    person.look("plan-filed")


def approves_plan(person: Person, number: str) -> None:
    """The department's decision."""
    presses_action(person, number, "批准方案")
    person.sees("治理方案（五到位）")
    person.look("plan-to-approve")
    person.press("批准方案")
    person.sees("当前状态“整改中”")
    person.look("plan-approved")


def reports_progress(person: Person, number: str, text: str, percent: str) -> None:
    """What has been done so far."""
    presses_action(person, number, "报告进展")
    person.fill({"进展情况": text, "完成比例（%）": percent})
    person.press("报告进展")
    person.sees(text)
    person.look("progress-reported")


def reports_rectification(person: Person, number: str, photos: list[Path]) -> None:
    """After photos, what was done and what it cost."""
    presses_action(person, number, "报告整改完成")
    person.add_photos(*photos)
    person.fill({"整改措施": "已改为间接制冷，更换报警器8只，联动测试合格。", "整改投入（万元）": "36.2"})
    person.look("rectification-filled")
    person.press("报告整改完成")
    person.sees("当前状态“待复查”")
    person.look("rectified")


def passes_review(person: Person, number: str, second: str, photos: list[Path]) -> None:
    """On site, together with a second reviewer."""
    presses_action(person, number, "复查合格")
    person.add_photos(*photos)
    person.choose("另一名复查人", second)
    person.fill({"复查意见": "现场核查，隐患已消除。"})
    person.look("review-filled")
    person.press("复查合格")
    person.sees("当前状态“待销号”")
    person.look("reviewed")


def signs_off(person: Person, number: str) -> None:
    """The head's last word."""
    presses_action(person, number, "销号")
    person.look("sign-off")
    person.press("销号")
    person.sees("当前状态“已销号”")
    person.look("closed")
