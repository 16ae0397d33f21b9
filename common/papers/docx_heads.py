"""What stands above and below the text: 发文机关标志, 文号, red rules, page numbers."""

from __future__ import annotations

from typing import Any

from docx.oxml import parse_xml
from docx.shared import Mm

from common.papers import docx_xml as x
from common.papers.grid import TEXT_WIDTH
from common.papers.model import Layout, Paper
from common.papers.text import title_lines, width

_POINTS_PER_MM = 72 / 25.4


def issuer_size(issuer: str, text_width: float = TEXT_WIDTH, largest: float = 48) -> float:
    """Size of the 发文机关标志 in points: as large as fits one line, at most `largest` (7.2.4)."""
    return min(largest, int(text_width * _POINTS_PER_MM / max(width(issuer), 1) * 2) / 2)


def red_head(paper: Paper) -> str:
    """发文机关标志 35 mm below the text area's top, 文号 two lines below, red rule 4 mm below that (7.2)."""
    size = issuer_size(paper.issuer)
    issuer = x.Style(font=x.XIAOBIAOSONG, size=size, align="center", color=x.RED, squeeze=0, line=size * 1.15)
    # 4 mm below the number itself: the exact line already leaves 2 mm under the characters.
    rule = x.border("bottom", "single", 12, 2 * _POINTS_PER_MM, x.RED)
    number = x.Style(align="center", borders=rule)
    top = x.paragraph(paper.issuer, issuer.but(before=35 * _POINTS_PER_MM))
    if not paper.signer:
        return top + x.blank(2) + x.paragraph(paper.number, number)
    tab = f'<w:tab w:val="right" w:pos="{x.mm(TEXT_WIDTH) - x.twips(x.BODY)}"/>'
    left = number.but(align="left", tabs=tab)
    indented = x.run("　", left)
    pieces = [indented, x.run(f"{paper.number}\t签发人：", left), x.run(paper.signer, left.but(font=x.KAITI))]
    return top + x.blank(2) + x.line_of(pieces, left)


def letter_head(section: Any, paper: Paper) -> None:
    """信函格式: 标志 30 mm from the page top, double rules of 170 mm below it and 20 mm from the page bottom (10.1)."""
    section.different_first_page_header_footer = True
    section.header_distance = Mm(30)
    size = issuer_size(paper.issuer, 170, 40)
    wide = {"left": -8 * _POINTS_PER_MM / size, "right": -6 * _POINTS_PER_MM / size}  # 170 mm: 20 mm from both edges
    rule = x.border("bottom", "thickThinSmallGap", 24, 2.4 * _POINTS_PER_MM, x.RED)
    issuer = x.Style(font=x.XIAOBIAOSONG, size=size, align="center", color=x.RED, squeeze=0, line=size * 1.15)
    number = x.paragraph(paper.number, x.Style(align="right", before=6))
    _fill(section.first_page_header, x.paragraph(paper.issuer, issuer.but(borders=rule, **wide)) + number)


def form_head(paper: Paper) -> str:
    """A form: issuer and title in black, the number to the right below."""
    issuer = x.Style(font=x.XIAOBIAOSONG, size=18, align="center", line=30, squeeze=0)
    title = x.Style(font=x.XIAOBIAOSONG, size=x.TITLE, align="center", line=36, squeeze=0)
    parts = [x.paragraph(paper.issuer, issuer)] if paper.issuer else []
    parts += [x.paragraph(line, title) for line in title_lines(paper.title)]
    if paper.number:
        parts.append(x.paragraph(paper.number, x.Style(size=x.SMALL, align="right", squeeze=0)))
    return "".join(parts) + x.spacer(8)


def sign_head(paper: Paper) -> str:
    """A board: large red title, issuer and number below."""
    title = x.Style(font=x.XIAOBIAOSONG, size=54, align="center", line=72, squeeze=0, color=x.RED)
    small = x.Style(size=24, align="center", line=40, squeeze=0)
    under = "　".join(part for part in (paper.issuer, paper.number) if part)
    return x.paragraph(paper.title.replace("\n", ""), title) + (x.paragraph(under, small) if under else "") + x.spacer()


def footers(document: Any, section: Any, paper: Paper) -> None:
    """Page numbers: `— 1 —` outside on odd and even pages (7.5); 共×页第×页 on forms; none on boards."""
    if paper.layout == Layout.SIGNBOARD:
        return
    style = x.Style(font=x.SONGTI, size=x.SMALL, squeeze=0, line=x.SMALL)
    if paper.layout == Layout.FORM:
        section.footer_distance = Mm(22)
        small = style.but(size=10.5, align="center")
        pieces = [x.run("共", small), x.field("NUMPAGES", small), x.run("页　第", small), x.field("PAGE", small)]
        _fill(section.footer, x.line_of([*pieces, x.run("页", small)], small))
        return
    document.settings.odd_and_even_pages_header_footer = True
    # The dash stands 7 mm below the text area, 28 mm above the page bottom; a letter's lower rule 20 mm.
    lift = 5.5 * _POINTS_PER_MM if paper.layout == Layout.LETTER else 0
    section.footer_distance = Mm(20 if paper.layout == Layout.LETTER else 25.5)
    _fill(section.footer, _page_number(style.but(after=lift, align="right", right=1)))
    _fill(section.even_page_footer, _page_number(style.but(after=lift, align="left", left=1)))
    if paper.layout == Layout.LETTER:
        rule = x.border("bottom", "thinThickSmallGap", 24, 0, x.RED)
        line = x.Style(size=1, line=1, squeeze=0, borders=rule, left=-8 * _POINTS_PER_MM, right=-6 * _POINTS_PER_MM)
        _fill(section.first_page_footer, x.paragraph("", line))


def _page_number(style: x.Style) -> str:
    return x.line_of([x.run("— ", style), x.field("PAGE", style), x.run(" —", style)], style)


def _fill(part: Any, xml: str) -> None:
    """Replace what a header or footer holds."""
    part.is_linked_to_previous = False
    element = part._element
    for old in list(element):
        element.remove(old)
    for new in list(parse_xml(f"<w:body {x.NAMESPACE}>{xml}</w:body>")):
        element.append(new)
