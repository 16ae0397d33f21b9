"""The sheet of rejected rows: as they were sent, with the reasons, ready to be corrected and sent again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import IO, Any

from common.spreadsheets import OutColumn, Table, write_xlsx
from common.spreadsheets.fields import Column

ROW, REASON = "原表行号", "错误原因"


def write_error_sheet(target: IO[bytes], table: Table, rejected: Sequence[dict[str, Any]]) -> int:
    """Write the rows of `rejected` (`{"row", "column", "error"}`) in the columns of the file; returns how many."""
    columns = [OutColumn(header, width=18) for header in _headers(table.columns)]
    return write_xlsx(
        target, "错误行", [*columns, OutColumn(ROW, "number", 10), OutColumn(REASON, width=50)], _rows(table, rejected)
    )


def _headers(columns: Sequence[Column]) -> list[str]:
    """The lowest header of each column, or its whole path where that alone would be ambiguous."""
    leaves = [column.levels[-1] if column.levels else "" for column in columns]
    return [leaf if leaves.count(leaf) == 1 else column.header for leaf, column in zip(leaves, columns, strict=True)]


def _rows(table: Table, rejected: Sequence[dict[str, Any]]) -> Iterator[list[Any]]:
    for each in rejected:
        reason = f"{each['column']}：{each['error']}" if each["column"] not in each["error"] else each["error"]
        yield [*table.original(each["row"]), each["row"], reason]
