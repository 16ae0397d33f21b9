"""The blocks of a paper as WordprocessingML, in reading order."""

from __future__ import annotations

from collections.abc import Callable

from common.papers import docx_tables as tables
from common.papers import docx_xml as x
from common.papers.grid import TEXT_WIDTH
from common.papers.model import (
    Block,
    Figure,
    Heading,
    KeyValues,
    NumberedList,
    PageBreak,
    Paragraph,
    Run,
    SignatureArea,
    Signing,
    Table,
)
from common.papers.text import HeadingNumbers, runs

_HEADINGS = {1: x.HEITI, 2: x.KAITI, 3: x.FANGSONG, 4: x.FANGSONG}
_FIGURE_CAPTION = x.Style(size=x.SMALL, align="center", squeeze=0)
_SIGNING = x.Style(size=x.SMALL, align="left", squeeze=0, line=24)

Picture = Callable[[bytes, float], str]


class Blocks:
    """Writes blocks one after another; `picture(png, width in mm)` stores an image and returns its run."""

    def __init__(self, picture: Picture, width: float = TEXT_WIDTH, grid_style: x.Style = tables.CELL) -> None:
        self._picture = picture
        self._width = width
        self._grid_style = grid_style
        self._numbers = HeadingNumbers()

    def write(self, blocks: tuple[Block, ...], held: int | None = None) -> str:
        """All of them; from the block at `held` on they stay with what follows."""
        return "".join(
            self._write(block, hold=held is not None and place >= held) for place, block in enumerate(blocks)
        )

    def _write(self, block: Block, hold: bool) -> str:
        if isinstance(block, Heading):
            return self._heading(block)
        if isinstance(block, Paragraph | NumberedList):
            return self._text(block, hold)
        if isinstance(block, Table):
            return tables.table(block, self._width, hold)
        if isinstance(block, KeyValues):
            return tables.key_values(block, self._width, self._grid_style.but(keep_next=hold))
        if isinstance(block, PageBreak):
            return x.spacer(1, new_page=True)
        return self._figure(block, hold) if isinstance(block, Figure) else self._signatures(block, hold)

    def _text(self, block: Paragraph | NumberedList, hold: bool) -> str:
        if isinstance(block, NumberedList):
            items = [(Run(f"{place}. "), *runs(item)) for place, item in enumerate(block.items, 1)]
            last = len(items) - 1
            return "".join(
                x.paragraph(it, x.Style(first=2, keep_next=hold and n == last)) for n, it in enumerate(items)
            )
        first = 2 if block.indent and block.align in ("justify", "left") else 0
        return x.paragraph(block.text, x.Style(first=first, align=block.align, keep_next=hold))

    def _heading(self, block: Heading) -> str:
        number = self._numbers.next(block.level) if block.numbered else ""
        style = x.Style(font=_HEADINGS[block.level], first=2, keep_next=True, outline=block.level - 1)
        return x.paragraph(f"{number}{' ' if number.endswith('.') else ''}{block.text}", style)

    def _figure(self, block: Figure, hold: bool) -> str:
        picture = self._picture(block.png, self._width * block.width)
        frame = (
            '<w:p><w:pPr><w:keepNext/><w:spacing w:before="120" w:after="0" w:line="240" w:lineRule="auto"/>'
            f'<w:jc w:val="center"/></w:pPr>{picture}</w:p>'
        )
        return frame + (x.paragraph(block.caption, _FIGURE_CAPTION.but(keep_next=hold)) if block.caption else "")

    def _signatures(self, block: SignatureArea, hold: bool) -> str:
        places = [self._signing(place, _SIGNING.but(keep_next=hold)) for place in block.places]
        rows = [places[start : start + 2] for start in range(0, len(places), 2)]
        return x.spacer(keep_next=hold) + tables.side_by_side(rows, self._width, hold)

    def _signing(self, place: Signing, style: x.Style) -> str:
        name = x.paragraph(f"{place.label}：{place.name}", style)
        drawn = ""
        if place.png:
            keep = "<w:keepNext/>" if style.keep_next else ""
            drawn = f'<w:p><w:pPr>{keep}<w:jc w:val="left"/></w:pPr>{self._picture(place.png, 40)}</w:p>'
        return name + drawn + x.paragraph(place.on or "      年    月    日", style)
