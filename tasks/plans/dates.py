"""Phrases of time as days: 2024年6月底, 2025年12月31日, 第三季度末, 2024—2026年间."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from tasks.plans.numerals import chinese_number

DASH = r"\s*(?:-+|~|至(?![少多迟])|到(?![位达岗]))\s*"
YEAR = r"(?P<year>(?:19|20)\d{2}|二[〇零○][一二三四五六七八九〇零]{2}|今|本|明|次|当)年度?"
MONTH = r"(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
TEN_DAYS = r"(?P<ten>[上中下])旬"
END = r"(?:底|末|月底|月末|年底|年末)"


@dataclass(frozen=True)
class Moment:
    """A stretch of days named by a year and, where said, a half, quarter, month or day."""

    year: int
    first: date
    last: date


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def year_of(found: str, context: int | None) -> int | None:
    """2024 → 2024; 今年, 本年, 当年 by the context; 明年, 次年 one later."""
    sign = found.rstrip("度年")
    if sign in ("今", "本", "当"):
        return context
    if sign in ("明", "次"):
        return context + 1 if context else None
    year = chinese_number(sign.replace("○", "〇"))
    return year if 1990 <= year <= 2099 else None


def month_of(found: str | None) -> int | None:
    """6月 → 6, 十二月 → 12."""
    number = chinese_number(found) if found else 0
    return number if 1 <= number <= 12 else None


def whole(year: int, month: int | None = None, day: int | None = None) -> Moment | None:
    """The year, month or day; None for a day the calendar does not have."""
    if month is None:
        return Moment(year, date(year, 1, 1), date(year, 12, 31))
    if day is None:
        return Moment(year, date(year, month, 1), last_day(year, month))
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return Moment(year, on, on)


_PART = re.compile(r"(?:第?([一二三四1-4])季度|(上|下)半年)")


def part_of_year(found: str, year: int) -> Moment | None:
    """第三季度, 上半年."""
    matched = _PART.search(found)
    if not matched:
        return None
    if matched.group(1):
        quarter = chinese_number(matched.group(1))
        return Moment(year, date(year, quarter * 3 - 2, 1), last_day(year, quarter * 3))
    half = 6 if matched.group(2) == "上" else 12
    return Moment(year, date(year, half - 5, 1), last_day(year, half))


@dataclass(frozen=True)
class Calendar:
    """Which year a phrase without one belongs to: one just named, else the plan's only year, else the document's."""

    start: date | None = None
    end: date | None = None
    written: date | None = None

    @property
    def over_years(self) -> bool:
        """Whether the plan runs over several years."""
        return bool(self.start and self.end and self.start.year < self.end.year)

    def year(self, near: int | None) -> int | None:
        """None where a plan runs over several years and nothing says which is meant."""
        if near:
            return near
        if self.end and (not self.start or self.start.year == self.end.year):
            return self.end.year
        return self.written.year if self.written and not (self.start and self.end) else None

    def _only_one(self, phrase: str) -> Moment | None:
        """12月底 in a plan from November to March: the only year in which the plan runs then."""
        if not self.start or not self.end or self.end.year - self.start.year > 1:
            return None
        offers = [Calendar().moment(phrase, year) for year in (self.start.year, self.end.year)]
        fitting = [each for each in offers if _within(each, self.start, self.end)]
        return fitting[0] if len(fitting) == 1 else None

    def year_ending(self, near: int | None) -> int | None:
        """The year of a bare 年底: in a plan from spring to spring the only one that ends while it runs."""
        if year := self.year(near):
            return year
        last = self.end.year - 1 if self.end else 0
        runs_on = self.start and self.end and self.start.year == last and self.end < date(last + 1, 12, 31)
        return last if runs_on else None

    def moment(self, phrase: str, near: int | None = None) -> Moment | None:
        """2024年6月30日, 6月, 第三季度, 2024年; None for what is no day or has no year."""
        years, months, days = re.search(YEAR, phrase), re.search(MONTH, phrase), re.search(DAY, phrase)
        year = year_of(years.group("year"), self.year(near)) if years else self.year(near)
        if year is None:
            return None if years else self._only_one(phrase)
        if part := part_of_year(phrase, year):
            return part
        if not months:
            return whole(year) if years else None
        month = month_of(months.group("month"))
        if month and (ten := re.search(TEN_DAYS, phrase)):
            return _ten_days(year, month, ten.group("ten"))
        return whole(year, month, chinese_number(days.group("day")) if days else None) if month else None


def _within(moment: Moment | None, start: date, end: date) -> bool:
    return bool(moment and start <= moment.last and moment.first <= end)


def _ten_days(year: int, month: int, which: str) -> Moment:
    """上旬, 中旬 and 下旬 of a month."""
    first = "上中下".index(which) * 10
    return Moment(
        year, date(year, month, first + 1), last_day(year, month) if first == 20 else date(year, month, first + 10)
    )


_Y, _M, _D, _T = (re.sub(r"\?P<\w+>", "?:", pattern) for pattern in (YEAR, MONTH, DAY, TEN_DAYS))
POINT = rf"(?:{_Y}\s*)?(?:{_M}\s*(?:{_D}|{_T})?|第?[一二三四1-4]季度|[上下]半年)|{_Y}"
ONLY_YEAR = re.compile(_Y)
HAS_MONTH = re.compile(_M)
YEARS = re.compile(rf"(?P<from>(?:19|20)\d{{2}})年?{DASH}(?P<to>(?:19|20)\d{{2}})年(?P<tail>年?间|期间)?")
RANGE = re.compile(
    rf"(?P<from>(?:自|从)?(?:{POINT}|即日起|现在起)(?:(?:起|开始),?)?){DASH}(?P<to>{POINT})(?P<end>{END})?(?P<tail>年?间|期间|止|前)?"
)
MONTHS = re.compile(
    rf"(?P<year>{_Y}\s*)?(?P<from>1[0-2]|[1-9])\s*(?:-+|~|至|到)\s*(?P<to>(?:1[0-2]|[1-9])月份?)(?P<end>{END})?(?!\s*[日号\d])"
)
# 3月21日至31日: both days in one month.
DAYS = re.compile(
    rf"(?P<month_of>(?:{_Y}\s*)?{_M})\s*(?P<from>\d{{1,2}})[日号]?{DASH}(?P<to>\d{{1,2}}[日号])(?P<end>前|止)?(?!\s*\d)"
)
_ENDED = re.compile(rf"(?P<point>{POINT})(?P<limit>\s*(?:{END}|之前|以前|前))?")


def moments_between(phrase: str, near: int | None = None) -> tuple[date | None, date | None]:
    """The first and last day of a range in headings: 2024年2月至3月; 2024年5月底前 has no first day."""
    calendar = Calendar()
    if found := YEARS.search(phrase):
        return date(int(found.group("from")), 1, 1), date(int(found.group("to")), 12, 31)
    if found := DAYS.search(phrase):
        start = calendar.moment(found.group("month_of") + found.group("from") + "日", near)
        end = calendar.moment(found.group("month_of") + found.group("to"), near)
        return (start.first if start else None), (end.last if end else None)
    if found := RANGE.search(phrase):
        start = calendar.moment(found.group("from"), near)
        end = calendar.moment(found.group("to"), start.year if start else near)
        return (start.first if start else None), (end.last if end else None)
    found = _ENDED.search(phrase)
    moment = calendar.moment(found.group("point"), near) if found else None
    if not found or not moment:
        return None, None
    return (None if found.group("limit") else moment.first), moment.last
