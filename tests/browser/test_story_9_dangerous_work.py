"""危险作业报备: refused while something is missing, seen at once by the regulator, five steps, bad air, holiday, overrun."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from inspections.jobs_duty import watch_works
from inspections.models import HazardousWork
from tests.browser import STORY
from tests.browser.acts import duty as act
from tests.browser.given import FIRM

pytestmark = STORY
SATURDAY = "2026-03-07"
WORK = {
    "作业内容": "污水池清淤", "作业地点": "厂区东侧污水池", "计划开始": f"{SATURDAY}T10:00", "计划结束": f"{SATURDAY}T16:00",
    "作业单位": FIRM, "现场安全管理人员": "沈安", "安全措施": "先通风、再检测、后作业，专人监护", "应急器材": "三脚架、空气呼吸器",
}  # fmt: skip
CREW = [{"岗位": "作业人", "姓名": "周师傅"}, {"岗位": "监护人", "姓名": "吴监护"}]


def test_a_confined_space_is_reported_guarded_measured_and_finished(people, street, calendar, photo):
    firm, office = people.signed_in("firm"), people.signed_in("office")
    path = _reported(firm)
    _seen_at_once(office)
    calendar.go_to(f"{SATURDAY} 09:30")
    firm, office = people.signed_in("firm"), people.signed_in("office")
    _present(office, path)
    for number, action in enumerate(("登记方案审批", "登记技术交底"), 1):
        act.takes_a_step(firm, path, action, "沈安", photo(number))
    act.takes_a_step(firm, path, "开始作业", "沈安", photo(3))
    firm.sees("先通风、再检测、后作业")
    act.measures_the_air(firm, path, "17.0")
    act.takes_a_step(firm, path, "开始作业", "沈安", photo(4))
    firm.sees("低于19.5")
    act.measures_the_air(firm, path, "20.8")
    for number, action in enumerate(("开始作业", "登记现场监护"), 5):
        act.takes_a_step(firm, path, action, "吴监护", photo(number))
    _overruns(office, calendar, path)
    firm = people.signed_in("firm")
    act.takes_a_step(firm, path, "完工验收", "沈安", photo(8))
    firm.open(path)
    firm.sees("已完工验收")
    firm.look("finished")
    assert HazardousWork.objects.get().steps.count() == 5


def _reported(firm):
    """Ten kinds to choose from; a hot work by somebody whose certificate ran out yesterday is refused at that very field."""
    expired = [{"岗位": "作业人", "姓名": "周师傅", "证书编号": "T5301", "有效期至": "2026-03-01"}, CREW[1]]
    act.reports_a_work(firm, "动火", WORK | {"计划结束": f"{SATURDAY}T12:00"}, expired)
    assert firm.page.locator("select[name=kind] option").count() == 10
    firm.sees("周师傅的证书已于2026年3月1日过期，不得安排作业。")
    firm.look("expired")
    act.reports_a_work(firm, "有限空间", WORK, CREW)
    firm.sees("双到位")
    firm.look("reported")
    return HazardousWork.objects.get().get_absolute_url()


def _seen_at_once(office):
    """In the list, in the messages; on the map on its day."""
    office.open("/inspections/hazardous-works/")
    office.sees(FIRM, "有限空间作业")
    office.look("list")


def _present(office, path):
    """A Saturday: the regulator comes, too."""
    office.open("/inspections/hazardous-works/map/")
    expect(office.page.locator(".leaflet-marker-icon")).to_have_count(1)
    office.look("map")
    office.open(path)
    office.follow("登记监管到场")
    office.press("登记监管到场")
    office.sees_not("监管人员尚未登记到场")


def _overruns(office, calendar, path):
    """An hour past the reported end: everybody is told, list and map show it."""
    calendar.go_to(f"{SATURDAY} 17:00")
    assert watch_works() == 1
    office = office.people.signed_in("office")
    office.open("/inspections/hazardous-works/?when=overrun")
    office.sees(FIRM)
    office.open("/inspections/hazardous-works/map/")
    office.sees("已超时")
    office.look("overrun")
    office.open("/messages/")
    office.sees(re.compile("作业超时未完工"))
