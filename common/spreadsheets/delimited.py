"""Delimited text: encoding and delimiter are worked out from the content."""

from __future__ import annotations

import codecs
import csv
import io

from common.errors import Refused
from common.spreadsheets.cells import Sheet, Value

DELIMITERS = ",\t;|"
SAMPLE_LINES = 30
MAX_FIELD = 32_767  # what one Excel cell can hold
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def read_text(data: bytes, name: str) -> Sheet:
    """One sheet from delimited text; numbers of rows count records, as Excel shows them. Raises `Refused`."""
    text = decode(data)
    if text[:4].lower() == "sep=":
        hint, _, text = text.partition("\n")
        delimiter = hint.strip()[4:5] or sniff(text)
    else:
        delimiter = sniff(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    grid: list[list[Value]] = []
    try:
        for record in reader:
            grid.append([value if value.strip() else None for value in record])
    except csv.Error as error:
        raise Refused(f"文本表格第 {len(grid) + 1} 行无法读取，请检查引号是否成对。") from error
    if any(isinstance(value, str) and len(value) > MAX_FIELD for row in grid for value in row):
        raise Refused("文本表格中有单元格内容过长，请检查引号是否成对。")
    return Sheet(name, grid)


def decode(data: bytes) -> str:
    """The text in UTF-8 (with or without BOM), UTF-16 or GB18030; raises `Refused` when it is none of them."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    if encoding := _bare_utf16(data):
        return _strict(data, encoding)
    if b"\x00" in data:
        raise Refused("这不是表格文件，请上传 .xlsx、.xls 或 .csv。")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused("无法识别文件的文字编码，请另存为 UTF-8 编码的 CSV 或 .xlsx 后再上传。") from error
    if any(ord(char) < 32 and char not in "\t\r\n\x0b\x0c" for char in text[:65_536]):
        raise Refused("这不是表格文件，请上传 .xlsx、.xls 或 .csv。")
    return text


def _bare_utf16(data: bytes) -> str:
    """UTF-16 without a mark: the ASCII half of delimiters and digits leaves zeros mostly on one side."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd > 3 * even:
        return "utf-16-le"
    if even > 3 * odd:
        return "utf-16-be"
    return ""


def sniff(text: str) -> str:
    """The delimiter that splits most lines into the same number of parts; a comma when none does."""
    rows = _outside_quotes(text)
    counts = {mark: [row.count(mark) for row in rows] for mark in DELIMITERS}

    def agreement(mark: str) -> tuple[int, int]:
        present = [count for count in counts[mark] if count]
        usual = max(set(present), key=present.count) if present else 0
        return present.count(usual), usual

    best = max(DELIMITERS, key=agreement)
    return best if agreement(best)[0] else ","


def _outside_quotes(text: str) -> list[str]:
    """The first lines with everything between double quotes taken out, so that only real delimiters count."""
    outside = "".join(text[:65_536].split('"')[0::2])
    return [line for line in outside.splitlines() if line.strip()][:SAMPLE_LINES]
