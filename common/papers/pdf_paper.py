"""A paper as PDF: its text goes to the template `paper.typ` as JSON, so that nothing in it can be read as markup."""

from __future__ import annotations

import json
from datetime import UTC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from common import clock
from common.papers import fonts, qr
from common.papers.docx_heads import issuer_size
from common.papers.grid import form_grid
from common.papers.model import (
    Block,
    Figure,
    Heading,
    KeyValues,
    Layout,
    NumberedList,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    SignatureArea,
    Signing,
    Table,
    Text,
)
from common.papers.text import (
    HeadingNumbers,
    attachment_label,
    attachment_lines,
    clean,
    first_held,
    runs,
    signature_indents,
    title_lines,
)
from common.wording import cn_date

_TEMPLATE = Path(__file__).with_name("paper.typ")
_LONG_CELL = 400  # characters: such a row may have to be split between pages


def render(paper: Paper) -> bytes:
    """The whole file. Raises `fonts.NoChineseFontError` rather than printing boxes."""
    plan = _Plan()
    data = plan.paper(paper) | {"fonts": fonts.chains()}
    plan.files |= {_TEMPLATE.name: _TEMPLATE.read_bytes(), "paper.json": json.dumps(data, ensure_ascii=False).encode()}
    with TemporaryDirectory(prefix="paper-") as folder:
        for name, content in plan.files.items():
            Path(folder, name).write_bytes(content)
        moment = clock.now().astimezone(UTC).replace(microsecond=0)
        pdf = typst.compile(Path(folder, _TEMPLATE.name), format="pdf", font_paths=fonts.book(), timestamp=moment)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single file")
    return pdf


class _Plan:
    """Turns a paper into the plain data the template sets; pictures become files beside it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def paper(self, paper: Paper) -> dict[str, Any]:
        """Everything the template reads."""
        day = cn_date(paper.signed_on) if paper.signed_on else ""
        name_indent, day_indent = signature_indents(paper.signature, day)
        letter = paper.layout == Layout.LETTER
        return {
            "layout": paper.layout,
            "title": [clean(line) for line in title_lines(paper.title)],
            "issuer": clean(paper.issuer),
            "issuer_size": issuer_size(paper.issuer, *((170, 40) if letter else ())),
            "number": clean(paper.number),
            "signer": clean(paper.signer),
            "addressee": f"{clean(paper.addressee).rstrip('：:')}：" if paper.addressee else "",
            "blocks": self._blocks(
                paper.blocks, 380 if paper.layout == Layout.SIGNBOARD else 156, held=first_held(paper)
            ),
            "attachment_lines": attachment_lines(paper.attachments),
            "attachments": [
                {
                    "label": attachment_label(place, len(paper.attachments)),
                    "title": title_lines(attachment.title),
                    "blocks": self._blocks(attachment.blocks),
                }
                for place, attachment in enumerate(paper.attachments, 1)
                if attachment.blocks
            ],
            "signature": clean(paper.signature),
            "day": day,
            "indents": [name_indent, day_indent],
            "note": f"（{clean(paper.note).strip('（）')}）" if paper.note else "",
            "copies_to": f"抄送：{clean(paper.copies_to).rstrip('。')}。" if paper.copies_to else "",
            "printed_by": clean(paper.printed_by),
            "printed": f"{cn_date(paper.printed_on)}印发" if paper.printed_on else "",
            "qr": self._store("qr.svg", qr.svg(paper.qr)) if paper.qr else "",
            "mark": clean(paper.mark),
        }

    def _blocks(self, blocks: tuple[Block, ...], width: float = 156, held: int | None = None) -> list[dict[str, Any]]:
        numbers = HeadingNumbers()
        set_ = [self._block(block, numbers, width) for block in blocks]
        for place, items in enumerate(set_):
            for item in items:  # of a list only its last item
                item["hold"] = held is not None and place >= held and item is items[-1]
        return [item for items in set_ for item in items]

    def _block(self, block: Block, numbers: HeadingNumbers, width: float) -> list[dict[str, Any]]:
        if isinstance(block, Heading):
            number = numbers.next(block.level) if block.numbered else ""
            text = f"{number}{' ' if number.endswith('.') else ''}{clean(block.text)}"
            return [{"kind": "heading", "level": block.level, "text": text}]
        if isinstance(block, Paragraph):
            return [_text(block.text, block.indent and block.align in ("justify", "left"), block.align)]
        if isinstance(block, NumberedList):
            return [_text((Run(f"{n}. "), *runs(item))) for n, item in enumerate(block.items, 1)]
        if isinstance(block, Table | KeyValues):
            return [_table(block) if isinstance(block, Table) else _grid(block, width)]
        if isinstance(block, PageBreak):
            return [{"kind": "break"}]
        return [self._figure(block) if isinstance(block, Figure) else self._signatures(block)]

    def _figure(self, block: Figure) -> dict[str, Any]:
        name = self._store(f"figure{len(self.files)}.png", block.png)
        return {"kind": "figure", "path": name, "caption": clean(block.caption), "width": block.width}

    def _signatures(self, block: SignatureArea) -> dict[str, Any]:
        return {"kind": "signatures", "places": [self._signing(place) for place in block.places]}

    def _signing(self, place: Signing) -> dict[str, Any]:
        name = self._store(f"figure{len(self.files)}.png", place.png) if place.png else ""
        text = f"{clean(place.label)}：{clean(place.name)}"
        return {"text": text, "path": name, "on": clean(place.on) or "　　　年　　月　　日"}

    def _store(self, name: str, content: bytes) -> str:
        self.files[name] = content
        return name


def _text(text: Text, indent: bool = True, align: str = "justify") -> dict[str, Any]:
    pieces = [{"text": clean(run.text), "strong": run.strong} for run in runs(text)]
    return {"kind": "text", "runs": pieces, "indent": indent, "align": align}


def _table(block: Table) -> dict[str, Any]:
    columns = [{"title": clean(c.title), "width": c.width, "align": c.align} for c in block.columns]
    rows = [[clean(cell) for cell in row] for row in block.rows]
    splits = any(len(cell) > _LONG_CELL for row in rows for cell in row)
    return {"kind": "table", "caption": clean(block.caption), "columns": columns, "rows": rows, "splits": splits}


def _grid(block: KeyValues, width: float) -> dict[str, Any]:
    grid = form_grid(block, width)
    cells = [{"text": clean(c.text), "label": c.is_label, "span": c.span} for row in grid.rows for c in row]
    return {"kind": "grid", "widths": grid.widths, "cells": cells}
