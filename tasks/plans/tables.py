"""Tasks in tables: 序号|重点任务|责任单位|完成时限, whatever the columns are called and whichever cells are merged."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from tasks.plans.characters import CleanText, Piece, fold
from tasks.plans.marks import read_mark

_HEADING = 40  # characters of a line or row that heads others

# Column → how headers name it; the first that matches wins, so the particular stand before the general.
_HEADERS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"^(?:序号|编号|序|项次|任务编号|no\.?)$", re.I)),
    ("cooperating", re.compile(r"配合|协办|协同|参与|参加|协助")),
    ("person", re.compile(r"^(?!.*(?:单位|部门)).*(?:领导|责任人|负责人|联系人|人员)")),
    ("lead", re.compile(r"牵头|主办|主责|督导单位")),
    ("unit_person", re.compile(r"(?:单位|部门|科室)(?:及|和|与|、|/|\()?(?:具体)?(?:责任人|负责人|联系人|人员)")),
    ("person", re.compile(r"领导|责任人|负责人|联系人|人员")),
    ("responsible", re.compile(r"责任|落实单位|实施单位|承办|单位|部门|主体|科室")),
    ("due", re.compile(r"时限|时间|期限|节点|进度")),
    ("quantity", re.compile(r"量化|指标|目标值|数量|频次")),
    ("action", re.compile(r"行动|类别|项目类|分类|板块|领域|方面|大项|一级|工作类|重点方向|项目$")),
    ("measures", re.compile(r"措施|内容|具体|要求|二级|做法|说明|标准")),
    ("title", re.compile(r"任务|事项|工作|名称|目标|要点|项目")),
)


_SAYS_A_COLUMN = re.compile(r"(?:单位|部门|领导|责任人|时间|时限|任务|措施|内容|目标|牵头|配合|责任|季度|年)$")


@dataclass(frozen=True)
class Cell:
    """A cell of a table in the document's own characters; a merged cell stands in every place it covers."""

    start: int
    end: int


@dataclass(frozen=True)
class Row:
    """One task row: column kind → piece of the cleaned text."""

    cells: dict[str, Piece]
    piece: Piece


def find_plain_tables(text: str) -> list[list[list[Cell]]]:
    """Tables pasted as text: consecutive lines of at least three cells parted by tabs or |; one short line between them
    heads the rows below it."""
    tables: list[list[list[Cell]]] = []
    current: list[list[Cell]] = []
    heading: list[list[Cell]] = []
    for line in re.finditer(r"[^\n]*\n?", text):
        words = line.group().rstrip("\n")
        cells = _cells_of(words, line.start())
        if len(cells) >= 3:
            if not all(re.fullmatch(r"[-:\s]*", text[cell.start : cell.end]) for cell in cells):
                current += [*heading, cells]
                heading = []
            continue
        if current and not heading and 2 <= len(words.strip()) <= _HEADING:
            heading = [[Cell(line.start(), line.start() + len(words))]]
            continue
        if len(current) > 1:
            tables.append(current)
        current, heading = [], []
    return tables


def _cells_of(line: str, at: int) -> list[Cell]:
    folded = fold(line.replace("\t", "\x00"))
    separator = "\x00" if folded.count("\x00") >= 2 else "|"
    if folded.count(separator) < 2:
        return []
    cells, start = [], 0
    for place, sign in enumerate([*folded, separator]):
        if sign == separator:
            cells.append(Cell(at + start, at + place))
            start = place + 1
    inner = cells[1:] if separator == "|" and cells[0].end - cells[0].start == 0 else cells
    return inner[:-1] if separator == "|" and inner and inner[-1].start >= inner[-1].end else inner


def read_rows(text: CleanText, table: list[list[Cell]]) -> list[Row]:
    """The task rows of a table; none where its head names no task."""
    place = _Places(text)
    for head, cells in enumerate(table[:4]):
        kinds = _kinds(text, [place.clean(cell) for cell in cells])
        if kinds:
            below = [[place.clean(cell) for cell in each] for each in table[head + 1 :]]
            if below and (second := _second_head(text, [place.clean(cell) for cell in cells], below[0])):
                kinds, below = _kinds(text, second) or kinds, below[1:]
            names = _words_of(text, [place.clean(cell) for cell in cells])
            return _merged(_rows(text, kinds, [each for each in below if _words_of(text, each) != names]))
    return []


def _words_of(text: CleanText, cells: list[Piece]) -> list[str]:
    return [re.sub(r"\s", "", text.folded[cell.start : cell.end]) for cell in cells]


def _second_head(text: CleanText, first: list[Piece], second: list[Piece]) -> list[Piece] | None:
    """The columns of a head of two rows (责任分工 over 牵头单位 and 配合单位): the lower cell where it says something."""
    said = [cell for place, cell in enumerate(second) if cell and cell not in first[place : place + 1]]
    if not said or len(second) != len(first) or not all(_is_a_header(text, cell) for cell in said):
        return None
    return [lower or upper for upper, lower in zip(first, second, strict=True)]


def column_kind(words: str) -> str | None:
    """What a column of this name holds."""
    return next((name for name, pattern in _HEADERS if pattern.search(words)), None)


def _is_a_header(text: CleanText, cell: Piece) -> bool:
    words = re.sub(r"\s", "", text.folded[cell.start : cell.end])
    return (
        len(words) <= 8 and any(pattern.search(words) for _, pattern in _HEADERS) and bool(_SAYS_A_COLUMN.search(words))
    )


def _rows(text: CleanText, kinds: dict[int, str], table: list[list[Piece]]) -> list[Row]:
    """The rows; one that is a single cell with words is the action of those below it, where no column says the action."""
    rows, section = [], None
    above: list[Piece] = []
    for cells in table:
        fresh = [cell for cell in cells if cell and cell not in above]
        above = cells
        if heading := _heading_row(text, cells):
            section = heading
        elif row := _row(text, kinds, cells, fresh):
            if section and not row.cells.get("action"):
                row.cells["action"] = section
            rows.append(row)
    return rows


def _heading_row(text: CleanText, cells: list[Piece]) -> Piece | None:
    if not cells or not cells[0] or any(cell != cells[0] for cell in cells) or cells[0].end - cells[0].start > _HEADING:
        return None
    folded = text.folded[cells[0].start : cells[0].end]
    mark = read_mark(folded)
    start = mark.length if mark and not mark.damaged else 0
    return Piece(cells[0].start + start, cells[0].end) if re.search(r"[一-鿿]", folded) else None


class _Places:
    def __init__(self, text: CleanText) -> None:
        self.text, self.origins = text, text.origins

    def clean(self, cell: Cell) -> Piece:
        """The cell in the cleaned text."""
        return self.text.trimmed(
            Piece(bisect_left(self.origins, cell.start), bisect_left(self.origins, cell.end)), also="|｜"
        )


def _kinds(text: CleanText, cells: list[Piece]) -> dict[int, str] | None:
    """Column → kind when this is a head: a task and either units, a deadline or a number."""
    kinds: dict[int, str] = {}
    for column, cell in enumerate(cells):
        words = re.sub(r"\s", "", text.folded[cell.start : cell.end])
        if not 0 < len(words) <= 14:
            continue
        kind = column_kind(words)
        if kind and kind not in kinds.values():
            kinds[column] = kind
        elif kind == "title" and "measures" not in kinds.values():
            kinds[column] = "measures"
        elif kind == "measures" and "title" not in kinds.values():
            kinds[column] = "title"
    said = set(kinds.values())
    if "title" not in said and "measures" in said:
        kinds = {column: "title" if kind == "measures" else kind for column, kind in kinds.items()}
    elif "title" not in said and "action" in said:
        kinds = {column: "title" if kind == "action" else kind for column, kind in kinds.items()}
    said = set(kinds.values())
    return (
        kinds
        if "title" in said and said & {"lead", "unit_person", "responsible", "cooperating", "due", "number"}
        else None
    )


def _row(text: CleanText, kinds: dict[int, str], cells: list[Piece], fresh: list[Piece]) -> Row | None:
    """A task row; its own stretch leaves out what is merged with the row above."""
    read = {kind: cells[column] for column, kind in kinds.items() if column < len(cells)}
    title = read.get("title")
    if not title or (cells and all(cell == cells[0] for cell in cells)):
        return None
    filled = fresh or [cell for cell in cells if cell]
    return Row(read, Piece(min(cell.start for cell in filled), max(cell.end for cell in filled)))


def _merged(rows: list[Row]) -> list[Row]:
    """A cell merged over several rows with several measures stays several tasks; a repeated head is dropped.

    An empty cell of the action's column goes on with the action above: merged cells that lost their lines.
    """
    kept: list[Row] = []
    for row in rows:
        if kept and "action" in row.cells and not row.cells["action"]:
            row.cells["action"] = kept[-1].cells["action"]
        if (
            kept
            and row.cells.get("title") == kept[-1].cells.get("title")
            and row.cells.get("measures") == kept[-1].cells.get("measures")
        ):
            continue
        kept.append(row)
    return kept
