"""Dates as people write them in ledgers. Every parser returns a value, None for blank, or raises `ValueError`
with a Chinese reason that names what was written."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, time, timedelta

from common.spreadsheets.cells import Value
from common.spreadsheets.text import is_empty, plain

EARLIEST, LATEST = 1980, 2099
EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = (29_221, 73_050)  # 1980-01-01 … 2099-12-31
NEXT_YEAR_WITHIN = timedelta(days=183)
ASKS_FOR = "请填写具体日期，如 2026-06-05"

_YEAR = r"(?P<y>\d{4}|\d{2})"
_TAIL = r"(?:日|号)?\s*(?:星期.|周.|\(.{1,4}\))?\s*(?:之?前|以前|为?止|前?完成|前整改完毕|整改完毕|内)*"
_TIME = r"(?:(?:[T\s]|(?<=[日号]))\s*\d{1,2}[:时点]\d{0,2}分?(?::\d{1,2})?(?:\.\d+)?(?:Z|[+]\d\d:?\d\d)?)?"
_FULL = re.compile(rf"{_YEAR}\s*[-/.年,\\]\s*(?P<m>\d{{1,2}})\s*[-/.月,\\]\s*(?P<d>\d{{1,2}})\s*{_TAIL}{_TIME}")
_COMPACT = re.compile(rf"(?P<y>\d{{4}})(?P<m>\d{{2}})(?P<d>\d{{2}}){_TAIL}{_TIME}")
_AMERICAN = re.compile(rf"(?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})[-/.](?P<y>\d{{4}}){_TIME}")
_YEARLESS = re.compile(
    rf"(?:(?P<rel>今年|本年|明年|次年|去年))?(?P<m>\d{{1,2}})\s*[月./-]\s*(?P<d>\d{{1,2}})\s*{_TAIL}"
)
_PART = r"(?P<part>上旬|中旬|下旬|月?底|月?末|初|份)?"
_MONTH = re.compile(
    rf"(?:{_YEAR}\s*年|(?P<y4>\d{{4}})\s*[-/.](?=\d)|(?P<rel>今年|本年|明年|次年|去年))?\s*"
    rf"(?P<m>\d{{1,2}})\s*月?\s*{_PART}\s*(?:之?前|以前|为?止|内|完成)*"
)
_YEAR_END = re.compile(rf"(?:{_YEAR}\s*年|(?P<rel>今年|本年|明年|次年)|)(?:年?底|年?末)\s*(?:之?前|以前|为?止)*")
_DAYS = re.compile(r"(?:限|于)?\s*(?P<n>\d{1,3})\s*(?:个)?(?:自然)?[天日](?:之?内|以内)")
_RANGE = re.compile(r"\s*(?:至|到|~|～|—+|－|–|--+|(?<=[日号\s])-|-(?=\d{4}\D)|(?<=\d)-(?=\d{1,2}[./月]\d))\s*")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?")
_RELATIVE = {"去年": -1, "今年": 0, "本年": 0, "明年": 1, "次年": 1}


def parse_date(value: Value, *, year: int | None = None, ends: bool = False, since: date | None = None) -> date | None:
    """The day a cell names; None when it is blank, "/", "—" or "无".

    `year` completes a date without one. `ends` reads a month or a range as its last day (a deadline),
    otherwise as its first. `since` is the day a deadline counts from: it anchors "15日内", and a date without
    a year that falls before it moves to the next year when that is at most half a year away.
    """
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return _sane(value.date(), value)
    if isinstance(value, date):
        return _sane(value, value)
    if isinstance(value, bool | time | timedelta):
        raise ValueError(_not_a_date(value))
    if isinstance(value, int | float):
        return _from_number(value)
    text = plain(str(value)).strip()
    parts = [part for part in _RANGE.split(text) if part]
    if len(parts) == 2:
        return _from_range(parts, year, ends, since)
    return _from_text(text, value, year or (since.year if since else None), ends, since)


def parse_datetime(value: Value, *, year: int | None = None) -> datetime | None:
    """The naive local moment a cell names; midnight when only a day is given."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    day = parse_date(value, year=year)
    if day is None:
        return None
    text = plain(str(value)) if isinstance(value, str) else ""
    clock_part = re.search(r"(?:[T\s日号])\s*(\d{1,2}[:时点]\d{0,2}.*)$", text)
    return datetime.combine(day, (parse_time(clock_part[1]) if clock_part else None) or time())


def parse_time(value: Value) -> time | None:
    """A time of day: "14:30", "14时30分", "下午3点半", or the fraction of a day Excel stores."""
    if is_empty(value):
        return None
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, time):
        return value
    if isinstance(value, timedelta | float) and not isinstance(value, bool):
        seconds = int(value.total_seconds()) if isinstance(value, timedelta) else round(value % 1 * 86_400)
        if 0 <= seconds < 86_400:
            return time(seconds // 3600, seconds // 60 % 60, seconds % 60)
    match = re.fullmatch(
        r"(上午|早上|下午|晚上|中午)?\s*(\d{1,2})[:时点](半|\d{1,2})?分?(?::?(\d{1,2})(?:\.\d+)?秒?)?",
        plain(str(value)).strip(),
    )
    if not match:
        raise ValueError(f"“{value}”不是时间，请填写如 14:30 的时间")
    hour, minute = int(match[2]), 30 if match[3] == "半" else int(match[3] or 0)
    hour += 12 if match[1] in ("下午", "晚上") and hour < 12 else 0
    try:
        return time(hour, minute, int(match[4] or 0))
    except ValueError as error:
        raise ValueError(f"“{value}”不是有效的时间") from error


def year_in(text: str) -> int | None:
    """The year a title speaks of ("2026年安全生产隐患排查治理台账"); None when it names none or several."""
    years = set(re.findall(r"(?<!\d)(20\d{2})(?=年|[-/.]\d)", plain(text)))
    return int(years.pop()) if len(years) == 1 else None


def _from_number(value: float) -> date:
    text = str(int(value)) if float(value).is_integer() else ""
    if match := _COMPACT.fullmatch(text):
        return _build(int(match["y"]), int(match["m"]), int(match["d"]), value)
    if SERIALS[0] <= value <= SERIALS[1]:
        return EXCEL_EPOCH + timedelta(days=int(value))
    raise ValueError(_not_a_date(value))


def _from_range(parts: list[str], year: int | None, ends: bool, since: date | None) -> date:
    """Both ends must be dates; the missing year or month of either is taken from the other."""
    first, last = parts
    text = f"{first}至{last}"
    if re.fullmatch(r"\d{1,2}(?:日|号)?", last) and (month := re.match(r".*?\d{1,2}[月./-](?=\d)", first)):
        last = first[: month.end()] + last
    start = _from_text(first, text, year or (since.year if since else None), False, None)
    end = _from_text(last, text, start.year, True, since)
    if end < start:
        raise ValueError(f"“{text}”的截止日期早于开始日期")
    return end if ends else start


def _from_text(text: str, value: Value, year: int | None, ends: bool, since: date | None) -> date:
    text = _arabic(text)
    if text.isdigit() and len(text) == 5:
        return _from_number(int(text))
    for pattern in (_FULL, _COMPACT, _AMERICAN):
        if match := pattern.fullmatch(text):
            return _build(_century(match["y"]), int(match["m"]), int(match["d"]), value)
    if since and (match := _DAYS.fullmatch(text)):
        return since + timedelta(days=int(match["n"]))
    if match := _YEARLESS.fullmatch(text):
        return _without_year(match, value, year, since)
    if match := _YEAR_END.fullmatch(text):
        return _build(_year_of(match, year, value), 12, 31, value)
    if match := _MONTH.fullmatch(text):
        return _from_month(match, value, year, ends)
    raise ValueError(_not_a_date(value))


def _from_month(match: re.Match[str], value: Value, year: int | None, ends: bool) -> date:
    if "月" not in match[0] and not match["y4"]:
        raise ValueError(_not_a_date(value))
    chosen, month = _year_of(match, year, value), int(match["m"])
    first = _build(chosen, month, 1, value)
    last = calendar.monthrange(chosen, month)[1]
    part = match["part"] or ""
    if part in ("", "份"):
        return first.replace(day=last if ends else 1)
    if part == "初":
        return first.replace(day=10 if ends else 1)
    if part == "上旬":
        return first.replace(day=10 if ends else 1)
    if part == "中旬":
        return first.replace(day=20 if ends else 11)
    return first.replace(day=last if ends or part != "下旬" else 21)


def _without_year(match: re.Match[str], value: Value, year: int | None, since: date | None) -> date:
    month, day = int(match["m"]), int(match["d"])
    found = _build(_year_of(match, year, value), month, day, value)
    if since is None or found >= since or match["rel"]:
        return found
    later = _build(found.year + 1, month, day, value)
    return later if later - since <= NEXT_YEAR_WITHIN else found


def _year_of(match: re.Match[str], year: int | None, value: Value) -> int:
    groups = match.groupdict()
    if written := groups.get("y") or groups.get("y4"):
        return _century(written)
    if year is None:
        raise ValueError(f"“{value}”没有写年份，{ASKS_FOR}")
    return year + _RELATIVE.get(groups.get("rel") or "", 0)


def _century(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _build(year: int, month: int, day: int, value: Value) -> date:
    """The date, or a reason that says which part cannot exist."""
    if not EARLIEST <= year <= LATEST:
        raise ValueError(f"“{value}”的年份不合理，{ASKS_FOR}")
    if not 1 <= month <= 12:
        raise ValueError(f"“{value}”不是有效日期：没有{month}月")
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        raise ValueError(f"“{value}”不是有效日期：{year}年{month}月没有{day}日")
    return date(year, month, day)


def _sane(day: date, value: Value) -> date:
    return _build(day.year, day.month, day.day, value)


def _arabic(text: str) -> str:
    """Chinese numerals of a date as digits: 二〇二六年六月十五日 → 2026年6月15日."""

    def tens(match: re.Match[str]) -> str:
        high, _, low = match[0].partition("十")
        return str(int((high or "一").translate(_DIGITS)) * 10 + int(low.translate(_DIGITS) or 0))

    if not re.search(r"[〇零一二三四五六七八九十](?=[^\d]*[年月日号天])", text):
        return text
    return _CHINESE_NUMBER.sub(tens, text).translate(_DIGITS)


def _not_a_date(value: Value) -> str:
    return f"“{value}”不是日期，{ASKS_FOR}"
