"""A page of a .pdf as characters: what stands between ruled lines as cells, all else as lines.

A cell is a stretch of the grid no line goes through, so merged cells come out whole. What has no lines is read as text.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import Any

from tasks.plans.tables import Cell

_THIN, _NEAR = 3.5, 3.0  # points: a line's thickness; two lines as near as this are one
_MOST_COLUMNS, _MOST_ROWS, _MOST_STROKES = 25, 120, 2_500  # a drawing has more than any table


@dataclass(frozen=True)
class _Box:
    left: float
    bottom: float
    right: float
    top: float
    text: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2


@dataclass
class Written:
    """The document as it is being written out: text, tables and the line breaks between cells."""

    parts: list[str] = field(default_factory=list)
    tables: list[list[list[Cell]]] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    length: int = 0
    open_columns: int = 0  # of a table the page before ended with

    def write(self, text: str) -> None:
        """Append."""
        self.parts.append(text)
        self.length += len(text)

    def end_line(self) -> None:
        """A line break that stays."""
        self.breaks.add(self.length)
        self.write("\n")


class _Grid:
    """The ruled lines of a page and the cells between them."""

    def __init__(self, lines: list[_Box]) -> None:
        self.upright = [line for line in lines if line.right - line.left <= _THIN < line.top - line.bottom]
        self.level = [line for line in lines if line.top - line.bottom <= _THIN < line.right - line.left]
        self.xs = _clustered([line.middle[0] for line in self.upright])
        self.ys = _clustered([line.middle[1] for line in self.level])[::-1]

    @property
    def is_table(self) -> bool:
        """At least three columns and two rows; not the thousand lines of a drawing."""
        few = len(self.upright) + len(self.level) <= _MOST_STROKES
        return few and 4 <= len(self.xs) <= _MOST_COLUMNS + 1 and 3 <= len(self.ys) <= _MOST_ROWS + 1

    def holds(self, box: _Box) -> bool:
        """Whether the words stand between the outermost lines."""
        x, y = box.middle
        return self.xs[0] < x < self.xs[-1] and self.ys[-1] < y < self.ys[0]

    def place(self, box: _Box) -> tuple[int, int]:
        """Row and column the words begin in."""
        x, y = box.left + 1, box.middle[1]
        row = sum(1 for line in self.ys if line > y) - 1
        return max(row, 0), max(bisect_left(self.xs, x) - 1, 0)

    def groups(self) -> dict[tuple[int, int], tuple[int, int]]:
        """Every small field and the first field of the cell it belongs to."""
        first = {(row, column): (row, column) for row in range(len(self.ys) - 1) for column in range(len(self.xs) - 1)}
        for row, column in first:
            y = (self.ys[row] + self.ys[row + 1]) / 2
            x = (self.xs[column] + self.xs[column + 1]) / 2
            if (row, column + 1) in first and not _crossed(self.upright, self.xs[column + 1], y, is_upright=True):
                _join(first, (row, column), (row, column + 1))
            if (row + 1, column) in first and not _crossed(self.level, self.ys[row + 1], x, is_upright=False):
                _join(first, (row, column), (row + 1, column))
        return first


def _crossed(lines: list[_Box], at: float, along: float, is_upright: bool) -> bool:
    """Whether a line runs at this place past this point."""
    for line in lines:
        place, low, high = (
            (line.middle[0], line.bottom, line.top) if is_upright else (line.middle[1], line.left, line.right)
        )
        if abs(place - at) <= _NEAR and low - 1 <= along <= high + 1:
            return True
    return False


def _join(first: dict[tuple[int, int], tuple[int, int]], one: tuple[int, int], other: tuple[int, int]) -> None:
    kept, lost = sorted((first[one], first[other]))
    for place, owner in first.items():
        if owner == lost:
            first[place] = kept


def _clustered(values: list[float]) -> list[float]:
    """The places of lines, near ones taken together."""
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _NEAR:
            places.append(value)
    return places


def write_page(page: Any, written: Written) -> None:
    """Write one page out and close it: its tables cell by cell where it is ruled, else its text as it stands."""
    words = page.get_textpage()
    try:
        _write_page(page, words, written)
    finally:
        words.close()
        page.close()


def _write_page(page: Any, words: Any, written: Written) -> None:
    grid = _Grid(_ruled(page))
    boxes = _boxes(words) if grid.is_table else []
    inside = [box for box in boxes if grid.holds(box)]
    if len({grid.place(box) for box in inside}) < 6:
        written.open_columns = 0
        written.write(_plain(words) + "\n\f\n")
        return
    above = [box for box in boxes if not grid.holds(box) and box.middle[1] >= grid.ys[0]]
    below = [box for box in boxes if not grid.holds(box) and box.middle[1] < grid.ys[0]]
    _write_lines(written, above)
    _write_table(written, grid, inside)
    _write_lines(written, below)


def _plain(words: Any) -> str:
    return str(words.get_text_range()).replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "")


def _ruled(page: Any) -> list[_Box]:
    """The lines drawn on the page; of a frame its four sides."""
    from pypdfium2 import raw

    lines: list[_Box] = []
    for each in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=2):
        left, bottom, right, top = each.get_bounds() if hasattr(each, "get_bounds") else each.get_pos()
        if right - left <= _THIN or top - bottom <= _THIN:
            lines.append(_Box(left, bottom, right, top))
            continue
        lines += [_Box(left, bottom, left, top), _Box(right, bottom, right, top)]
        lines += [_Box(left, bottom, right, bottom), _Box(left, top, right, top)]
        if len(lines) > 4 * _MOST_STROKES:
            return []
    return lines


def _boxes(words: Any) -> list[_Box]:
    boxes = []
    for place in range(words.count_rects()):
        left, bottom, right, top = words.get_rect(place)
        text = words.get_text_bounded(left, bottom, right, top).replace("\ufffe", "").strip()
        if text:
            boxes.append(_Box(left, bottom, right, top, " ".join(text.split())))
    return boxes


def _write_lines(written: Written, boxes: list[_Box]) -> None:
    """Words outside the table, a line of the page as a line."""
    if boxes:
        written.open_columns = 0
    for line in _lines(boxes):
        written.write(" ".join(box.text for box in line) + "\n")


def _lines(boxes: list[_Box]) -> list[list[_Box]]:
    lines: list[list[_Box]] = []
    for box in sorted(boxes, key=lambda each: -each.middle[1]):
        if lines and abs(lines[-1][0].middle[1] - box.middle[1]) < (box.top - box.bottom) * 0.6:
            lines[-1].append(box)
        else:
            lines.append([box])
    return [sorted(line, key=lambda each: each.left) for line in lines]


def _write_table(written: Written, grid: _Grid, boxes: list[_Box]) -> None:
    """The cells row by row; a table that fills the end of one page goes on with the next."""
    groups = grid.groups()
    said: dict[tuple[int, int], list[_Box]] = {}
    for box in boxes:
        said.setdefault(groups[grid.place(box)], []).append(box)
    known: dict[tuple[int, int], Cell] = {}
    rows: list[list[Cell]] = []
    written.end_line()
    for row in range(len(grid.ys) - 1):
        owners = [groups[row, column] for column in range(len(grid.xs) - 1)]
        for owner in dict.fromkeys(owners):
            if owner not in known:
                known[owner] = _write_cell(written, said.get(owner, []))
        rows.append([known[owner] for owner in owners])
        written.end_line()
    columns = len(grid.xs) - 1
    if written.tables and written.open_columns == columns:
        written.tables[-1] += rows
    else:
        written.tables.append(rows)
    written.open_columns = columns


def _write_cell(written: Written, boxes: list[_Box]) -> Cell:
    start = written.length
    for number, line in enumerate(_lines(boxes)):
        if number and written.parts[-1][-1:] in "。；":
            written.write("\n")
        written.write(" ".join(box.text for box in line))
    cell = Cell(start, written.length)
    written.write("\t")
    return cell
