"""Ledgers going out."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from common.spreadsheets import OutColumn, choose_table, open_workbook, stream_csv, template_xlsx, write_xlsx
from common.spreadsheets.fields import Field
from tests.common.sheets import FIELDS, upload

COLUMNS = (
    OutColumn("企业名称", width=30),
    OutColumn("发现日期", "date"),
    OutColumn("金额", "money"),
    OutColumn("时间", "datetime"),
)
ROW = ("甲厂", date(2026, 6, 5), Decimal("-3.5"), datetime(2026, 6, 5, 6, 30, tzinfo=UTC))


def written(rows: list[tuple]) -> openpyxl.worksheet.worksheet.Worksheet:
    buffer = io.BytesIO()
    assert write_xlsx(buffer, "隐患台账[2026/06]", COLUMNS, iter(rows)) == len(rows)
    return openpyxl.load_workbook(buffer).active


def test_a_workbook_has_a_frozen_filterable_header_and_typed_cells() -> None:
    sheet = written([ROW])
    assert sheet.title == "隐患台账202606"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:D2"
    assert [cell.value for cell in sheet[1]] == ["企业名称", "发现日期", "金额", "时间"]
    assert sheet["B2"].value == datetime(2026, 6, 5)
    assert sheet["C2"].value == -3.5
    assert sheet["D2"].value == datetime(2026, 6, 5, 14, 30)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0"])
def test_no_text_leaves_as_a_formula(text: str) -> None:
    cell = written([(text, None, None, None)])["A2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")
    lines = b"".join(stream_csv(COLUMNS[:1], [(text,)])).decode("utf-8-sig")
    assert lines.split("\r\n", 1)[1].lstrip('"').startswith("'")


def test_numbers_stay_numbers_and_a_lone_dash_stays_a_dash() -> None:
    assert written([(-5, None, None, None)])["A2"].value == -5
    assert b"".join(stream_csv(COLUMNS[:2], [("-", -5)])).endswith(b"-,-5\r\n")


def test_csv_streams_line_by_line_with_the_mark_excel_needs() -> None:
    lines = stream_csv(COLUMNS, (ROW for _ in range(2)))
    assert next(lines) == "\ufeff企业名称,发现日期,金额,时间\r\n".encode()
    assert next(lines).decode() == "甲厂,2026-06-05,-3.5,2026-06-05 14:30\r\n"


def test_what_is_written_can_be_read_again() -> None:
    data = b"".join(stream_csv((OutColumn("企业名称"), OutColumn("隐患描述")), [("=甲厂", "一,二\n三")]))
    found = choose_table(open_workbook(upload(data, "a.csv")), FIELDS)
    assert found.rows[0].get("description") == "一,二\n三"


def test_the_template_has_drop_downs_notes_and_instructions() -> None:
    buffer = io.BytesIO()
    fields = (
        Field("name", "企业名称", required=True, example="甲厂"),
        Field("level", "隐患等级", choices=("一般", "重大")),
    )
    template_xlsx(buffer, "隐患台账模板", fields)
    book = openpyxl.load_workbook(buffer)
    sheet = book["隐患台账模板"]
    assert [cell.value for cell in sheet[1]] == ["企业名称", "隐患等级"]
    assert sheet.data_validations.dataValidation[0].formula1 == '"一般,重大"'
    assert "必填" in sheet["A1"].comment.text
    assert book["填表说明"]["B2"].value == "必填"
