"""Numbers, yes and no, choices, telephones and text as people write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.spreadsheets import (
    parse_boolean,
    parse_choice,
    parse_integer,
    parse_number,
    parse_percent,
    parse_phone,
    parse_text,
)

LEVELS = {"一般": "general", "一般隐患": "general", "重点": "key", "重大": "major"}


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("3.5万元", "元", "35000"),
        ("3.5万元", "万元", "3.5"),
        ("35000元", "万元", "3.5"),
        ("1,200.50", "元", "1200.50"),
        ("１２", "", "12"),
        ("约3万", "元", "30000"),
        ("￥800", "元", "800"),
        (-5, "", "-5"),
        (2.5, "万元", "2.5"),
        ("/", "元", None),
    ],
)
def test_numbers_with_units(written: Any, unit: str, value: str | None) -> None:
    assert parse_number(written, unit=unit) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    "written", ["若干", "3.5吨", "1..2", True, date(2026, 1, 1), "9" * 40, float("nan"), float("inf")]
)
def test_what_is_no_number_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match=r"不是数字|数值过大"):
        parse_number(written)


def test_whole_numbers_have_limits() -> None:
    assert parse_integer("397人") == 397
    assert parse_integer("—") is None
    with pytest.raises(ValueError, match="不是整数"):
        parse_integer("3.5")
    with pytest.raises(ValueError, match="应在 0 到"):
        parse_integer(-1)


def test_percentages_are_fractions_of_one() -> None:
    assert (
        parse_percent("95%") == parse_percent("９５％") == parse_percent(0.95) == parse_percent(95) == Decimal("0.95")
    )


@pytest.mark.parametrize("written", ["是", "√", "有", "Y", 1, True, "已"])
def test_yes(written: Any) -> None:
    assert parse_boolean(written) is True


@pytest.mark.parametrize("written", ["否", "×", "无", "N", 0, False, "未"])
def test_no(written: Any) -> None:
    assert parse_boolean(written) is False


def test_neither_yes_nor_no() -> None:
    assert parse_boolean("/") is None
    with pytest.raises(ValueError, match="不是“是”或“否”"):
        parse_boolean("大概")


def test_an_unknown_word_is_refused_with_the_choices() -> None:
    assert parse_choice(" 一般 隐患 ", LEVELS) == "general"
    with pytest.raises(ValueError, match="隐患等级“特别严重”无法识别，应为：一般、重点、重大"):
        parse_choice("特别严重", LEVELS, "隐患等级")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (13908710001, "13908710001"),
        ("１３９０８７１０００１", "13908710001"),
        ("139 0871 0001", "13908710001"),
        ("139-0871-0001", "13908710001"),
        ("+8613908710001", "13908710001"),
        ("0871-8000001", "0871-8000001"),
        ("（0871）68000001", "0871-68000001"),
        ("68000001", "68000001"),
        ("13908710001/0871-8000001", "13908710001、0871-8000001"),
        ("12350", "12350"),
        ("无", ""),
    ],
)
def test_telephone_numbers(written: Any, value: str) -> None:
    assert parse_phone(written) == value


@pytest.mark.parametrize("written", ["1390871000", "张三", "139087100012"])
def test_what_is_no_telephone_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="不是有效的电话号码"):
        parse_phone(written)


def test_text_is_trimmed_line_by_line_and_loses_what_cannot_be_seen() -> None:
    assert parse_text(" 甲\u200b厂 \n\n 乙　") == "甲厂\n乙"
    assert parse_text(397.0) == "397"
    assert parse_text(date(2026, 6, 5)) == "2026-06-05"
    assert parse_text("——") == ""
    with pytest.raises(ValueError, match="超过 2 字"):
        parse_text("一二三", 2)


@given(st.one_of(st.text(max_size=15), st.integers(), st.floats(), st.booleans(), st.none(), st.dates(), st.times()))
def test_any_cell_is_a_value_or_a_reason(written: Any) -> None:
    for parse in (parse_number, parse_integer, parse_percent, parse_boolean, parse_phone, parse_text):
        try:
            parse(written)
        except ValueError as error:
            reason = str(error)
        else:
            reason = "读出了值"
        assert reason
