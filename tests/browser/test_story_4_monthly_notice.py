"""Story 4: the monthly notice is there on the first working day, is edited, approved, issued and signed for."""

from __future__ import annotations

from datetime import date

from reports import transitions
from reports.models import Notice
from tests.browser import STORY
from tests.browser.acts import notices as act
from tests.browser.acts import supervision
from tests.browser.given import closed_hazard, confirmed_hazard
from tests.browser.machinery import days_pass

pytestmark = STORY
ADDED = "请各单位于4月10日前完成清明节前安全检查。"
BEHIND = ("chengguan", "village4")


def test_a_notice_is_edited_issued_and_two_units_are_reminded(people, calendar, street):
    _a_month_of_hazards(street)
    days_pass(calendar, "2026-04-01")
    office, head = people.signed_in("office"), people.signed_in("head")
    act.edits_draft(office, ADDED)
    act.opens_a_figure(office)
    act.approves_and_issues(head)
    act.reads_papers(head, "禄街安办发〔2026〕1号", ADDED)
    act.signs_for_notice(people.signed_in("village1"), "village")
    _others_sign(street)
    days_pass(calendar, "2026-04-08")
    late = people.signed_in(BEHIND[0])
    supervision.reads_message(late, "逾期未签收，请尽快签收", "late")
    office.sign_in()
    office.open("/notices/")
    office.look("notices")
    office.follow("关于2026年3月")
    office.sees("2家未签收")
    office.look("receipts")


def _a_month_of_hazards(street):
    """Two closed, two overdue."""
    for seed, words in ((31, "配电箱未设漏电保护器。"), (32, "灭火器过期。")):
        closed_hazard(street, date(2026, 3, 10), words, seed)
    confirmed_hazard(street, "key", date(2026, 3, 12), "疏散通道堆放杂物。", 33)
    confirmed_hazard(street, "general", date(2026, 3, 5), "安全出口指示灯损坏。", 34)


def _others_sign(street):
    """The rest of the units, all but two."""
    notice = Notice.objects.get()
    behind = {street.people[name].hat.unit_id for name in BEHIND}
    for receipt in notice.receipts.filter(signed_at=None).exclude(unit__in=behind).select_related("unit"):
        transitions.sign_for(receipt.unit.memberships.first().user, notice.pk)
