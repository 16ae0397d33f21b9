"""Numbers, yes and no, choices and telephone numbers as people write them in ledgers.

Every parser returns a value, None for blank, or raises `ValueError` with a Chinese reason naming what was written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from common.spreadsheets.cells import Value
from common.spreadsheets.fields import normalise
from common.spreadsheets.text import is_empty, parse_text, plain, written

T = TypeVar("T")

_YES = {"是", "√", "✓", "✔", "☑", "有", "已", "对", "y", "yes", "true", "t", "1", "on", "■", "●"}
_NO = {"否", "×", "✗", "✘", "☒", "x", "无", "没有", "未", "错", "n", "no", "false", "f", "0", "off", "□", "○"}
_SCALES = {
    "": 1,
    "元": 1,
    "千元": 1_000,
    "万": 10_000,
    "万元": 10_000,
    "百万元": 1_000_000,
    "亿元": 100_000_000,
    "亿": 100_000_000,
}
_NUMBER = re.compile(r"(?:约|共|近|大约|￥|¥|人民币)*\s*([+-]?\d[\d,， ]*(?:\.\d+)?|[+-]?\.\d+)\s*(.*)")
_LARGEST = Decimal(10) ** 15
_PHONES = re.compile(r"[\s,，;；、/]+")
_MOBILE = re.compile(r"(?:\+?86-?)?(1[3-9]\d{9})")
_LANDLINE = re.compile(
    r"\(?(0\d{2,3})\)?-?([2-9]\d{6,7})(?:(?:-|转)(\d{1,6}))?|[2-9]\d{6,7}|400-?\d{3}-?\d{4}|800-?\d{3}-?\d{4}|1\d{4}"
)


def parse_number(value: Value, *, unit: str = "", units: Mapping[str, int] | None = None) -> Decimal | None:
    """A number without thousands separators; "3.5万元" read with `unit` 元 is 35000, with 万元 3.5.

    `units` are further words that may follow the number, with their factor relative to `unit`.
    """
    if is_empty(value):
        return None
    if isinstance(value, bool | date | time | timedelta):
        raise ValueError(
            f"“{written(value)}”不是数字" if not isinstance(value, time | timedelta) else f"“{value}”不是数字"
        )
    match = _NUMBER.fullmatch(plain(str(value)).strip())
    if not match:
        raise ValueError(f"“{value}”不是数字")
    try:
        number = Decimal(re.sub(r"[,， ]", "", match[1]))
    except InvalidOperation as error:
        raise ValueError(f"“{value}”不是数字") from error
    factor = _factor(match[2].strip(), unit, units or {}, value)
    if abs(number) > _LARGEST:
        raise ValueError(f"“{value}”数值过大")
    return number * factor


def _factor(suffix: str, unit: str, units: Mapping[str, int], value: Value) -> Decimal:
    """By how much the written unit exceeds the wanted one."""
    if not suffix or suffix == unit:
        return Decimal(1)
    if suffix in units:
        return Decimal(units[suffix])
    if suffix in _SCALES and unit in _SCALES:
        return Decimal(_SCALES[suffix]) / _SCALES[unit]
    raise ValueError(f"“{value}”不是数字")


def parse_integer(value: Value, *, least: int = 0, most: int = 2_147_483_647) -> int | None:
    """A whole number within limits; "397人" is 397."""
    number = parse_number(value, units={"人": 1, "名": 1, "个": 1, "家": 1, "台": 1, "条": 1, "处": 1})
    if number is None:
        return None
    if number != number.to_integral_value():
        raise ValueError(f"“{value}”不是整数")
    if not least <= number <= most:
        raise ValueError(f"“{value}”应在 {least} 到 {most} 之间")
    return int(number)


def parse_percent(value: Value) -> Decimal | None:
    """A share as a fraction of one: "95%" and 0.95 are the same; a bare number above 1 is taken as percent."""
    if is_empty(value):
        return None
    text = plain(str(value)).strip()
    number = parse_number(text.rstrip("%").strip())
    if number is None:
        raise ValueError(f"“{value}”不是百分数")
    return number / 100 if text.endswith("%") or abs(number) > 1 else number


def parse_boolean(value: Value) -> bool | None:
    """Yes or no in the words and ticks people use; here "无" says no, it is not blank."""
    if value is None or isinstance(value, bool):
        return value
    text = plain(str(value)).strip().lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    if is_empty(value):
        return None
    raise ValueError(f"“{value}”不是“是”或“否”")


def parse_choice(value: Value, choices: Mapping[str, T], what: str = "选项") -> T | None:
    """The member of `choices` (word → member) that is written; an unknown word is refused with the list."""
    if is_empty(value):
        return None
    wanted = normalise(parse_text(value))
    for word, member in choices.items():
        if normalise(word) == wanted:
            return member
    first_words: dict[T, str] = {}
    for word, member in choices.items():
        first_words.setdefault(member, word)
    raise ValueError(f"{what}“{parse_text(value)}”无法识别，应为：{'、'.join(first_words.values())}")


def parse_phone(value: Value) -> str:
    """Telephone numbers, several joined by "、"; "" when blank; what cannot be a number is refused."""
    if is_empty(value):
        return ""
    text = plain(written(value)).strip()
    numbers = [_phone(part, value) for part in _PHONES.split(re.sub(r"(?<=\d)\s(?=\d)", "", text)) if part]
    return "、".join(numbers)


def _phone(text: str, value: Value) -> str:
    compact = (
        text if text.startswith("0") else re.sub(r"(?<=^1\d{2})-(?=\d{4}-?\d{4}$)|(?<=\d{4})-(?=\d{4}$)", "", text)
    )
    if match := _MOBILE.fullmatch(compact.replace("-", "") if compact.startswith(("1", "+86", "86")) else compact):
        return match[1]
    if match := _LANDLINE.fullmatch(text):
        area, local, extension = match.groups()
        return f"{area}-{local}" + (f"-{extension}" if extension else "") if area else text
    raise ValueError(f"“{written(value)}”不是有效的电话号码")
