"""Pictures in a .docx: in the line, and the QR code that stands beside the text."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx.shared import Length, Mm
from lxml import etree

from common.papers import docx_xml as x
from common.papers import qr
from common.papers.docx_blocks import Picture
from common.papers.model import Layout, Paper

# Width in mm, side of the text, and vertical place: where each layout leaves room. "" is the paragraph that carries it.
_QR_PLACES = {
    Layout.RED_HEAD: (22, "right", "top"),
    Layout.LETTER: (22, "left", ""),
    Layout.FORM: (20, "right", "top"),
    Layout.SIGNBOARD: (50, "right", "bottom"),
}


def picture_of(document: Any) -> Picture:
    """Stores a PNG in the file and returns the run that shows it at the given width in mm."""

    def picture(png: bytes, width: float) -> str:
        inline = document.part.new_pic_inline(BytesIO(png), width=Mm(width))
        return f"<w:r><w:drawing>{etree.tostring(inline, encoding='unicode')}</w:drawing></w:r>"

    return picture


def qr_code(document: Any, paper: Paper) -> str:
    """The QR code floating beside the text, in an empty thin paragraph that carries it; "" without one."""
    if not paper.qr:
        return ""
    size, across, down = _QR_PLACES[paper.layout]
    inline = document.part.new_pic_inline(BytesIO(qr.png(paper.qr)), width=Mm(size))
    drawing = f"<w:r><w:drawing>{_anchored(inline, Mm(size), across, down)}</w:drawing></w:r>"
    return x.line_of([drawing], x.Style(size=1, line=1, squeeze=0, keep_next=True))


def _anchored(inline: Any, side: Length, across: str, down: str) -> str:
    """The inline picture as one placed against the margins, text running on as if it were not there."""
    kept = [
        etree.tostring(child, encoding="unicode")
        for child in inline
        if etree.QName(child).localname in ("docPr", "cNvGraphicFramePr", "graphic")
    ]
    return (
        '<wp:anchor xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0"'
        ' distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="1" locked="0" layoutInCell="1"'
        ' allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="margin"><wp:align>{across}</wp:align></wp:positionH>'
        + (
            f'<wp:positionV relativeFrom="margin"><wp:align>{down}</wp:align></wp:positionV>'
            if down
            else '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        )
        + f'<wp:extent cx="{side}" cy="{side}"/><wp:wrapNone/>{"".join(kept)}</wp:anchor>'
    )
