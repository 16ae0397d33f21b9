"""Official papers: the layout of GB/T 9704-2012 in .docx and PDF."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from common.papers import Column, Figure, Layout, Paper, Table, charts, fonts, qr, render_docx, render_pdf
from common.papers.text import HeadingNumbers, chinese_numeral, signature_indents, title_lines, width
from tests.common import sample_papers as samples

MM_PER_POINT = 25.4 / 72


def opened(paper: Paper) -> Any:
    return Document(BytesIO(render_docx(paper)))


def paragraph(document: Any, beginning: str) -> Any:
    return next(p for p in document.paragraphs if p.text.startswith(beginning))


def font_of(paragraph: Any) -> tuple[str, float]:
    run = paragraph.runs[0]
    return run._element.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt


def pages(paper: Paper) -> list[str]:
    document = pdfium.PdfDocument(render_pdf(paper))
    return [page.get_textpage().get_text_range().replace("\r\n", "\n") for page in document]


def box(paper: Paper, page: int, text: str) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the text in mm from the page's upper left corner (the font's own box)."""
    sheet = pdfium.PdfDocument(render_pdf(paper))[page]
    layer = sheet.get_textpage()
    start, count = layer.search(text).get_next()
    boxes = [layer.get_charbox(n, loose=True) for n in range(start, start + count)]
    left, right = min(b[0] for b in boxes), max(b[2] for b in boxes)
    top, bottom = max(b[3] for b in boxes), min(b[1] for b in boxes)
    height = sheet.get_height()
    return tuple(v * MM_PER_POINT for v in (left, height - top, right, height - bottom))  # type: ignore[return-value]


def test_the_sheet_has_the_margins_lines_and_characters_of_the_standard() -> None:
    document = opened(samples.notice())
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [37, 35, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = paragraph(document, "请认真")
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert font_of(body) == ("仿宋_GB2312", 16)
    assert body._element.pPr.ind.get(qn("w:firstLineChars")) == "200"


def test_the_head_is_red_the_number_in_hexagonal_brackets_above_a_red_rule() -> None:
    document = opened(samples.notice())
    issuer = paragraph(document, samples.OFFICE + "文件")
    assert font_of(issuer)[0] == "方正小标宋简体"
    assert str(issuer.runs[0].font.color.rgb) == "FF0000"
    assert round(issuer.paragraph_format.space_before.mm) == 35
    number = paragraph(document, "演街安办发")
    assert number.text == "演街安办发〔2026〕12号"
    assert 'w:color="FF0000"' in number._element.xml


def test_title_and_headings_carry_the_prescribed_fonts_numbers_and_outline() -> None:
    document = opened(samples.notice())
    assert font_of(paragraph(document, "关于2026年10月份")) == ("方正小标宋简体", 22)
    expected = {
        "一、总体情况": "黑体",
        "（一）村": "楷体_GB2312",
        "1. 演示村": "仿宋_GB2312",
        "（1）二组": "仿宋_GB2312",
    }
    for beginning, font in expected.items():
        assert font_of(paragraph(document, beginning)) == (font, 16)
    assert paragraph(document, "二、下步要求")._element.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_date_stands_four_characters_in_with_the_signature_centred_over_it() -> None:
    assert signature_indents("演示办公室", "2026年11月2日") == (4.0 + (7 / 2 + 3 - 5) / 2, 4.0)
    name, day = signature_indents(samples.OFFICE, "2026年11月2日")
    assert name == pytest.approx(day - (14 - 6.5) / 2)
    document = opened(samples.notice())
    indent = paragraph(document, "2026年11月2日")._element.pPr.ind
    assert indent.get(qn("w:rightChars")) == "400"


def test_page_numbers_stand_outside_and_the_colophon_is_ruled_at_the_foot() -> None:
    document = opened(samples.notice())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    assert section.footer.paragraphs[0].text.startswith("— ")
    assert (
        section.footer.paragraphs[0]._element.pPr.jc.val != section.even_page_footer.paragraphs[0]._element.pPr.jc.val
    )
    colophon = document.tables[-1]
    assert [cell.text for row in colophon.rows for cell in row.cells] == [
        "抄送：街道党工委、办事处。",
        f"{samples.OFFICE}\t2026年11月2日印发",
    ]
    assert colophon._element.tblPr.find(qn("w:tblpPr")).get(qn("w:tblpYSpec")) == "bottom"
    assert re.findall(r'w:(?:top|bottom) w:val="single" w:sz="(\d)"', colophon._element.xml) == ["8", "6", "8"]


def test_a_long_table_repeats_its_header_and_splits_no_row() -> None:
    table = opened(samples.notice()).tables[0]
    assert len(table.rows) == 91
    header = table.rows[0]._tr.trPr
    assert header.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows[:3])


def test_a_letter_has_double_red_rules_and_no_number_on_its_first_page() -> None:
    document = opened(samples.letter())
    section = document.sections[0]
    assert section.different_first_page_header_footer
    head, foot = section.first_page_header, section.first_page_footer
    assert round(section.header_distance.mm) == 30
    assert head.paragraphs[0].text == samples.OFFICE
    assert "thickThinSmallGap" in head.paragraphs[0]._element.xml
    assert "thinThickSmallGap" in foot.paragraphs[0]._element.xml
    assert foot.paragraphs[0].text == ""
    assert "演街安办函〔2026〕7号" in [p.text for p in head.paragraphs]


def test_the_pdf_says_everything_in_order_and_repeats_the_table_header() -> None:
    sheets = pages(samples.notice())
    text = "".join(sheets)
    order = [
        "文件",
        "〔2026〕12号",
        "各村（社区）",
        "一、总体情况",
        "（一）",
        "1. 演示村",
        "表1",
        "二、下步要求",
        "附件：",
        "2026年11月2日",
    ]
    places = [re.sub(r"\s", "", text).index(re.sub(r"\s", "", piece)) for piece in order]
    assert places == sorted(places)
    assert sum("隐患描述" in sheet for sheet in sheets) >= 3
    assert all(f"— {n} —" in sheet for n, sheet in enumerate(sheets, 1))


def test_the_pdf_keeps_the_distances_of_the_standard() -> None:
    paper = samples.notice()
    issuer, number = box(paper, 0, f"{samples.OFFICE}文件"), box(paper, 0, "演街安办发")
    assert issuer[1] == pytest.approx(72, abs=3)  # 37 + 35 mm; the font's box has its own air
    assert number[1] - issuer[3] == pytest.approx(2 * 10.2, abs=6)
    body = box(paper, 0, "各村（社区）")
    assert body[0] == pytest.approx(28, abs=0.5)


@pytest.mark.parametrize("end", samples.ENDS)
def test_signature_date_and_note_share_their_page_with_text(end: str) -> None:
    for lines in range(10, 21):
        sheets = [re.sub(r"\s", "", sheet) for sheet in pages(samples.order(lines, end))]
        signed = next(sheet for sheet in sheets if "2026年11月2日" in sheet)
        assert samples.ENDS[end][0] in signed, f"{end} after {lines} lines"
        assert "一式两份" in signed, f"{end} after {lines} lines"


def test_the_docx_holds_everything_from_the_last_text_to_the_date() -> None:
    document = opened(samples.order(3, "form"))
    body = [node for node in document.element.body if node.tag != qn("w:sectPr")]
    held = [bool(node.findall(f".//{qn('w:keepNext')}")) for node in body]
    last = next(n for n, node in enumerate(body) if "正文2段" in "".join(node.itertext()))
    date_at = next(n for n, node in enumerate(body) if "2026年11月2日" in "".join(node.itertext()))
    assert held[last - 1 : date_at + 1] == [False] + [True] * (date_at + 1 - last)


def test_a_red_headed_pdf_ends_on_an_even_page_with_the_colophon() -> None:
    for rows in range(0, 30, 3):
        short = Table(samples.OVERDUE.columns, samples.OVERDUE.rows[:rows])
        sheets = pages(samples.notice(short))
        assert len(sheets) % 2 == 0
        assert "抄送" in sheets[-1]
        assert sum("抄送" in sheet for sheet in sheets) == 1


def test_text_is_never_markup() -> None:
    written = "".join(p.text for p in opened(samples.notice()).paragraphs)
    printed = "".join(pages(samples.notice()))
    for text in (written, printed):
        assert re.sub(r"\s", "", samples.HOSTILE) in re.sub(r"\s", "", text)


@pytest.mark.parametrize("make", [samples.letter, samples.form, samples.board])
def test_every_layout_fits_one_page_with_its_text(make: Callable[[], Paper]) -> None:
    paper = make()
    sheets = pages(paper)
    assert len(sheets) == 1
    assert re.sub(r"\s", "", paper.title) in re.sub(r"\s", "", sheets[0])
    assert opened(paper).core_properties.title == paper.title


def test_a_form_grid_keeps_labels_and_values_in_their_rows() -> None:
    table = opened(samples.form()).tables[0]
    assert [[cell.text for cell in row._tr.tc_lst and dict.fromkeys(row.cells)] for row in table.rows] == [
        ["被检查单位", "演示建材有限公司"],
        ["负责人", "张三", "职务", "经理", "电话", "0871-1"],
    ]


def test_control_characters_are_dropped_and_a_picture_is_set_in_both() -> None:
    paper = Paper(Layout.FORM, "表\x0b单\x00", blocks=(Figure(qr.png("x"), "图1", 0.3),))
    assert len(opened(paper).inline_shapes) == 1
    assert "图 1" in pages(paper)[0]  # the gap between Chinese and digits reads as a space


def test_two_thousand_rows_take_seconds() -> None:
    rows = tuple(("序", "演示企业", "配电箱未上锁。", "2026-10-08") for _ in range(2000))
    paper = samples.notice(Table(samples.OVERDUE.columns, rows))
    started = time.perf_counter()
    render_docx(paper)
    render_pdf(paper)
    assert time.perf_counter() - started < 20


def test_a_title_breaks_where_the_sense_allows() -> None:
    assert title_lines(samples.LONG_TITLE) == [samples.OFFICE, "关于2026年10月份安全生产", "隐患排查治理情况的通报"]
    assert title_lines("短标题") == ["短标题"]
    assert title_lines("甲\n乙") == ["甲", "乙"]
    assert all(width(line) <= 19 for line in title_lines("关于" + "开展" * 40 + "的通知"))


def test_numbers_of_headings_start_again_below_a_new_one() -> None:
    numbers = HeadingNumbers()
    given = [numbers.next(level) for level in (1, 2, 2, 3, 4, 1, 2)]
    assert given == ["一、", "（一）", "（二）", "1.", "（1）", "二、", "（一）"]
    assert [chinese_numeral(n) for n in (10, 11, 20, 99)] == ["十", "十一", "二十", "九十九"]


def test_without_any_chinese_font_no_paper_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "book", type("Book", (), {"families": lambda self: ["DejaVu Sans"]}))
    with pytest.raises(fonts.NoChineseFontError, match="没有可用的中文字体"):
        render_pdf(samples.form())


def test_charts_are_png_of_the_text_width() -> None:
    drawn = [
        charts.bars(["9月", "10月"], {"新增": [3, 4], "销号": [2, 5]}, "隐患", "项"),
        charts.lines(["9月", "10月"], {"按期整改率": [95.0, None]}, "按期整改率", "%"),
        charts.ranking([("演示村", 98.2)], "排名"),
    ]
    assert all(png.startswith(b"\x89PNG") for png in drawn)
    assert len(opened(Paper(Layout.FORM, "图", blocks=tuple(Figure(png) for png in drawn))).inline_shapes) == 3


def test_a_column_says_how_wide_it_is_relative_to_the_others() -> None:
    table = Table((Column("甲", 1), Column("乙", 3)), (("1", "2"),))
    widths = [cell.width.mm for cell in opened(samples.notice(table)).tables[0].rows[0].cells]
    assert widths == [pytest.approx(39, abs=0.2), pytest.approx(117, abs=0.2)]
