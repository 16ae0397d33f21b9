"""Tables, form grids and 版记 as WordprocessingML."""

from __future__ import annotations

from collections.abc import Sequence

from common.papers import docx_xml as x
from common.papers.grid import TEXT_WIDTH, form_grid
from common.papers.model import KeyValues, Paper, Table
from common.wording import cn_date

CELL = x.Style(size=x.TABLE, line=18, squeeze=0, align="center")
_HEAD = CELL.but(font=x.HEITI)
_CAPTION = x.Style(font=x.HEITI, size=x.SMALL, align="center", squeeze=0, before=6, keep_next=True)
_RULES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def table(block: Table, width: float = TEXT_WIDTH, hold: bool = False) -> str:
    """A ruled table whose header row repeats on every page; rows are not split between pages.

    The last two rows of one to `hold` stay with what follows.
    """
    total = sum(column.width for column in block.columns)
    widths = [x.mm(width * column.width / total) for column in block.columns]
    head = _row([(column.title, _HEAD, 1) for column in block.columns], widths, is_header=True)
    styles = [CELL.but(align=column.align) for column in block.columns]
    kept = [style.but(keep_next=True) for style in styles]
    first_kept = len(block.rows) - 2 if hold else len(block.rows)
    rows = [
        _row([(text, style, 1) for text, style in zip(row, kept if n >= first_kept else styles, strict=True)], widths)
        for n, row in enumerate(block.rows)
    ]
    caption = x.paragraph(block.caption, _CAPTION) if block.caption else ""
    return caption + _table(widths, [head, *rows]) + x.spacer(keep_next=hold)


def key_values(block: KeyValues, width: float = TEXT_WIDTH, style: x.Style = CELL) -> str:
    """A form grid: labels centred in 黑体, values to the left, tall enough to write in."""
    grid = form_grid(block, width)
    widths = [x.mm(column) for column in grid.widths]
    rows = []
    for cells in grid.rows:
        styled = [
            (cell.text, style.but(font=x.HEITI) if cell.is_label else style.but(align="left"), cell.span)
            for cell in cells
        ]
        rows.append(_row(styled, widths, min_height=x.twips(style.size * 2.2)))
    return _table(widths, rows) + x.spacer(keep_next=style.keep_next)


def side_by_side(rows: Sequence[Sequence[str]], width: float = TEXT_WIDTH, hold: bool = False) -> str:
    """Cells of ready-made paragraphs in equal columns without rules; missing cells at the end stay empty."""
    count = max(len(row) for row in rows)
    widths = [x.mm(width / count)] * count
    filled = [[*row, *[x.paragraph("", CELL)] * (count - len(row))] for row in rows]
    body = [
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(_cell(content, size, 1) for content, size in zip(row, widths, strict=True))
        + "</w:tr>"
        for row in filled
    ]
    return _table(widths, body, rules="") + x.spacer(keep_next=hold)


def colophon(paper: Paper, ruled: bool = True) -> str:
    """版记 at the foot of the last page: rules 0.35/0.25/0.35 mm, 四号仿宋, one character in (7.4)."""
    style = x.Style(size=x.SMALL, squeeze=0, line=22, left=1, right=1)
    lines = []
    if paper.copies_to:
        lines.append(x.paragraph(f"抄送：{paper.copies_to.rstrip('。')}。", style.but(left=4, hanging=3)))
    if paper.printed_by and ruled:
        printed = f"{cn_date(paper.printed_on)}印发" if paper.printed_on else ""
        tab = f'<w:tab w:val="right" w:pos="{x.mm(TEXT_WIDTH) - x.twips(x.SMALL)}"/>'
        lines.append(x.paragraph(f"{paper.printed_by}\t{printed}", style.but(right=0, align="left", tabs=tab)))
    if not lines:
        return ""
    rows = [_colophon_row(line, place, len(lines), ruled) for place, line in enumerate(lines)]
    return _table([x.mm(TEXT_WIDTH)], rows, rules="", at_foot=True)


def _colophon_row(line: str, place: int, count: int, ruled: bool) -> str:
    def rule(side: str, outer: bool) -> str:
        return f'<w:{side} w:val="single" w:sz="{8 if outer else 6}" w:space="0" w:color="000000"/>'

    rules = rule("top", place == 0) + (rule("bottom", True) if place == count - 1 else "") if ruled else ""
    borders = f"<w:tcBorders>{rules}</w:tcBorders>" if rules else ""
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_cell(line, x.mm(TEXT_WIDTH), 1, borders)}</w:tr>"


def _row(
    cells: Sequence[tuple[str, x.Style, int]], widths: list[int], is_header: bool = False, min_height: int = 0
) -> str:
    properties = "<w:cantSplit/>"
    if min_height:
        properties += f'<w:trHeight w:val="{min_height}" w:hRule="atLeast"/>'
    if is_header:
        properties += "<w:tblHeader/>"
    body, place = [], 0
    for text, style, span in cells:
        body.append(_cell(x.paragraph(text, style), sum(widths[place : place + span]), span))
        place += span
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(body)}</w:tr>"


def _cell(content: str, width: int, span: int, borders: str = "") -> str:
    spanning = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanning}{borders}<w:vAlign w:val="center"/></w:tcPr>'
        f"{content}</w:tc>"
    )


def _table(widths: list[int], rows: list[str], rules: str = _RULES, at_foot: bool = False) -> str:
    position = (
        '<w:tblpPr w:leftFromText="0" w:rightFromText="0" w:vertAnchor="margin" w:horzAnchor="page"'
        f' w:tblpX="{x.mm(28)}" w:tblpYSpec="bottom"/><w:tblOverlap w:val="never"/>'
        if at_foot
        else ""
    )
    margins = "0" if at_foot else "60"
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr>{position}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        + ("" if at_foot else '<w:jc w:val="center"/>')
        + (f"<w:tblBorders>{rules}</w:tblBorders>" if rules else "")
        + '<w:tblLayout w:type="fixed"/><w:tblCellMar>'
        + f'<w:left w:w="{margins}" w:type="dxa"/><w:right w:w="{margins}" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        + f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )
