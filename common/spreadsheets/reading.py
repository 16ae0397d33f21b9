"""Opens a ledger as people send it: .xlsx, .xls, or delimited text in whatever encoding their system wrote."""

from __future__ import annotations

import io
from datetime import date, datetime
from os import PathLike
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from python_calamine import CalamineError, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from common.containers import ENCRYPTED
from common.errors import Refused
from common.spreadsheets.cells import Position, Sheet, Value, is_blank
from common.spreadsheets.delimited import read_text
from common.spreadsheets.guard import DAMAGED, kind_of

Source = str | PathLike[str] | IO[bytes]
MAX_COLUMNS = 256


def open_workbook(source: Source, name: str = "") -> list[Sheet]:
    """The sheets of a ledger, merges expanded, in the order of the file; raises `Refused` with the reason.

    `source` is a path or a binary file; `name` is the name the person gave the file, taken from the source
    when empty. Limits: `UPLOAD_SHEET_MAX_BYTES` per file, `UPLOAD_SHEET_MAX_ROWS` per sheet.
    """
    data, found_name = _load(source)
    if len(data) > settings.UPLOAD_SHEET_MAX_BYTES:
        raise Refused(f"文件超过 {settings.UPLOAD_SHEET_MAX_BYTES // 1024 // 1024} MB，请分成几个文件上传。")
    name = name or found_name
    kind = kind_of(data, name)
    sheets = [read_text(data, Path(name).stem)] if kind == "text" else _read_workbook(data)
    for sheet in sheets:
        _trim(sheet)
        _check_size(sheet)
    sheets = [sheet for sheet in sheets if sheet.height]
    if not sheets:
        raise Refused("文件是空的，没有可导入的内容。")
    return sheets


def _load(source: Source) -> tuple[bytes, str]:
    limit = settings.UPLOAD_SHEET_MAX_BYTES + 1
    if isinstance(source, str | PathLike):
        path = Path(source)
        try:
            with path.open("rb") as file:
                return file.read(limit), path.name
        except OSError as error:
            raise Refused(f"无法打开文件“{path.name}”：文件不存在或没有读取权限。") from error
    source.seek(0)
    return source.read(limit), Path(str(getattr(source, "name", "") or "")).name


def _read_workbook(data: bytes) -> list[Sheet]:
    try:
        with load_workbook(io.BytesIO(data)) as book:
            return [
                _read_sheet(book.get_sheet_by_name(meta.name), meta.visible != SheetVisibleEnum.Visible)
                for meta in book.sheets_metadata
                if meta.typ == SheetTypeEnum.WorkSheet
            ]
    except PasswordError as error:
        raise Refused(ENCRYPTED) from error
    except (CalamineError, ValueError, OSError, OverflowError) as error:
        raise Refused(ENCRYPTED if "password" in str(error).lower() else DAMAGED) from error
    except BaseException as error:
        # A panic inside the parser arrives as a BaseException of its own; anything else is not ours to hide.
        if type(error).__name__ != "PanicException":
            raise
        raise Refused(DAMAGED) from error


def _read_sheet(source: Any, hidden: bool) -> Sheet:
    if source.start is None:
        return Sheet(source.name, [], hidden)
    grid = [[_value(value) for value in row] for row in source.to_python(skip_empty_area=False)]
    sheet = Sheet(source.name, grid, hidden)
    sheet.expand(_one_based(corners) for corners in source.merged_cell_ranges or [])
    return sheet


def _one_based(corners: tuple[Position, Position]) -> tuple[Position, Position]:
    (top, left), (bottom, right) = corners
    return (top + 1, left + 1), (bottom + 1, right + 1)


def _value(value: Any) -> Value:
    """Calamine's blank is ""; a day read as a moment at midnight is a day; 3.0 is the 3 a person typed."""
    if value == "":
        return None
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return date(value.year, value.month, value.day)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value


def _trim(sheet: Sheet) -> None:
    """Drop blank rows at the end, which formatting leaves behind in their thousands."""
    while sheet.grid and all(is_blank(value) for value in sheet.grid[-1]):
        sheet.grid.pop()


def _check_size(sheet: Sheet) -> None:
    limit = settings.UPLOAD_SHEET_MAX_ROWS
    if sheet.height > limit:
        raise Refused(f"工作表“{sheet.name}”有 {sheet.height} 行，超过一次导入的上限 {limit} 行，请分成几个文件上传。")
    if sheet.width <= MAX_COLUMNS:
        return
    if any(not is_blank(value) for row in sheet.grid for value in row[MAX_COLUMNS:]):
        raise Refused(f"工作表“{sheet.name}”的列数超过 {MAX_COLUMNS} 列，请删除多余的列后再上传。")
    sheet.grid = [row[:MAX_COLUMNS] for row in sheet.grid]
    sheet.width = MAX_COLUMNS
