"""A paper as .docx in the layout of GB/T 9704-2012: sheet, head, text, foot."""

from __future__ import annotations

from datetime import UTC
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from lxml import etree

from common import clock
from common.papers import docx_tables as tables
from common.papers import docx_xml as x
from common.papers.docx_blocks import Blocks
from common.papers.docx_heads import footers, form_head, letter_head, red_head, sign_head
from common.papers.docx_pictures import picture_of, qr_code
from common.papers.model import Layout, Paper
from common.papers.text import attachment_label, attachment_lines, clean, first_held, signature_indents, title_lines
from common.wording import cn_date

_SIGN_WIDTH = 380.0  # mm of text on the A3 board
_SIGN_GRID = x.Style(size=26, line=40, squeeze=0, align="center")


def render(paper: Paper) -> bytes:
    """The whole file."""
    document = Document()
    _prepare(document, paper)
    head, section = etree.tostring(document.element, encoding="unicode").split("<w:sectPr", 1)
    # Parsed once as a whole: moving a long table into the tree node by node takes quadratic time.
    document.part._element = parse_xml(f"{head}{_body(document, paper)}<w:sectPr{section}")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _body(document: Any, paper: Paper) -> str:
    board = paper.layout == Layout.SIGNBOARD
    blocks = Blocks(picture_of(document), _SIGN_WIDTH, _SIGN_GRID) if board else Blocks(picture_of(document))
    beside = paper.layout == Layout.LETTER
    parts = [] if beside else [qr_code(document, paper)]
    parts.append(_head(paper))
    if paper.addressee:
        parts.append(x.paragraph(f"{paper.addressee.rstrip('：:')}：", x.Style()))
    parts += [blocks.write(paper.blocks, first_held(paper)), _attachment_note(paper)]
    parts += [qr_code(document, paper) if beside else "", _signature(paper)]
    if paper.note:
        parts.append(x.paragraph(f"（{paper.note.strip('（）')}）", x.Style(first=2)))
    parts += [_attachment(document, paper, place) for place in range(len(paper.attachments))]
    parts.append(tables.colophon(paper, ruled=paper.layout != Layout.LETTER))
    parts.append(x.spacer(1))
    return "".join(parts)


def _head(paper: Paper) -> str:
    match paper.layout:
        case Layout.RED_HEAD:
            return red_head(paper) + _title(paper.title)
        case Layout.LETTER:
            return _title(paper.title)
        case Layout.FORM:
            return form_head(paper)
        case Layout.SIGNBOARD:
            return sign_head(paper)


def _title(title: str) -> str:
    """二号小标宋, two lines below the head, one line above the text."""
    style = x.Style(font=x.XIAOBIAOSONG, size=x.TITLE, align="center", line=33, squeeze=0, keep_next=True)
    lines = "".join(x.paragraph(line, style) for line in title_lines(title))
    return x.blank(2, keep_next=True) + lines + x.blank(1, keep_next=True)


def _attachment_note(paper: Paper) -> str:
    """附件说明, one line below the text."""
    if not paper.attachments:
        return ""
    lines = attachment_lines(paper.attachments)
    first = x.paragraph(f"附件：{lines[0]}", x.Style(align="left", left=6.5, hanging=4.5, keep_next=True))
    rest = [x.paragraph(line, x.Style(align="left", left=6.5, hanging=1.5, keep_next=True)) for line in lines[1:]]
    return x.blank(1, keep_next=True) + first + "".join(rest)


def _signature(paper: Paper) -> str:
    """署名 over 成文日期, kept with the text before it."""
    if not (paper.signature or paper.signed_on):
        return ""
    day = cn_date(paper.signed_on) if paper.signed_on else ""
    name_indent, day_indent = signature_indents(paper.signature, day)
    style = x.Style(align="right")
    name = x.paragraph(paper.signature, style.but(right=name_indent, keep_next=True)) if paper.signature else ""
    return x.blank(2, keep_next=True) + name + x.paragraph(day, style.but(right=day_indent, keep_next=bool(paper.note)))


def _attachment(document: Any, paper: Paper, place: int) -> str:
    attachment = paper.attachments[place]
    if not attachment.blocks:
        return ""
    label = attachment_label(place + 1, len(paper.attachments))
    head = x.paragraph(label, x.Style(font=x.HEITI, align="left", new_page=True))
    style = x.Style(font=x.XIAOBIAOSONG, size=x.TITLE, align="center", line=33, squeeze=0, keep_next=True)
    title = "".join(x.paragraph(line, style) for line in title_lines(attachment.title))
    blocks = Blocks(picture_of(document)).write(attachment.blocks)
    return head + x.blank(1) + title + x.blank(1) + blocks


def _prepare(document: Any, paper: Paper) -> None:
    """Page, grid, defaults, properties, headers and footers."""
    for element in list(document.element.body)[:-1]:
        document.element.body.remove(element)
    section = document.sections[0]
    if paper.layout == Layout.SIGNBOARD:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(420), Mm(297)
        section.top_margin = section.bottom_margin = section.left_margin = section.right_margin = Mm(20)
    else:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
    _grid(section)
    _defaults(document)
    properties = document.core_properties
    properties.title, properties.author = clean(paper.title.replace("\n", "")), clean(paper.signature or paper.issuer)
    properties.comments, properties.language = clean(paper.number), "zh-CN"
    properties.created = properties.modified = clock.now().astimezone(UTC).replace(tzinfo=None)
    if paper.layout == Layout.LETTER:
        letter_head(section, paper)
    footers(document, section, paper)


def _grid(section: Any) -> None:
    """Lines only: with characters in the grid LibreOffice sets 18 characters instead of 28."""
    for old in section._sectPr.xpath("w:docGrid"):
        section._sectPr.remove(old)
    grid = parse_xml(f'<w:docGrid {x.NAMESPACE} w:type="lines" w:linePitch="{x.twips(x.LINE)}"/>')
    section._sectPr.append(grid)


def _defaults(document: Any) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = x.FANGSONG, Pt(x.BODY)
    fonts = style.element.rPr.rFonts
    for name in ("w:eastAsia", "w:ascii", "w:hAnsi", "w:cs"):
        fonts.set(f"{{{fonts.nsmap['w']}}}{name[2:]}", x.FANGSONG)
    style.paragraph_format.space_after = 0
