"""Story 1: a food factory reports by phone, the hazard is 重大, and everything is done until it is signed off."""

from __future__ import annotations

from tests.browser import STORY
from tests.browser.acts import hazards as act

pytestmark = STORY
WORDS = "分割间采用氨直接蒸发制冷空调系统，同时作业人员较多，氨气报警器失效。"
DEPARTMENT = "应急管理综合服务中心"


def test_a_self_found_hazard_is_closed(people, calendar, photo):
    safety = people.signed_in("firm")
    number = act.reports_hazard(safety, WORDS, "分割间", [photo(1), photo(2)])
    act.verifies_as_major(people.signed_in("office"), number, "氨直接蒸发", "氨直接蒸发", DEPARTMENT)
    calendar.pass_days(2)
    act.files_plan(safety.sign_in(), number, "2026-04-30")
    first = people.signed_in("yingji")
    act.approves_plan(first, number)
    calendar.pass_days(8)
    act.reports_progress(safety.sign_in(), number, "设备已到货，停产改造开始。", "40")
    calendar.pass_days(8)
    act.reports_rectification(safety.sign_in(), number, [photo(1, fixed=True), photo(2, fixed=True)])
    calendar.pass_days(3)
    act.passes_review(first.sign_in(), number, "陈芳（演示）", [photo(3, fixed=True)])
    head = people.signed_in("head")
    act.signs_off(head, number)
    _dossier_prints(head, number)


def _dossier_prints(head, number):
    head.follow("隐患档案")
    head.look("dossier")
    text = head.prints("PDF 档案")
    assert number in text
    assert "已销号" in text
