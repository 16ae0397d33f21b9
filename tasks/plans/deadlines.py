"""Days by which something is to be done. A day that is only mentioned (a document's, a past one's, a start) is none.

A limit is a phrase with 前、底、末、以前、截止, the end of a range (2024—2026年间), or a year at the head of a clause
(2024年，…: done within that year; marked for a person to look at). Ends of months resolve to their last day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.plans.characters import CleanText, Piece
from tasks.plans.dates import DASH, DAYS, HAS_MONTH, MONTHS, ONLY_YEAR, POINT, RANGE, YEARS, Calendar, Moment, whole
from tasks.plans.found import Deadline

_LIMIT = re.compile(
    rf"(?P<lead>(?:截至|截止到?|最迟(?:不晚于)?|不迟于|不晚于)?)\s*(?P<point>{POINT}|年)\s*"
    r"(?P<end>年底|年末|月底|月末|底|末)?\s*(?P<before>之前|以前|前|之内|以内|内)?"
)
_DOTTED = re.compile(
    r"(?P<year>20\d{2})\s*[.\-/]\s*(?P<month>1[0-2]|0?[1-9])(?:\s*[.\-/]\s*(?P<day>[12]\d|3[01]|0?[1-9]))?(?!\d)日?"
    r"(?P<before>之前|以前|前|底前|底)?"
)
# 每年4月30日前 is a recurrence; 半年, 全年, 三年 count years and name none.
_AGAIN = re.compile(
    r"(?:每个?|逐|历|各)(?:年|月|季度?|半年|周)?度?(?:的)?$|年年$|每(?:年|月|季度?|半年|周)[^,。;]{0,3}$"
)
_NO_YEAR_BEFORE = tuple("每半全历往去上前多百千周隔翌0123456789一二三四五六七八九十两几")
_QUOTED = re.compile(r"《[^》\n]*》|〔\s*\d{4}\s*〕|\([^()\n]*\d号\)")
_LOOKS_BACK = re.compile(r"及?(?:以来|以后|之后|后|起|度|版|以上|同期|底全)|及以前|季|初")
# 2024年6月印发 only says when; 2024年6月底前印发 is a day for doing.
_SAYS_WHEN = re.compile(r"及?(?:修订|印发|发布|施行|实施|制定|召开|工作|行动|排查)")
_LISTED = re.compile(rf"(?:、(?:{POINT}))+(?:年底|年末|月底|月末|底|末)?(?:之前|以前|前|底|末|完成)")
_DOES = re.compile(r"(?:完成|实现|办结|上报|报送|建成|整改到位|验收|全部|全面完成)(?!的|后)")
_MONTH_FIRST = re.compile(
    r"[月份],?(?:组织|开展|召开|举办|完成|印发|报送|检查|总结)"
)  # 6月份,组织… at the head of a task
_AIM = re.compile(r"[一-鿿]{2,5}[、,’”'](?![一-鿿]{0,2}年度)")
# By a feast or a season, or so many days after a letter: said, but no day of the calendar.
_BY_EVENT = re.compile(
    r"(?<!每逢)(?<!每年)(?:春节|元旦|清明节?|五一|“五一”|端午节?|中秋节?|国庆节?|“?两会”?|汛期|雨季|冬季|供暖期|开学)(?:来临)?(?:之前|以前|前)(?=完成|[^,。;]{0,12}(?:完成|到位|报送|上报))"
    r"|(?:自|从|接|收)[^,。;]{1,14}(?:之日起?|后|起)\d{1,3}个?(?:工作日|自然日|日|天)(?:之内|以内|内)"
)
_NO_YEAR = "原文没有写年份，按上下文推定"
_SENTENCE_END = re.compile(r"[。;\n]")


@dataclass(frozen=True)
class _Offer:
    """A phrase of time: where it stands, the day it limits (None: a mention), and the year it makes known."""

    start: int
    end: int
    day: date | None = None
    doubt: str = ""
    year: int | None = None


def unread_days(text: CleanText, piece: Piece, calendar: Calendar) -> list[str]:
    """Limits that are said and name no day: without a year where several are possible, by a feast, counted from a letter."""
    scan = _Scan(text.folded, piece, calendar, is_field=False)
    list(scan.offers())
    open_ends = [Piece(start, end) for start, end in scan.open]
    open_ends += [Piece(*found.span()) for found in _BY_EVENT.finditer(text.folded, piece.start, piece.end)]
    return [f"“{text[each]}”不能确定到日，请按实际补上完成时限" for each in open_ends]


def read_deadlines(text: CleanText, piece: Piece, calendar: Calendar, is_field: bool = False) -> list[Deadline]:
    """The deadlines of a task in order, each with its sentence; in a column or line for them any day counts."""
    found: list[Deadline] = []
    known: set[tuple[date, int]] = set()
    for offer in _Scan(text.folded, piece, calendar, is_field).offers():
        phrase = text.trimmed(Piece(offer.start, offer.end))
        scope = _sentence(text, phrase, piece)
        if offer.day and (offer.day, scope.start) not in known:
            known.add((offer.day, scope.start))
            found.append(Deadline(text[phrase], phrase, offer.doubt, offer.day, scope))
    return found


def _sentence(text: CleanText, phrase: Piece, task: Piece) -> Piece:
    """The part between ; or 。 the phrase stands in."""
    start = max(text.folded.rfind(sign, task.start, phrase.start) for sign in "。;\n") + 1
    after = _SENTENCE_END.search(text.folded, phrase.end, task.end)
    return text.trimmed(Piece(max(start, task.start), after.start() if after else task.end))


class _Scan:
    """One pass from left to right; a year once named holds for later phrases of the same task."""

    def __init__(self, folded: str, piece: Piece, calendar: Calendar, is_field: bool) -> None:
        self.folded, self.piece, self.calendar, self.is_field = folded, piece, calendar, is_field
        self.near: int | None = None
        self.open: list[tuple[int, int]] = []  # limits without a year
        self.readers = (
            (YEARS, self._years),
            (RANGE, self._range),
            (DAYS, self._days),
            (MONTHS, self._months),
            (_LIMIT, self._point),
            (_DOTTED, self._dotted),
        )
        self.next: dict[re.Pattern[str], re.Match[str] | None] = {}

    def offers(self) -> Iterator[_Offer]:
        """Every limit; phrases inside titles and document numbers are passed over."""
        quoted = [match.span() for match in _QUOTED.finditer(self.folded, self.piece.start, self.piece.end)]
        at = self.piece.start
        while (found := self._first(at)) is not None:
            pattern, match = found
            at = max(match.end(), at + 1)
            if any(start <= match.start() < end for start, end in quoted):
                continue
            offer = dict(self.readers)[pattern](match)
            at = max(offer.end, match.start() + 1)
            self.near = offer.year or self.near
            if offer.day:
                yield offer

    def _first(self, at: int) -> tuple[re.Pattern[str], re.Match[str]] | None:
        """The next phrase; of several that begin together the longest."""
        for pattern, _ in self.readers:
            match = self.next.get(pattern)
            if pattern not in self.next or (match and match.start() < at):
                self.next[pattern] = pattern.search(self.folded, at, self.piece.end)
        there = [(pattern, match) for pattern, match in self.next.items() if match]
        return min(there, key=lambda each: (each[1].start(), -each[1].end())) if there else None

    def _years(self, found: re.Match[str]) -> _Offer:
        """2024—2026年间: the end of the last year."""
        first, last = int(found.group("from")), int(found.group("to"))
        named = found.group("tail") or self.is_field or self._begins_clause(found.start())
        if not named or first >= last or self._looks_back(found.end()):
            return _Offer(*found.span())
        doubt = "" if found.group("tail") else "起止年份，按最后一年年末计"
        return _Offer(*found.span(), date(last, 12, 31), doubt, last)

    def _range(self, found: re.Match[str]) -> _Offer:
        """2024年3月至10月, 即日起至6月底: its last day."""
        start = self.calendar.moment(found.group("from"), self.near)
        end = self.calendar.moment(found.group("to"), start.year if start else self.near)
        backwards = start and end and start.first > end.last
        if end is None or backwards or self._looks_back(found.end()) or self._comes_again(found.start()):
            return _Offer(*found.span())
        return _Offer(*found.span(), end.last, "", end.year)

    def _days(self, found: re.Match[str]) -> _Offer:
        """6月1日至15日: the last of the days."""
        end = self.calendar.moment(found.group("month_of") + found.group("to"), self.near)
        if end is None or self._looks_back(found.end()) or self._comes_again(found.start()):
            return _Offer(*found.span())
        return _Offer(*found.span(), end.last, "" if ONLY_YEAR.search(found.group("month_of")) else _NO_YEAR, end.year)

    def _months(self, found: re.Match[str]) -> _Offer:
        """2025年1-6月: the last day of the last month."""
        end = self.calendar.moment((found.group("year") or "") + found.group("to"), self.near)
        if end is None or self._looks_back(found.end()) or self._comes_again(found.start()):
            return _Offer(*found.span())
        return _Offer(*found.span(), end.last, "" if found.group("year") else _NO_YEAR, end.year)

    def _point(self, found: re.Match[str]) -> _Offer:
        moment = None if self._comes_again(found.start("point")) else self._moment(found)
        mention = _Offer(found.start(), max(found.end("point"), found.start() + 1))
        is_limit = bool(found.group("before") or found.group("end"))
        if moment is None and is_limit and self._lacks_a_year(found):
            self.open.append(found.span())
        if moment is None or self._looks_back(found.end(), is_limit) or self._is_each_half(found):
            return mention
        if not self._is_limit(found):
            return _Offer(
                mention.start, mention.end, year=moment.year if ONLY_YEAR.search(found.group("point")) else None
            )
        return _Offer(*found.span(), moment.last, _doubt(found), moment.year)

    def _lacks_a_year(self, found: re.Match[str]) -> bool:
        point = found.group("point")
        again = self._comes_again(found.start("point")) or self._looks_back(found.end(), True)
        return not again and bool(HAS_MONTH.search(point)) and not ONLY_YEAR.search(point)

    def _moment(self, found: re.Match[str]) -> Moment | None:
        point, ending = found.group("point"), found.group("end") or ""
        if point == "年":
            year = self.calendar.year_ending(self.near)
            counts = self.folded[found.start() - 1 : found.start()] in _NO_YEAR_BEFORE if found.start() else False
            said = ending or (found.group("before") or "").endswith("内")
            return whole(year) if said and year and not counts else None
        if ending in ("年底", "年末") and HAS_MONTH.search(point):
            return None
        return self.calendar.moment(point, self.near)

    def _is_limit(self, found: re.Match[str]) -> bool:
        point, ending, before = found.group("point"), found.group("end"), found.group("before") or ""
        after = self.folded[found.end() : min(found.end() + 4, self.piece.end)]
        is_year = bool(ONLY_YEAR.fullmatch(point)) and not point.endswith("度")
        if re.match(DASH, after) or (before.endswith("内") and point != "年" and not ONLY_YEAR.search(point)):
            return False
        listed = HAS_MONTH.search(point) and _LISTED.match(self.folded, found.end(), self.piece.end)
        if ending or before or found.group("lead") or listed:
            return True
        if HAS_MONTH.search(point) and self._does(found):
            return True
        if self.is_field:
            return not is_year or not re.match(r"[一-鿿]", after)
        if re.search(r"[上下]半年|季度", point):
            return self._begins_clause(found.start()) or after.startswith(("完成", "实现"))
        opens = self._begins_clause(found.start()) or self._is_slogan(found.start(), found.end())
        return is_year and opens and not re.match(r"\d|来|全[市区县省街镇]", after)

    def _does(self, found: re.Match[str]) -> bool:
        """9月完成…; 6月份,组织… at the head of a task."""
        heads = found.start() == self.piece.start or (
            found.group("point").endswith("月份") and self._begins_clause(found.start())
        )
        return bool(
            _DOES.match(self.folded, found.end(), self.piece.end)
            or (heads and _MONTH_FIRST.match(self.folded, found.end() - 1, self.piece.end))
        )

    def _is_each_half(self, found: re.Match[str]) -> bool:
        """上半年、下半年各组织1次 comes back."""
        around = self.folded[max(self.piece.start, found.start() - 4) : found.end() + 5]
        return bool(re.search(r"上半年[、和]?下半年(?:要|应)?(?:各|分别)", around))

    def _dotted(self, found: re.Match[str]) -> _Offer:
        """2024.6.30前; 2024-06 in a column for deadlines."""
        day = found.group("day")
        moment = whole(int(found.group("year")), int(found.group("month")), int(day) if day else None)
        if moment is None or not (self.is_field or found.group("before")):
            return _Offer(*found.span())
        return _Offer(*found.span(), moment.last, "", moment.year)

    def _begins_clause(self, place: int) -> bool:
        return (
            place == self.piece.start or self.folded[place - 1] in "。;:,\n)" or self.folded.endswith("其中", 0, place)
        )

    def _is_slogan(self, start: int, end: int) -> bool:
        """‘2024年提升、2025年强化、2026年巩固’: a year and its aim between marks."""
        return self.folded[start - 1 : start] in tuple("‘“、'") and bool(_AIM.match(self.folded[end : end + 8]))

    def _comes_again(self, place: int) -> bool:
        return bool(_AGAIN.search(self.folded[max(self.piece.start, place - 8) : place]))

    def _looks_back(self, place: int, is_limit: bool = False) -> bool:
        """2023年及以前, 2020年以来; 2024年印发 too, unless a limit was said."""
        after = self.folded[place : place + 4]
        return bool(_LOOKS_BACK.match(after) or (not is_limit and _SAYS_WHEN.match(after)))


def _doubt(found: re.Match[str]) -> str:
    point, before = found.group("point"), found.group("before") or ""
    if "旬" in point:
        return "“旬”按这一旬的最后一天计"
    if not ONLY_YEAR.search(point):
        return _NO_YEAR
    if re.search(r"月份?$", point) and not found.group("end") and not before:
        return "只写了月份，按当月最后一天计"
    if ONLY_YEAR.fullmatch(point) and not found.group("end"):
        return f"“{point}{before}”没有写到日，按该年年末计"
    return ""
