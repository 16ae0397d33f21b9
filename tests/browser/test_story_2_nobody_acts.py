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
        head,
        "决定采取",
        {"约谈时间": "2026-04-28T15:00", "约谈地点": "街道会议室", "决定意见": "同意约谈。"},
        "talk-decide",
    )
    head.look("talk-decided")


def test_a_listed_hazard_is_treated_extended_once_accepted_and_delisted(people, calendar, street, photo):
    number = confirmed_hazard(street, "major", date(2026, 3, 6), WORDS).number
    days_pass(calendar, "2026-03-30")
    _listing_is_approved(people)
    calendar.pass_days(1)
    _notice_is_served(people, number)
    calendar.pass_days(2)
    firm, officer = people.signed_in("firm"), people.signed_in("yingji")
    act.opens_from_workbench(firm, "挂牌（挂账）督办", "listed-firm")
    on_hazard.files_plan(firm, number, "2026-04-30")
    on_hazard.approves_plan(officer, number)
    days_pass(calendar, "2026-04-18")
    _progress_is_reported(firm.sign_in(), number)
    days_pass(calendar, "2026-04-20")
    act.asks_extension(firm.sign_in(), number, "2026-05-20")
    act.grants_extension(people.signed_in("head"), number)
    days_pass(calendar, "2026-05-08")
    firm.sign_in()
    on_hazard.opens_hazard(firm, number)
    firm.may_not("申请延期")
    on_hazard.reports_rectification(firm, number, [photo(1, fixed=True)])
    _work_is_accepted(firm, officer.sign_in(), number, [photo(2, fixed=True)])
    _hazard_is_delisted(people, number)


def _listing_is_approved(people):
    officer, head = people.signed_in("yingji"), people.signed_in("head")
    act.opens_from_board(officer, "挂牌", "opinion")
    act.performs(officer, "会审意见", {"会审意见": "隐患属实、逾期时间长，同意挂牌督办。"})
    act.opens_from_board(head, "挂牌", "approval")
    act.performs(head, "批准督办", {"督办领导": "马建华", "审批意见": "同意。"}, "approve-listing")
    head.look("listing-approved")
    assert "挂牌督办" in head.prints("PDF")


def _notice_is_served(people, number):
    office = people.signed_in("office")
    act.opens_from_workbench(office, "督办待送达、公示", "serve")
    act.performs(office, "登记送达", {"签收人": "钱丰"}, "serve-form")
    act.performs(office, "登记公示", {"公示载体": "街道政务公开栏"})
    office.look("listing-served")


def _progress_is_reported(firm, number):
    act.opens_listing(firm, number)
    firm.sees("未按期报告")
    act.performs(firm, "报告督办进展", {"进展情况": "泄爆片已安装一半。", "完成比例（%）": "50"}, "listing-progress")
    firm.look("listing-progress-reported")


def _work_is_accepted(firm, officer, number, photos):
    act.opens_listing(firm, number)
    act.performs(firm, "申请验收", {"自评情况": "已全部完成整改，自评合格。"})
    on_hazard.passes_review(officer, number, "陈芳（演示）", photos)
    act.opens_listing(officer, number)
    act.performs(
        officer, "验收合格", {"验收人员": "王强（演示）、陈芳（演示）", "验收报告": "现场核查，隐患已消除。"}, "accept"
    )


def _hazard_is_delisted(people, number):
    head = people.signed_in("head")
    act.opens_from_board(head, "待批准摘牌", "delist")
    act.performs(head, "批准摘牌", look="delist-form")
    head.look("delisted")
    head.sees_not("接收进展")
    on_hazard.opens_hazard(head, number)
    head.sees("已销号")
    head.look("closed")
