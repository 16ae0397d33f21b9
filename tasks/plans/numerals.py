"""Chinese numerals up to 999, beside Arabic ones."""

from __future__ import annotations

_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_PLACES = {"十": 10, "百": 100}


def chinese_number(text: str) -> int:
    """十二 → 12, 二〇二四 → 2024, 12 → 12; 0 for what is no number."""
    if text.isdecimal():
        return int(text)
    if not any(sign in _PLACES for sign in text):
        digits = [_DIGITS.get(sign) for sign in text]
        return 0 if None in digits or not digits else int("".join(str(digit) for digit in digits))
    total, digit = 0, 0
    for sign in text:
        if sign in _PLACES:
            total += (digit or 1) * _PLACES[sign]
            digit = 0
        else:
            digit = _DIGITS.get(sign, 0)
    return total + digit
