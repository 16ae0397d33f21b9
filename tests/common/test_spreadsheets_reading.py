"""Opening workbooks and text: what is read, and what is refused with which words."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from common.errors import Refused
from common.spreadsheets import open_workbook
from tests.common.sheets import FIXTURES, add_entry, opened, upload, xlsx

TEXT = '企业名称,隐患描述,隐患等级\n甲厂,"第一行\n第二行",一般\n'


def refusal(file: io.BytesIO) -> str:
    with pytest.raises(Refused) as caught:
        open_workbook(file)
    return caught.value.message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_encoding_an_old_system_writes(encoding: str) -> None:
    sheet = open_workbook(upload(TEXT.encode(encoding), "台账.csv"))[0]
    assert sheet.grid == [["企业名称", "隐患描述", "隐患等级"], ["甲厂", "第一行\n第二行", "一般"]]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_worked_out_from_the_text(mark: str) -> None:
    text = f'企业名称{mark}隐患描述{mark}备注\n甲厂{mark}"一,二;三|四"{mark}无'
    sheet = open_workbook(upload(text.encode(), "台账.txt"))[0]
    assert sheet.grid[1] == ["甲厂", "一,二;三|四", "无"]


def test_the_separator_hint_of_excel_is_obeyed_and_not_counted_as_a_row() -> None:
    sheet = open_workbook(upload("sep=;\n企业名称;描述,\n甲厂;乙".encode(), "a.csv"))[0]
    assert sheet.grid == [["企业名称", "描述,"], ["甲厂", "乙"]]


def test_merged_cells_are_expanded_and_known_as_inherited() -> None:
    sheet = opened([["题", None], ["甲", 1], [None, 2]], ["A1:B1", "A2:A3"])
    assert sheet.value(3, 1) == "甲"
    assert sheet.cell(3, 1).is_from_above
    assert sheet.value(1, 2) == "题"
    assert sheet.cell(1, 2).is_from_left
    assert not sheet.cell(2, 1).is_inherited


def test_an_old_xls_is_read_with_its_merges_and_dates() -> None:
    sheet = open_workbook(FIXTURES / "ledger.xls")[1]
    assert sheet.row(4)[0].value == date(2026, 1, 5)
    assert sheet.cell(4, 2).is_from_above
    assert sheet.value(4, 2) == "大营木业"
    assert sheet.value(4, 5) == 20260621


def test_a_workbook_under_the_other_excel_extension_is_still_read() -> None:
    assert open_workbook(xlsx([["甲"]], name="旧台账.xls"))[0].grid == [["甲"]]


def test_blank_rows_below_the_table_do_not_count() -> None:
    assert opened([["甲"], [None], ["  "], [None]]).height == 1


def test_macros_are_refused_by_content_and_by_name() -> None:
    assert "宏" in refusal(add_entry(xlsx([["甲"]]), "xl/vbaProject.bin", b"\xd0\xcf"))
    assert "宏" in refusal(xlsx([["甲"]], name="台账.xlsm"))
    data = (FIXTURES / "ledger.xls").read_bytes() + "_VBA_PROJECT".encode("utf-16-le")
    assert "宏" in refusal(upload(data, "台账.xls"))


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = add_entry(xlsx([["甲"]]), "xl/media/a.bin", b"\0" * 400 * 1024 * 1024)
    assert "异常庞大" in refusal(bomb)


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    file = add_entry(xlsx([["甲"]]), "xl/media/a.bin", b"\0" * 1_000_000)
    lied = file.getvalue().replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert "异常庞大" in refusal(upload(lied, "台账.xlsx"))


def test_too_many_entries_are_refused() -> None:
    file = xlsx([["甲"]])
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/media/{number}", b"")
    assert "异常庞大" in refusal(file)


def test_one_cell_in_the_far_corner_is_refused_rather_than_filling_the_memory() -> None:
    file = xlsx([["甲"]])
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts[name] = parts[name].replace(b"</sheetData>", far)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in parts.items():
            archive.writestr(entry, content)
    assert "有效区域过大" in refusal(upload(buffer.getvalue(), "台账.xlsx"))


def test_encrypted_workbooks_are_refused_with_advice() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert "密码" in refusal(upload(data, "台账.xlsx"))


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.xlsx", "空的"),
        (b"%PDF-1.7", "a.xlsx", "PDF"),
        (b"\x89PNG\r\n", "a.csv", "图片"),
        (b"PK\x03\x04 not a zip", "a.xlsx", "损坏"),
        (b"<html><table>", "a.xls", "网页"),
        ("企业名称,描述".encode(), "a.xlsx", "扩展名改为 .csv"),
        (b"a\x00\x01\x02b\x00\x00c", "a.csv", "不是表格"),
        (b"x", "a.docx", "不支持的文件类型"),
        (b"x", "台账", "不支持的文件类型"),
        (b"x", "a.et", "WPS"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.xls", "不是 Excel"),
    ],
)
def test_what_is_no_ledger_is_refused_in_words_a_clerk_understands(data: bytes, name: str, words: str) -> None:
    assert words in refusal(upload(data, name))


def test_a_workbook_named_csv_is_refused_with_the_right_extension() -> None:
    assert ".xlsx" in refusal(xlsx([["甲"]], name="台账.csv"))


def test_a_missing_file_is_refused() -> None:
    with pytest.raises(Refused, match="无法打开"):
        open_workbook("/nowhere/台账.xlsx")


def test_more_rows_than_the_limit_are_refused(settings) -> None:
    settings.UPLOAD_SHEET_MAX_ROWS = 3
    assert "4 行" in refusal(xlsx([["甲"]] * 4))


def test_a_file_beyond_the_size_limit_is_refused(settings) -> None:
    settings.UPLOAD_SHEET_MAX_BYTES = 1024
    assert "超过" in refusal(xlsx([["甲"]]))
