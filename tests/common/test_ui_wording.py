"""Dates, ratios and deadlines are said the same way everywhere."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from common import clock, wording

CHINA = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 11, 22, 12, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("ratio", "text"),
    [(None, "—"), (0, "0.0%"), (1, "100.0%"), (0.9565, "95.7%"), (Decimal("0.0005"), "0.1%"), (0.12345, "12.3%")],
)
def test_a_ratio_is_a_percentage_and_nothing_is_a_dash(ratio, text):
    assert wording.percent(ratio) == text


def test_a_percentage_can_be_whole():
    assert wording.percent(0.995, 0) == "100%"


def test_zero_and_false_are_values_and_none_is_a_dash():
    assert [wording.dash(value) for value in (0, False, None, "", "有")] == [0, False, "—", "—", "有"]


def test_a_moment_is_dated_in_china():
    late_in_utc = datetime(2026, 11, 21, 17, 5, tzinfo=ZoneInfo("UTC"))
    assert wording.cn_date(late_in_utc) == "2026年11月22日"
    assert wording.cn_datetime(late_in_utc) == "2026年11月22日 01:05"
    assert wording.cn_date(None) == wording.cn_datetime(None) == "—"


@pytest.mark.parametrize(
    ("due", "text", "tone"),
    [
        (date(2026, 11, 25), "剩3天", "orange"),
        (date(2026, 11, 26), "剩4天", "grey"),
        (date(2026, 11, 22), "今天到期", "orange"),
        (date(2026, 11, 17), "逾期5天", "red"),
        (NOON + timedelta(hours=5), "剩5小时", "orange"),
        (NOON + timedelta(minutes=20), "剩1小时", "orange"),
        (NOON + timedelta(days=30), "剩30天", "grey"),
        (NOON - timedelta(minutes=1), "逾期1小时", "red"),
        (NOON - timedelta(hours=23), "逾期23小时", "red"),
        (NOON - timedelta(days=5, hours=3), "逾期5天", "red"),
        (None, "—", "grey"),
    ],
)
def test_a_deadline_says_what_is_left(due, text, tone):
    with clock.at(NOON):
        assert wording.countdown(due) == wording.Countdown(text, tone)


def test_a_finished_matter_is_judged_at_its_end():
    due = NOON - timedelta(days=9)
    assert wording.countdown(due, due - timedelta(days=1)) == wording.Countdown("按期完成", "green")
    assert wording.countdown(due, due + timedelta(days=2)) == wording.Countdown("逾期2天完成", "red")
    assert wording.countdown(date(2026, 11, 20), NOON) == wording.Countdown("逾期2天完成", "red")
