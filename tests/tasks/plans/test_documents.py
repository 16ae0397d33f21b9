"""Files as offices send them: Word with tables and automatic numbers, PDF, old encodings, scans, three hundred pages."""

from __future__ import annotations

import io
import time

import docx
import pytest
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from common.papers.fonts import folders
from tasks.management.commands.score_plans import FOLDER
from tasks.plans.documents import Unreadable, open_document, paste
from tasks.plans.reading import read_plan

LUBIAO = (FOLDER / "lubiao.txt").read_text(encoding="utf-8")
BLANK_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>"
)


def saved(document):
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def word_table(rows, merged=()):
    """A document that is nothing but a table; `merged` are pairs of cells to join."""
    document = docx.Document()
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    for first, last in merged:
        table.cell(*first).merge(table.cell(*last))
    return saved(document)


def test_a_document_of_nothing_but_a_table_is_read_by_its_columns():
    data = word_table(
        [
            ["序号", "工作类别", "重点任务", "责任部门", "配合部门", "完成时限"],
            ["1", "消防", "检查小场所", "消防站", "各村、社区", "2026年6月底前"],
            ["2", "", "整治飞线", "城建办、供电所", "", "长期"],
        ],
        merged=[((1, 1), (2, 1))],
    )
    first, second = read_plan(open_document("表.docx", data)).as_json()["tasks"]
    assert (first["action"], first["responsible"], first["cooperating"]) == ("消防", ["消防站"], ["各村、社区"])
    assert (first["due"], second["recurrence"], second["action"]) == (["2026-06-30"], ["长期"], "消防")
    assert second["responsible"] == ["城建办", "供电所"]


def test_a_span_in_a_table_carries_the_row():
    document = open_document("表.docx", word_table([["序号", "任务", "责任单位"], ["1", "检查小场所", "消防站"]]))
    (task,) = read_plan(document).as_json()["tasks"]
    start, end = task["span"]
    assert document.text[start:end].split("\t") == ["1", "检查小场所", "消防站"]


def test_the_first_row_of_a_table_that_is_the_whole_document_names_it():
    rows = [
        ["某区2026年安全生产责任清单", "", "", ""],
        ["序号", "工作类别", "重点任务", "责任单位"],
        ["1", "一、责任落实", "签订责任书", "区安委办"],
        ["2", "", "开展述职", "区应急局（牵头）、各街道"],
    ]
    document = open_document("表.docx", word_table(rows, merged=[((0, 0), (0, 3)), ((2, 1), (3, 1))]))
    plan = read_plan(document).as_json()
    second = plan["tasks"][1]
    assert (plan["title"], plan["actions"]) == ("某区2026年安全生产责任清单", ["责任落实"])
    assert (second["action"], second["lead"], second["responsible"]) == ("责任落实", ["区应急局"], ["各街道"])
    assert document.text[slice(*second["span"])].startswith("2\t")


def test_numbers_word_writes_by_itself_are_read():
    document = docx.Document()
    document.add_paragraph("一、主要任务")
    for title in ("开展排查。全面排查。（责任单位：应急办）", "开展整治。全面整治。（责任单位：城建办）"):
        document.add_paragraph(title, style="List Number")
    tasks = read_plan(open_document("方案.docx", saved(document))).as_json()["tasks"]
    assert [(task["no"], task["title"]) for task in tasks] == [("1", "开展排查"), ("2", "开展整治")]


def test_words_put_in_with_tracked_changes_count():
    document = docx.Document()
    document.add_paragraph("一、主要任务")
    paragraph = document.add_paragraph("1.开展排查。全面排查。")
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:id"), "1")
    inserted.append(paragraph.add_run("（责任单位：应急办）")._r)
    paragraph._p.append(inserted)
    document.add_paragraph("2.整治。抓好整治。")
    tasks = read_plan(open_document("方案.docx", saved(document))).as_json()["tasks"]
    assert tasks[0]["responsible"] == ["应急办"]


def pdf_of(text, tmp_path):
    source = tmp_path / "plan.typ"
    lines = "\n\n".join("#text(" + '"' + line.replace('"', '\\"') + '")' for line in text.split("\n") if line.strip())
    source.write_text(
        '#set page(numbering: "— 1 —")\n#set text(font: "Noto Serif SC", lang: "zh")\n' + lines, encoding="utf-8"
    )
    return typst.compile(str(source), font_paths=[str(folder) for folder in folders()])


def test_a_printed_plan_reads_as_its_text_does(tmp_path):
    tasks = read_plan(open_document("方案.pdf", pdf_of(LUBIAO, tmp_path))).as_json()["tasks"]
    wanted = read_plan(paste(LUBIAO)).as_json()["tasks"]
    assert [task["no"] for task in tasks] == [task["no"] for task in wanted]
    same = sum(task["responsible"] == other["responsible"] for task, other in zip(tasks, wanted, strict=True))
    assert same >= 38


RULED = """#set page(paper: "a6", flipped: true, numbering: "— 1 —")
#set text(font: "Noto Serif SC", lang: "zh", size: 9pt)
某街道2025年任务分工表
#table(columns: (1cm, 2.6cm, 3.4cm, 2.4cm, 2.6cm),
table.header([序号], [任务], [措施], [牵头单位], [完成时限]),
[1], table.cell(rowspan: 2)[燃气安全专项整治], [逐户排查，整改率100%。], [城市管理办公室], [2025年6月底前],
[2], [更换软管。], [市场监管所], [2025年9月底前],
..range(3, 13).map(n => ([#n], [整治第#n;处], [排查。#linebreak()整改。], [派出所、各社区], [长期])).flatten())
"""


def test_ruled_tables_of_a_pdf_are_read_by_cell_over_pages(tmp_path):
    source = tmp_path / "table.typ"
    source.write_text(RULED, encoding="utf-8")
    data = typst.compile(str(source), font_paths=[str(folder) for folder in folders()])
    plan = read_plan(open_document("表.pdf", data)).as_json()
    assert plan["title"] == "某街道2025年任务分工表"
    assert [task["no"] for task in plan["tasks"]] == [str(number) for number in range(1, 13)]
    first, second, *_, last = plan["tasks"]
    assert (first["title"], first["lead"], first["due"]) == ("燃气安全专项整治", ["城市管理办公室"], ["2025-06-30"])
    assert (second["title"], second["lead"]) == ("燃气安全专项整治", ["市场监管所"])
    assert (last["lead"], last["recurrence"]) == (["派出所", "各社区"], ["长期"])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_text_in_any_usual_encoding_is_read(encoding):
    assert len(read_plan(open_document("方案.txt", LUBIAO.encode(encoding))).tasks) == 40


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("扫描.pdf", BLANK_PAGE, "扫描图片"),
        ("坏.pdf", b"%PDF-1.4 nothing", "已损坏"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "另存为 .docx"),
        ("空.txt", b"", "空的"),
        ("图.png", b"\x89PNG\r\n", "只能读取"),
        ("坏.docx", b"PK\x03\x04 nothing", "已损坏"),
        ("假.docx", b"plain words", "扩展名不符"),
    ],
)
def test_what_holds_no_text_is_refused_with_what_to_do(name, data, reason):
    with pytest.raises(Unreadable, match=reason):
        open_document(name, data)


def test_a_table_in_word_without_words_is_refused():
    with pytest.raises(Unreadable, match="没有文字"):
        open_document("空.docx", saved(docx.Document()))


def test_three_hundred_pages_are_read_in_proportion():
    one, many = paste(LUBIAO), paste("\n".join([LUBIAO] * 20))
    started = time.process_time()
    read_plan(one)
    single = time.process_time() - started
    started = time.process_time()
    plan = read_plan(many)
    assert len(many.text) > 300_000
    assert len(plan.tasks) >= 40
    assert time.process_time() - started < max(60 * single, 5)
