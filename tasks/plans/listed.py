"""Tables that lost their lines: every cell a line of its own, as a web page or a converter leaves them.

Only a table whose head begins with 序号 is put together again: its rows are known by their running numbers. Which line
belongs to which column is decided for each row as a whole: units to the columns of units, days to those of days, and
what is empty or merged stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.plans.characters import fold
from tasks.plans.names import looks_like_names
from tasks.plans.tables import Cell, column_kind

_HEAD_CELLS = 3  # fewer columns than these are no table
_ROW_LINES = 60  # more lines than these are no row
_FIRST = re.compile(r"^(?:序号|编号|项次|序)$")
_DAY = re.compile(r"\d{1,2}[月日]|季度|年[底末内度]?|[上下]半年|长期|持续|常态|全年|每[年季月周]|底前")
_STOPS = re.compile(
    r"^(?:附\s*[件表]|抄送|主送|备\s*注:|注:|联系人|扫一扫|分享到|打印|关闭|上一篇|下一篇|主办|\(?此件"
    r"|[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,2}[章节部]|\(?[一二三四五六七八九十]{1,2}\)"
    r"|(?:20\d{2}|二[〇零○][一二三四五六七八九〇零]{2})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日$)"
)
_PAGE = re.compile(r"^(?:[-—–~·\s]+\d{1,4}[-—–~·\s]+|第\s*\d+\s*页.*)$")
_UNITS = ("lead", "responsible", "cooperating", "unit_person")


@dataclass(frozen=True)
class _Line:
    start: int
    end: int
    words: str

    @property
    def cell(self) -> Cell:
        """The line as a cell."""
        return Cell(self.start, self.end)


def find_listed_tables(text: str) -> list[list[list[Cell]]]:
    """Every such table, its head first; a row has as many cells as the head, or is one line that heads those below."""
    lines = _lines(text)
    tables: list[list[list[Cell]]] = []
    at = 0
    while at < len(lines):
        table = _Table(lines, at, _head(lines, at)) if _FIRST.match(lines[at].words.replace(" ", "")) else None
        rows = table.read() if table and table.kinds else []
        if table and rows:
            tables.append([table.head, *rows])
        at = max(at + 1, table.at if table else 0)
    return tables


def breaks_of(text: str, tables: list[list[list[Cell]]]) -> set[int]:
    """The line ends inside and around these tables: no cell may be joined to the next or taken for a page mark."""
    ends: set[int] = set()
    for table in tables:
        cells = [cell for row in table for cell in row]
        first, last = min(cell.start for cell in cells), max(cell.end for cell in cells)
        begin, end = max(text.rfind("\n", 0, first), 0), text.find("\n", last)
        ends |= {found.start() + begin for found in re.finditer("\n", text[begin : end + 1 if end >= 0 else None])}
    return ends


def _lines(text: str) -> list[_Line]:
    lines = []
    for found in re.finditer(r"[^\n]+", text):
        inner = found.group()
        start = found.start() + len(inner) - len(inner.lstrip())
        words = fold(inner.strip())
        if words and not _PAGE.match(words):
            lines.append(_Line(start, start + len(inner.strip()), words))
    return lines


def _head(lines: list[_Line], at: int) -> list[str]:
    """The kinds of the columns when these lines are the head of a table."""
    kinds = ["number"]
    for line in lines[at + 1 : at + 13]:
        words = re.sub(r"\s", "", line.words)
        kind = "note" if words in ("备注", "说明") else column_kind(words) if len(words) <= 10 else None
        if kind is None or re.search(r"[,。;、:\d]", words):
            break
        kinds.append(kind)
    has_task = {"title", "measures", "action"} & set(kinds)
    return kinds if len(kinds) >= _HEAD_CELLS and has_task and {*_UNITS, "due"} & set(kinds) else []


class _Table:
    """One table being read: its lines from `head` on, `at` the next that is not yet dealt out."""

    def __init__(self, lines: list[_Line], head: int, kinds: list[str]) -> None:
        self.lines, self.kinds = lines, kinds
        self.names = [line.words for line in lines[head : head + len(kinds)]]
        self.head = [line.cell for line in lines[head : head + len(kinds)]]
        self.at = head + len(kinds)
        self.number, self.most = 0, len(kinds) + 1

    def read(self) -> list[list[Cell]]:
        """The rows, and single lines that head those below them."""
        rows: list[list[Cell]] = []
        while True:
            while self._is_head(self.at):
                self.at += len(self.kinds)
            if self._opens_a_row(self.at):
                rows += self._row()
            elif not rows and self._opens_a_row(self.at + 1):
                rows.append([self.lines[self.at].cell])
                self.at += 1
            else:
                return rows if self.number else []

    def _opens_a_row(self, place: int) -> bool:
        return place < len(self.lines) and self.lines[place].words.strip(".、 ") == str(self.number + 1)

    def _is_head(self, place: int) -> bool:
        return bool(self.kinds) and [line.words for line in self.lines[place : place + len(self.kinds)]] == self.names

    def _row(self) -> list[list[Cell]]:
        at, self.number = self.at, self.number + 1
        end = self._row_end()
        section = self._heads_the_next(end)
        own = self.lines[at + 1 : end - bool(section)]
        self.most, self.at = max(self.most, len(own) + 1), end
        cells = [self.lines[at].cell, *_fitted(own, self.kinds[1:], self.lines[at].end)]
        return [cells, [section.cell]] if section else [cells]

    def _row_end(self) -> int:
        """The next row's number or the head again, else where something else begins."""
        first, last = self.at + 1, len(self.lines)
        for place in range(first, min(first + _ROW_LINES, last)):
            if self._opens_a_row(place) or self._is_head(place):
                return place
        last = min(self.at + self.most, last)
        return next((place for place in range(first, last) if _STOPS.match(self.lines[place].words)), last)

    def _heads_the_next(self, end: int) -> _Line | None:
        """A line 二、隐患治理 between two rows heads those below it."""
        last = self.lines[end - 1]
        is_heading = re.match(r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十]{1,2}\))", last.words)
        return last if is_heading and self._opens_a_row(end) and end > self.at + 2 and len(last.words) <= 30 else None


def _fitted(lines: list[_Line], kinds: list[str], empty_at: int) -> list[Cell]:
    """The lines dealt out to the columns in order, so that they fit best; a column may stay empty."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for kind in kinds:
        offers = [
            (score + _fit(kind, lines[used:end]), (*ends, end))
            for used, (score, ends) in best.items()
            for end in range(used, len(lines) + 1)
        ]
        best = {ends[-1]: (score, ends) for score, ends in sorted(offers, key=lambda offer: offer[0])}
    _, ends = best[len(lines)]
    cells, at = [], 0
    for end in ends:
        cells.append(Cell(lines[at].start, lines[end - 1].end) if end > at else Cell(empty_at, empty_at))
        at = end
    return cells


def _fit(kind: str, lines: list[_Line]) -> float:
    """How well these lines fill a column of this kind."""
    if not lines:
        return 0.0 if kind == "note" else -1.5 if kind in ("title", "measures") else -1.0
    score = sum(_fit_line(kind, line.words) for line in lines)
    unfinished = sum(1 for line in lines[:-1] if line.words[-1] in "、,;和及")
    return score - 1.2 * (len(lines) - 1 - unfinished)


def _fit_line(kind: str, words: str) -> float:
    is_names, is_day = looks_like_names(words), bool(_DAY.search(words))
    if kind in _UNITS:
        return 2.0 if is_names else -2.0
    if kind == "due":
        return 2.0 if is_day and len(words) <= 30 else -2.0
    if kind == "person":
        return 1.5 if len(words) <= 4 and not is_names else -1.5 if len(words) > 12 else 0.2
    if kind in ("quantity", "note"):
        return -0.2 if kind == "note" else 1.0 if re.search(r"\d", words) else -0.5
    if is_names or (is_day and len(words) <= 12):
        return -1.0
    return 1.5 if kind == "measures" and len(words) > 15 else 1.3 if kind != "measures" and len(words) <= 15 else 1.0
