"""Dates as people write them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.spreadsheets import parse_date, parse_datetime, parse_time, year_in

D = date(2026, 6, 5)


@pytest.mark.parametrize(
    "written",
    [
        "2026.6.5",
        "2026年6月5日",
        "2026/06/05",
        "2026-06-05",
        "20260605",
        20260605,
        46178,
        46178.75,
        "46178",
        D,
        datetime(2026, 6, 5, 14, 30),
        "2026-06-05 14:30:00",
        "2026-06-05T14:30:00",
        "２０２６年６月５日",
        "26.6.5",
        "2026 年 6 月 5 日",
        "2026年6月5日前",
        "2026.6.5日之前",
        "6/5/2026",
        "2026年6月5号",
        "二〇二六年六月五日",
        "2026年6月5日(周五)",
        "2026、6、5".replace("、", "."),
        "6月5日",
        "6.5",
        "六月五日前",
        "6月5日前完成",
        "今年6月5日",
    ],
)
def test_one_day_in_many_spellings(written: Any) -> None:
    assert parse_date(written, year=2026) == D


@pytest.mark.parametrize("written", [None, "", "  ", "/", "—", "--", "无", "　", "N/A"])
def test_signs_for_nothing_are_blank(written: Any) -> None:
    assert parse_date(written) is None


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2024年5月", (2024, 5, 1), (2024, 5, 31)),
        ("2024.5", (2024, 5, 1), (2024, 5, 31)),
        ("5月底", (2026, 5, 31), (2026, 5, 31)),
        ("2025年12月底前", (2025, 12, 31), (2025, 12, 31)),
        ("2024年2月末", (2024, 2, 29), (2024, 2, 29)),
        ("6月中旬", (2026, 6, 11), (2026, 6, 20)),
        ("年底前", (2026, 12, 31), (2026, 12, 31)),
        ("明年3月", (2027, 3, 1), (2027, 3, 31)),
        ("2026年6月1日-6月20日", (2026, 6, 1), (2026, 6, 20)),
        ("2026.6.1—2026.6.20", (2026, 6, 1), (2026, 6, 20)),
        ("2026.6.1-6.20", (2026, 6, 1), (2026, 6, 20)),
        ("6月1日至20日", (2026, 6, 1), (2026, 6, 20)),
        ("2026-06-01至2026-06-20", (2026, 6, 1), (2026, 6, 20)),
    ],
)
def test_months_and_ranges_have_a_first_and_a_last_day(written: str, first: Any, last: Any) -> None:
    assert parse_date(written, year=2026) == date(*first)
    assert parse_date(written, year=2026, ends=True) == date(*last)


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("2026-13-01", "没有13月"),
        ("2月30日", "2026年2月没有30日"),
        ("2026.2.29", "2026年2月没有29日"),
        ("长期坚持", "“长期坚持”不是日期"),
        ("立即整改", "不是日期"),
        ("持续推进", "不是日期"),
        ("2026.1.1.1", "不是日期"),
        (3.7, "不是日期"),
        (2026.1, "不是日期"),
        (True, "不是日期"),
        ("1026-01-01", "年份不合理"),
        ("6月20日至6月1日", "早于开始"),
        (time(1, 2), "不是日期"),
    ],
)
def test_what_is_no_date_is_refused_by_name(written: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_date(written, year=2026)


def test_a_date_without_a_year_needs_one_from_its_surroundings() -> None:
    with pytest.raises(ValueError, match="没有写年份"):
        parse_date("6月5日")
    assert year_in("××街道甲村2026年安全生产隐患排查整治台账") == 2026
    assert year_in("2025年至2026年台账") is None


def test_a_deadline_without_a_year_follows_the_day_it_counts_from() -> None:
    assert parse_date("8月8日前", since=date(2026, 7, 1)) == date(2026, 8, 8)
    assert parse_date("1月23日前", since=date(2026, 10, 17)) == date(2027, 1, 23)
    assert parse_date("5月21日前", since=date(2026, 7, 20)) == date(2026, 5, 21)
    assert parse_date("15日内", since=D) == D + timedelta(days=15)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("14:30", time(14, 30)),
        ("14时30分", time(14, 30)),
        ("下午2点半", time(14, 30)),
        (0.5, time(12)),
        ("14：30", time(14, 30)),
    ],
)
def test_times_of_day(written: Any, value: time) -> None:
    assert parse_time(written) == value


def test_an_impossible_time_is_refused() -> None:
    with pytest.raises(ValueError, match="不是有效的时间"):
        parse_time("25:30")


def test_a_moment_keeps_its_time() -> None:
    assert parse_datetime("2026-06-05 14:30") == datetime(2026, 6, 5, 14, 30)
    assert parse_datetime("2026年6月5日14时30分") == datetime(2026, 6, 5, 14, 30)
    assert parse_datetime("2026.6.5") == datetime(2026, 6, 5)


@given(
    st.one_of(
        st.text(alphabet="0123456789年月日.-/至前底上中下旬 一二十〇今明", max_size=14),
        st.text(max_size=9),
        st.floats(),
        st.integers(),
    )
)
def test_any_scribble_is_a_date_nothing_or_a_reason(written: Any) -> None:
    try:
        found = parse_date(written, year=2026, since=D)
    except ValueError as error:
        found = str(error)
    assert found is None or isinstance(found, date) or "日" in found or "年份" in found
