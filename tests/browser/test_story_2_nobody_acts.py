"""Story 2: nobody acts, and the system pushes: reminders, letters, 通报, 约谈, 挂牌, until the hazard is gone and delisted."""

from __future__ import annotations

from datetime import date

from tests.browser import STORY
from tests.browser.acts import hazards as on_hazard
from tests.browser.acts import supervision as act
from tests.browser.given import confirmed_hazard
from tests.browser.machinery import days_pass

pytestmark = STORY
WORDS = "打粉车间除尘系统未设置泄爆口，积尘未及时清理。"
DUE = date(2026, 4, 10)


def test_the_ladder_climbs_until_somebody_must_decide(people, calendar, street):
    number = confirmed_hazard(street, "major", DUE, WORDS).number
    days_pass(calendar, "2026-04-07")
    act.reads_message(people.signed_in("firm"), "到期提醒（首次）", "reminder")
    days_pass(calendar, "2026-04-15")
    _firm_answers_the_letters(people, number)
    days_pass(calendar, "2026-04-19")
    office = people.signed_in("office")
    on_hazard.opens_hazard(office, number)
    office.sees("逾期提示", "督促", "列入通报")
    days_pass(calendar, "2026-04-26")
    _head_decides_the_talk(people)
    days_pass(calendar, "2026-05-04")
    act.opens_from_board(people.signed_in("yingji"), "挂牌", "listing-proposed")


def _firm_answers_the_letters(people, number):
    firm = people.signed_in("firm")
    act.opens_from_workbench(firm, "函件待签收、回复", "letters")
    firm.look("letter")
    on_hazard.opens_hazard(firm, number)
    firm.look("overdue-hazard")
    firm.follow("督促函")
    assert "督促" in firm.prints("PDF")
    act.performs(firm, "回复", {"回复内容": "已成立专班，正在采购泄爆片。"}, "answer")
    firm.look("answered")


def _head_decides_the_talk(people):
    head = people.signed_in("head")
    act.opens_from_board(head, "约谈", "talk")
    act.performs(
        head, "决定采取", {"约谈时间": "2026-04-28T15:00", "约谈地点": "街道会议室", "决定意见": "同意约谈。"}, "talk-decide"
    )
    head.look("talk-decided")
