"""The plain text inside a cell, and what counts as saying nothing."""

from __future__ import annotations

import re
from datetime import date, datetime

from common.spreadsheets.cells import Value

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\x00-\x08\x0b\x0c\x0e-\x1f]")
_GUARDED = re.compile(r"^'(?=[=+\-@\t\r])")
_EMPTY = {
    "",
    "/",
    "\\",
    "-",
    "--",
    "—",
    "——",
    "―",
    "–",
    "无",
    "暂无",
    "没有",
    "空",
    "n/a",
    "na",
    "null",
    "none",
    "nan",
    "#n/a",
}


_PUNCTUATION = {
    "\u3000": " ",
    "\xa0": " ",
    "／": "/",
    "．": ".",
    "－": "-",
    "：": ":",
    "％": "%",
    "（": "(",
    "）": ")",
    "＋": "+",
}
_FULL_WIDTH = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_NARROW = str.maketrans({**{chr(code): chr(code - 0xFEE0) for code in _FULL_WIDTH}, **_PUNCTUATION})


def plain(text: str) -> str:
    """Full-width digits, letters and spaces made half-width; Chinese punctuation stays Chinese."""
    return _INVISIBLE.sub("", text.translate(_NARROW))


def is_empty(value: Value) -> bool:
    """Blank, or one of the signs people put where there is nothing to say ("/", "—", "无")."""
    if value is None:
        return True
    return isinstance(value, str) and plain(value).strip().lower() in _EMPTY


def written(value: Value) -> str:
    """A cell as the person sees it: whole numbers without ".0", dates as 2026-06-05."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}" if value.time() != datetime.min.time() else f"{value:%Y-%m-%d}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def parse_text(value: Value, limit: int | None = None) -> str:
    """The text of a cell on trimmed lines, "" when it says nothing; longer than `limit` is refused."""
    if is_empty(value):
        return ""
    lines = (
        _INVISIBLE.sub("", line).replace("\xa0", " ").replace("\u3000", " ").strip()
        for line in written(value).splitlines()
    )
    text = _GUARDED.sub("", "\n".join(line for line in lines if line))
    if limit is not None and len(text) > limit:
        raise ValueError(f"内容有 {len(text)} 字，超过 {limit} 字的上限")
    return text
