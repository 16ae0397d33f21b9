"""Workbooks and text ledgers built in memory for the spreadsheet tests."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from common.spreadsheets import Field, Sheet, Table, choose_table, open_workbook

FIXTURES = Path(__file__).resolve().parent / "fixtures"
FIELDS = (
    Field("enterprise", "企业名称", ("单位名称", "受检单位"), required=True, spans=True),
    Field("found_on", "发现日期", ("检查时间", "排查时间"), spans=True),
    Field("description", "隐患描述", ("隐患问题描述",), required=True),
    Field("level", "隐患等级", ("隐患级别",)),
    Field("due_on", "整改期限", ("整改时限", "要求整改完成日期"), excludes=("延期",)),
    Field("person", "整改责任人"),
)


def upload(data: bytes, name: str) -> io.BytesIO:
    """An uploaded file with a name."""
    file = io.BytesIO(data)
    file.name = name
    return file


def xlsx(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), name: str = "台账.xlsx") -> io.BytesIO:
    """An .xlsx with one sheet of `rows` and merged ranges."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    for merge in merges:
        book.active.merge_cells(merge)
    buffer = io.BytesIO()
    book.save(buffer)
    return upload(buffer.getvalue(), name)


def add_entry(file: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The same workbook with one more file inside its zip."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    file.seek(0)
    return file


def opened(rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> Sheet:
    """The sheet read back from a workbook of `rows`."""
    return open_workbook(xlsx(rows, merges))[0]


def table(rows: Sequence[Sequence[Any]], merges: Sequence[str] = (), fields: Sequence[Field] = FIELDS) -> Table:
    """The table found in a workbook of `rows`."""
    return choose_table([opened(rows, merges)], fields)
