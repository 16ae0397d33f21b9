"""A Word document as characters: body in order, automatic numbers written out, tables cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tasks.plans.tables import Cell

_CHINESE = "零一二三四五六七八九"


def write_out(document: Any) -> tuple[str, list[list[list[Cell]]], list[int]]:
    """The text, its tables, and the line breaks between cells."""
    page = _Page(_Numbering(document))
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            page.table(block)
        else:
            page.paragraph(block)
    return "".join(page.written), page.tables, page.breaks


@dataclass
class _Page:
    numbering: _Numbering
    written: list[str] = field(default_factory=list)
    tables: list[list[list[Cell]]] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    length: int = 0

    def write(self, text: str) -> None:
        self.written.append(text)
        self.length += len(text)

    def paragraph(self, paragraph: Paragraph) -> None:
        self.write(self.numbering.label(paragraph) + _words(paragraph) + "\n")

    def table(self, table: Table) -> None:
        rows: list[list[Cell]] = []
        known: dict[Any, Cell] = {}
        self._break()
        for row in table.rows:
            cells: list[Cell] = []
            for cell in row.cells:
                if cell._tc not in known:
                    known[cell._tc] = self._cell(cell)
                if not cells or cells[-1] != known[cell._tc]:
                    cells.append(known[cell._tc])
                else:
                    cells.append(cells[-1])
            rows.append(cells)
            self._break()
        self.tables.append(rows)

    def _cell(self, cell: Any) -> Cell:
        start = self.length
        parts = [self.numbering.label(paragraph) + _words(paragraph) for paragraph in cell.paragraphs]
        parts += [
            _words(paragraph)
            for inner in cell.tables
            for row in inner.rows
            for each in row.cells
            for paragraph in each.paragraphs
        ]
        self.write("\n".join(part for part in parts if part))
        end = self.length
        self.write("\t")
        return Cell(start, end)

    def _break(self) -> None:
        self.breaks.append(self.length)
        self.write("\n")


_SKIPPED = {
    qn("w:pPr"),
    qn("w:rPr"),
    qn("w:del"),
    qn("w:moveFrom"),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def _words(paragraph: Paragraph) -> str:
    """The paragraph's text as it reads with all changes accepted."""
    return "".join(_pieces(paragraph._p)).replace("\t", " ").replace("\r", "\n")


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        else:
            yield from _pieces(child)


class _Numbering:
    """Word's automatic numbers, counted the way Word counts them."""

    def __init__(self, document: Any) -> None:
        self.levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self.counts: dict[str, dict[int, int]] = defaultdict(dict)
        self.abstract: dict[str, str] = {}
        try:
            element = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        for abstract in element.findall(qn("w:abstractNum")):
            self.levels[abstract.get(qn("w:abstractNumId"))] = {
                int(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt"),
                    _value(level, "w:lvlText"),
                    int(_value(level, "w:start") or 1),
                )
                for level in abstract.findall(qn("w:lvl"))
            }
        for number in element.findall(qn("w:num")):
            self.abstract[number.get(qn("w:numId"))] = _value(number, "w:abstractNumId")

    def label(self, paragraph: Paragraph) -> str:
        """The number Word shows before this paragraph; empty for bullets and for none."""
        number, level = self._reference(paragraph)
        levels = self.levels.get(self.abstract.get(number, ""), {})
        if level not in levels or not paragraph.text.strip():
            return ""
        counts = self.counts[self.abstract[number]]
        counts[level] = counts.get(level, levels[level][2] - 1) + 1
        for deeper in [each for each in counts if each > level]:
            del counts[deeper]
        kind, pattern, _ = levels[level]
        if kind in ("bullet", "none", ""):
            return ""
        for place in range(9):
            if f"%{place + 1}" in pattern:
                shape = levels.get(place, (kind, "", 1))
                pattern = pattern.replace(f"%{place + 1}", _written(counts.get(place, shape[2]), shape[0]))
        return pattern

    def _reference(self, paragraph: Paragraph) -> tuple[str, int]:
        properties = [paragraph._p.pPr]
        style: Any = paragraph.style
        while style is not None and len(properties) < 12:
            properties.append(style.element.pPr)
            style = style.base_style
        for each in properties:
            found = each.numPr if each is not None else None
            if found is not None and found.numId is not None:
                return str(found.numId.val), int(found.ilvl.val) if found.ilvl is not None else 0
        return "", 0


def _value(element: Any, tag: str) -> str:
    found = element.find(qn(tag))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _written(number: int, kind: str) -> str:
    if kind.startswith(("chinese", "japaneseCounting", "ideograph", "taiwanese")):
        return _in_chinese(number)
    if kind == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    return str(number)


def _in_chinese(number: int) -> str:
    if number < 10:
        return _CHINESE[number]
    tens, ones = divmod(number, 10)
    return ("" if tens == 1 else _CHINESE[tens % 10]) + "十" + (_CHINESE[ones] if ones else "")
