"""Ledgers going out: large .xlsx in constant memory, CSV as a stream, and the template people fill in."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from os import PathLike
from typing import IO, Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from common import clock
from common.spreadsheets.fields import Field

RISKY_STARTS = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767  # characters one Excel cell can hold
TEMPLATE_ROWS = 1_000
LIST_FORMULA_LIMIT = 255
A3, A4 = 8, 9  # as Excel numbers papers
WIDEST_ON_A4 = 180  # characters of all columns that are still read easily
_HEADER = {"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
_FORMATS = {
    "date": "yyyy-mm-dd",
    "datetime": "yyyy-mm-dd hh:mm",
    "percent": "0.0%",
    "money": "#,##0.00",
    "number": "General",
}


@dataclass(frozen=True)
class OutColumn:
    """A column to write. `kind` is text, date, datetime, number, money or percent; `width` in characters."""

    header: str
    kind: str = "text"
    width: int = 16


def harmless(value: Any) -> Any:
    """Text that a spreadsheet program would run as a formula, disarmed by a leading apostrophe.

    Numbers and dates stay what they are; a lone sign such as "-" is no formula.
    """
    if isinstance(value, str) and len(value) > 1 and value.startswith(RISKY_STARTS):
        return "'" + value
    return value


def write_xlsx(
    target: str | PathLike[str] | IO[bytes], title: str, columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]
) -> int:
    """Write `rows` to an .xlsx with a frozen, filterable header, holding one row in memory; returns the count.

    Aware moments are written in Asia/Shanghai. Text is never a formula. Printed, it lies on A3 or A4 across, as wide as the
    sheet, with title, header and page number on every page.
    """
    book = xlsxwriter.Workbook(
        target,
        {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    sheet = book.add_worksheet(_sheet_name(title))
    formats = [_format(book, column.kind) for column in columns]
    days = _format(book, "date")
    header = book.add_format(_HEADER)
    for index, column in enumerate(columns):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.header, header)
    sheet.freeze_panes(1, 0)
    _paper(sheet, title, sum(column.width for column in columns))
    count = 0
    for count, row in enumerate(rows, start=1):
        for index, value in enumerate(row):
            _write_cell(sheet, count, index, value, _suiting(value, columns[index].kind, formats[index], days))
    sheet.autofilter(0, 0, count, max(len(columns) - 1, 0))
    book.close()
    return count


def _paper(sheet: Any, title: str, width: int) -> None:
    """How it prints; `width` in characters decides between A4 and A3."""
    sheet.set_landscape()
    sheet.set_paper(A4 if width <= WIDEST_ON_A4 else A3)
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.hide_gridlines(0)  # lines on paper too
    sheet.set_header(f"&C&14{title.replace('&', '&&')}")
    sheet.set_footer("&C第&P页 共&N页")


def _format(book: Any, kind: str) -> Any:
    if kind in _FORMATS:
        return book.add_format({"num_format": _FORMATS[kind], "valign": "top"})
    return book.add_format({"text_wrap": True, "valign": "top"})


def _suiting(value: Any, kind: str, style: Any, days: Any) -> Any:
    """The format of the column, except that a date among texts still looks like a date."""
    return days if kind == "text" and isinstance(value, date) else style


def _write_cell(sheet: Any, row: int, column: int, value: Any, style: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_string(row, column, "是" if value else "否", style)
    elif isinstance(value, int | float | Decimal):
        sheet.write_number(row, column, value, style)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, _local(value), style)
    elif isinstance(value, date | time):
        sheet.write_datetime(row, column, value, style)
    else:
        sheet.write_string(row, column, harmless(str(value))[:CELL_LIMIT], style)


def _local(moment: datetime) -> datetime:
    return clock.local(moment).replace(tzinfo=None) if moment.tzinfo else moment


def _sheet_name(title: str) -> str:
    """Excel allows 31 characters and none of []:*?/\\ in the name of a sheet."""
    name = "".join(char for char in title if char not in "[]:*?/\\'")[:31].strip()
    return name or "台账"


class _Echo:
    """A file that hands back what is written to it, so that a CSV writer can feed a response."""

    def write(self, text: str) -> str:
        return text


def stream_csv(columns: Sequence[OutColumn], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """The ledger as CSV in UTF-8 with the mark Excel needs, line by line; text is never a formula."""
    writer = csv.writer(_Echo())
    yield ("\ufeff" + writer.writerow([column.header for column in columns])).encode()
    for row in rows:
        yield writer.writerow([_csv_value(value) for value in row]).encode()


def _csv_value(value: Any) -> Any:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, datetime):
        return f"{_local(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return harmless(value)


def template_xlsx(target: str | PathLike[str] | IO[bytes], title: str, fields: Sequence[Field]) -> None:
    """A workbook to fill in: one column a field, drop-downs, notes, an example on its own sheet of instructions."""
    book = Workbook()
    sheet = book.active
    sheet.title = _sheet_name(title)
    guide = book.create_sheet("填表说明")
    guide.append(["列名", "是否必填", "填写要求", "示例"])
    for index, each in enumerate(fields, start=1):
        _template_column(sheet, index, each)
        note = each.note or ("从下拉列表中选择" if each.choices else "")
        guide.append([each.label, "必填" if each.required else "选填", note, harmless(each.example)])
    for letter, width in zip("ABCD", (20, 10, 60, 30), strict=True):
        guide.column_dimensions[letter].width = width
    for cell in guide[1]:
        _style_header(cell)
    sheet.freeze_panes = "A2"
    book.save(target)


def _template_column(sheet: Any, index: int, each: Field) -> None:
    cell = sheet.cell(row=1, column=index, value=each.label)
    _style_header(cell, required=each.required)
    letter = get_column_letter(index)
    sheet.column_dimensions[letter].width = each.width
    words = [("必填。" if each.required else ""), each.note, f"例：{each.example}" if each.example else ""]
    if any(words):
        cell.comment = Comment("".join(words), "清患", width=260, height=90)
    listed = '"' + ",".join(each.choices) + '"'
    if each.choices and len(listed) <= LIST_FORMULA_LIMIT:
        rule = DataValidation(type="list", formula1=listed, allow_blank=not each.required)
        rule.error, rule.errorTitle = f"请从下拉列表中选择{each.label}。", each.label
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{TEMPLATE_ROWS}")


def _style_header(cell: Any, required: bool = False) -> None:
    cell.font = Font(bold=True, color="C00000" if required else "000000")
    cell.fill = PatternFill("solid", fgColor="DCE6F1")
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
