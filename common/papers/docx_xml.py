"""WordprocessingML in small: paragraphs, runs and tables as XML strings, escaped, ready to be parsed.

Built as text because a table of 2,000 rows through python-docx's cell objects takes minutes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from common.papers.model import Text
from common.papers.text import clean, runs

FANGSONG, HEITI, KAITI, SONGTI, XIAOBIAOSONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体", "方正小标宋简体"
RED = "FF0000"
LINE = 28.95  # pt: 22 lines fill 225 mm
BODY, TITLE, SMALL, TABLE = 16.0, 22.0, 14.0, 12.0  # 三号, 二号, 四号, 小四
SQUEEZE = -5  # twentieths of a point between characters: 28 characters of 16 pt fill 156 mm
NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ALIGN = {"justify": "both", "left": "left", "center": "center", "right": "right"}


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph is set. Indents count characters of its own size; spaces and `line` are points."""

    font: str = FANGSONG
    size: float = BODY
    align: str = "justify"
    first: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    before: float = 0
    after: float = 0
    line: float = LINE
    color: str = ""
    bold: bool = False
    squeeze: int = SQUEEZE
    keep_next: bool = False
    keep_lines: bool = False
    new_page: bool = False
    outline: int | None = None
    borders: str = ""
    tabs: str = ""

    def but(self, **changes: object) -> Style:
        """This style with some of it changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


def twips(points: float) -> int:
    """Points as twentieths."""
    return round(points * 20)


def mm(millimetres: float) -> int:
    """Millimetres as twentieths of a point."""
    return round(millimetres * 72 * 20 / 25.4)


def paragraph(text: Text, style: Style) -> str:
    """One `w:p`; a line break in the text is a break in the paragraph, a tab a tab."""
    body = "".join(_run(clean(run.text), style.but(font=HEITI) if run.strong else style) for run in runs(text))
    return f"<w:p>{_paragraph_properties(style)}{body}</w:p>"


def blank(lines: int = 1, keep_next: bool = False) -> str:
    """Empty lines on the grid."""
    return "".join(paragraph("", Style(keep_next=keep_next)) for _ in range(lines))


def spacer(points: float = 6, new_page: bool = False, keep_next: bool = False) -> str:
    """A thin empty paragraph: Word joins tables that touch, and a table cannot begin a page by itself."""
    return paragraph("", Style(size=1, squeeze=0, line=points, new_page=new_page, keep_next=keep_next))


def field(code: str, style: Style) -> str:
    """A run that shows the field `code` (PAGE, NUMPAGES)."""
    properties = _run_properties(style)
    parts = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> {code} </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>1</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return "".join(f"<w:r>{properties}{part}</w:r>" for part in parts)


def line_of(pieces: list[str], style: Style) -> str:
    """A paragraph of ready-made runs."""
    return f"<w:p>{_paragraph_properties(style)}{''.join(pieces)}</w:p>"


def run(text: str, style: Style) -> str:
    """One ready-made run."""
    return _run(clean(text), style)


def border(side: str, kind: str, eighths: int, space: float, color: str) -> str:
    """One paragraph border; `eighths` of a point thick, `space` points from the text."""
    return f'<w:{side} w:val="{kind}" w:sz="{eighths}" w:space="{round(space)}" w:color="{color}"/>'


def _run(text: str, style: Style) -> str:
    pieces = []
    for place, part in enumerate(text.split("\n")):
        lead = "<w:br/>" if place else ""
        tabbed = "<w:tab/>".join(f'<w:t xml:space="preserve">{escape(piece)}</w:t>' for piece in part.split("\t"))
        pieces.append(lead + tabbed)
    return f"<w:r>{_run_properties(style)}{''.join(pieces)}</w:r>"


def _run_properties(style: Style) -> str:
    font = style.font
    half_points = round(style.size * 2)
    return (
        f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}" w:hint="eastAsia"/>'
        + ("<w:b/>" if style.bold else "")
        + (f'<w:color w:val="{style.color}"/>' if style.color else "")
        + (f'<w:spacing w:val="{style.squeeze}"/>' if style.squeeze else "")
        + f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'
        + '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>'
    )


def _paragraph_properties(style: Style) -> str:
    chars = {"firstLine": style.first, "left": style.left, "right": style.right, "hanging": style.hanging}
    indent = " ".join(
        f'w:{name}Chars="{round(count * 100)}" w:{name}="{twips(count * style.size)}"'
        for name, count in chars.items()
        if count
    )
    return (
        "<w:pPr>"
        + ("<w:keepNext/>" if style.keep_next else "")
        + ("<w:keepLines/>" if style.keep_lines else "")
        + ("<w:pageBreakBefore/>" if style.new_page else "")
        + '<w:widowControl w:val="0"/>'
        + (f"<w:pBdr>{style.borders}</w:pBdr>" if style.borders else "")
        + (f"<w:tabs>{style.tabs}</w:tabs>" if style.tabs else "")
        + '<w:autoSpaceDE w:val="1"/><w:autoSpaceDN w:val="1"/>'
        + ("" if style.line == LINE else '<w:snapToGrid w:val="0"/>')
        + f'<w:spacing w:before="{twips(style.before)}" w:after="{twips(style.after)}"'
        + f' w:line="{twips(style.line)}" w:lineRule="exact"/>'
        + (f"<w:ind {indent}/>" if indent else "")
        + f'<w:jc w:val="{_ALIGN[style.align]}"/>'
        + (f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else "")
        + f"{_run_properties(style)}</w:pPr>"
    )
