"""Decides by content, never by name, what an uploaded file is, and refuses what is not a plain ledger.

Every refusal is a `Refused` whose Chinese text says what was found and what to do instead.
"""

from __future__ import annotations

import re

from common import containers
from common.errors import Refused

MAX_AREA = 8_000_000

WORKBOOKS, TEXTS = {"xlsx", "xls"}, {"csv", "txt", "tsv"}
HINTS = {
    "xlsm": "这是启用宏的工作簿（.xlsm），为安全起见不予接收，请另存为 .xlsx 后再上传。",
    "xlsb": "暂不支持二进制工作簿（.xlsb），请另存为 .xlsx 后再上传。",
    "et": "暂不支持 WPS 专用格式（.et），请另存为 .xlsx 后再上传。",
    "ods": "暂不支持 .ods 表格，请另存为 .xlsx 后再上传。",
}
FOREIGN = (
    (b"%PDF", "这是 PDF 文件，不是表格，请上传 .xlsx、.xls 或 .csv。"),
    (b"\x89PNG", "这是图片，不是表格，请上传 .xlsx、.xls 或 .csv。"),
    (b"\xff\xd8\xff", "这是图片，不是表格，请上传 .xlsx、.xls 或 .csv。"),
    (b"Rar!", "这是压缩包，请解压后上传其中的表格。"),
    (b"7z\xbc\xaf", "这是压缩包，请解压后上传其中的表格。"),
    (b"{\\rtf", "这是文字文档，不是表格，请上传 .xlsx、.xls 或 .csv。"),
)
DAMAGED = "文件已损坏或不是有效的表格，无法读取，请用 Excel 或 WPS 打开并另存为 .xlsx 后再上传。"
SPRAWL = "工作表的有效区域过大，请删除表格之外的空白行列后再上传。"

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>")
_REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,3})(\d{1,7})\s*["']""")
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d{1,9})["']""")


def kind_of(data: bytes, name: str) -> str:
    """Return "xlsx", "xls" or "text" after checking `data`, or raise `Refused`.

    The extension may only contradict the content between .xls and .xlsx, which old systems confuse.
    """
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if extension in HINTS:
        raise Refused(HINTS[extension])
    if extension not in WORKBOOKS | TEXTS:
        raise Refused(f"不支持的文件类型“{'.' + extension if extension else name}”，请上传 .xlsx、.xls 或 .csv。")
    if not data.strip():
        raise Refused("文件是空的，没有可导入的内容。")
    for magic, reason in FOREIGN:
        if data.startswith(magic):
            raise Refused(reason)
    found = _content(data)
    if found == "text" and extension in WORKBOOKS:
        raise Refused(_disguised_text(data, extension))
    if found != "text" and extension in TEXTS:
        raise Refused(f"文件扩展名是 .{extension}，内容却是 Excel 工作簿，请把扩展名改为 .{found} 后再上传。")
    return found


def _content(data: bytes) -> str:
    if data.startswith(containers.OLE):
        check_ole(data)
        return "xls"
    if data.startswith(b"PK"):
        check_zip(data)
        return "xlsx"
    return "text"


def _disguised_text(data: bytes, extension: str) -> str:
    head = data[:2048].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"<meta")):
        return f"文件扩展名是 .{extension}，内容却是网页，请用 Excel 或 WPS 打开并另存为 .xlsx 后再上传。"
    if b"\x00" in head:
        return DAMAGED
    return f"文件扩展名是 .{extension}，内容却不是 Excel 工作簿；如为文本表格，请把扩展名改为 .csv 后再上传。"


def check_ole(data: bytes) -> None:
    """Refuse an OLE container that is encrypted, holds macros or is no workbook."""
    containers.check_ole(data)
    if not any(name.encode("utf-16-le") in data for name in ("Workbook", "Book")):
        raise Refused("这不是 Excel 工作簿，请上传 .xlsx、.xls 或 .csv。")


def check_zip(data: bytes) -> None:
    """Refuse a zip that is no macro-free .xlsx, unpacks beyond the limits or hides a sprawling sheet."""
    names = set()
    for name, content in containers.unpack_zip(data):
        names.add(name)
        if name.startswith("xl/worksheets/"):
            _check_area(content)
    if "xl/workbook.xml" in names:
        return
    if "xl/workbook.bin" in names:
        raise Refused(HINTS["xlsb"])
    if "word/document.xml" in names:
        raise Refused("这是 Word 文档，不是表格，请上传 .xlsx、.xls 或 .csv。")
    raise Refused("这是压缩包或其他文档，不是 Excel 工作簿，请上传 .xlsx、.xls 或 .csv。")


def _check_area(sheet: bytes) -> None:
    """Refuse a sheet whose filled cells lie so far apart that a dense grid of it would fill the memory."""
    last_row = last_column = anonymous = 0
    for attributes in _CELL.finditer(sheet):
        if b"&" in attributes[1]:
            raise Refused(DAMAGED)
        place = _REFERENCE.search(attributes[1])
        if place is None:
            anonymous += 1
            continue
        last_row = max(last_row, int(place[2]))
        last_column = max(last_column, _column_number(place[1]))
    if anonymous:
        last_row = max([last_row, *(int(row[1]) for row in _ROW.finditer(sheet))])
        last_column = max(last_column, min(anonymous, 16_384))
    if last_row * last_column > MAX_AREA:
        raise Refused(SPRAWL)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
