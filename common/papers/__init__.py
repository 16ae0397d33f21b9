"""Official papers 公文: one description of a paper, laid out by GB/T 9704-2012 as .docx and as PDF.

from common.papers import Heading, Layout, Paper, Paragraph, render_docx, render_pdf
"""

from __future__ import annotations

from common.papers.model import (
    Attachment,
    Block,
    Column,
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
)

__all__ = [
    "Attachment",
    "Block",
    "Column",
    "Figure",
    "Heading",
    "KeyValues",
    "Layout",
    "NumberedList",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Run",
    "SignatureArea",
    "Signing",
    "Table",
    "render_docx",
    "render_pdf",
]


def render_docx(paper: Paper) -> bytes:
    """The paper as an editable .docx; fonts are named as government offices have them, none is embedded."""
    from common.papers.docx_paper import render

    return render(paper)


def render_pdf(paper: Paper) -> bytes:
    """The paper as PDF, typeset with the office's fonts where present, else with open ones."""
    from common.papers.pdf_paper import render

    return render(paper)
