"""A self-check on the phone without signal: three taps for a clean day, findings become hazards, the regulator sees who filed."""

from __future__ import annotations

import pytest

from hazards.models import Hazard
from inspections.models import SelfCheck
from tests.browser import STORY
from tests.browser.acts import duty as act
from tests.browser.given import FIRM
from tests.browser.people import PHONE, People
from tests.browser.site import serve
from units.models import Enterprise

pytestmark = STORY
WORDS = "安全出口堆放纸箱。"


@pytest.fixture
def phones(chromium, street, tmp_path):
    """Everybody has a phone; the factory is of a high-risk trade and owes daily checks."""
    Enterprise.objects.filter(unit=street.units[FIRM]).update(is_high_risk=True)
    with serve() as site:
        people = People(chromium, site, PHONE, tmp_path)
        yield people
        people.leave()


def test_a_clean_day_takes_three_taps_and_what_is_found_becomes_a_hazard(phones, photo):
    safety = phones.signed_in("firm")
    act.takes_the_checks_along(safety)
    act.loses_the_signal(safety)
    assert act.files_a_clean_check(safety, "日检查") == 3
    act.reports_in_a_check(safety, "周检查", WORDS, photo(3))
    safety.look("queue")
    assert not SelfCheck.objects.exists()
    act.gets_the_signal_back(safety)
    day, week = SelfCheck.objects.order_by("cadence")
    assert (day.is_zero, day.signed_name, day.is_late) == (True, "沈安（演示）", False)
    assert day.seconds <= 120
    hazard = Hazard.objects.get(description__startswith=WORDS)
    assert (hazard.channel, hazard.evidence.count(), week.bad_count) == ("self_check", 1, 1)
    safety.open("/inspections/self-checks/calendar/")
    safety.sees("已完成")
    safety.look("calendar")
    office = phones.signed_in("office")
    office.open("/inspections/self-checks/")
    office.sees(FIRM, "零隐患", "1个问题")
    office.look("ledger")


def test_what_the_principal_signs_is_left_to_the_principal(phones):
    safety, boss = phones.signed_in("firm"), phones.signed_in("boss")
    act.takes_the_checks_along(safety)
    safety.sees("由主要负责人签字，请其本人登录报送")
    act.takes_the_checks_along(boss)
    act.loses_the_signal(boss)
    act.files_a_clean_check(boss, "主要负责人带队检查")
    act.gets_the_signal_back(boss)
    assert SelfCheck.objects.led().get().signed_name == "钱丰（演示）"
