"""Finds the table inside a sheet: header under titles and notes, one or more header levels, rows that are rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from common.errors import Refused
from common.spreadsheets.cells import Sheet, Value, is_blank
from common.spreadsheets.fields import Column, ColumnMap, Field, assign_columns, match_columns, normalise
from common.spreadsheets.headers import find_header, read_columns
from common.spreadsheets.lines import why_skipped


@dataclass(frozen=True)
class Row:
    """One data row. `inherited` names the fields that come from the row above, by merge or by a blank block."""

    number: int
    values: Mapping[str, Value]
    inherited: frozenset[str] = frozenset()

    def get(self, key: str) -> Value:
        """The raw value of a field; None when the table has no such column."""
        return self.values.get(key)


@dataclass
class Table:
    """A ledger as understood: where it lies, what its columns mean, its data rows and the lines left out."""

    sheet: Sheet
    header_rows: tuple[int, int]
    mapping: ColumnMap
    title: str
    wanted: tuple[Field, ...]
    others: tuple[str, ...] = ()

    @cached_property
    def missing(self) -> tuple[Field, ...]:
        """Required fields that no column answers to."""
        return tuple(each for each in self.wanted if each.required and each.key not in self.mapping.fields)

    @cached_property
    def _lines(self) -> tuple[list[Row], list[tuple[int, str]]]:
        return _sort_lines(self)

    @property
    def rows(self) -> list[Row]:
        """The data rows below the header."""
        return self._lines[0]

    @property
    def skipped(self) -> list[tuple[int, str]]:
        """Lines below the header that are no data, with the reason in Chinese."""
        return self._lines[1]

    @property
    def columns(self) -> tuple[Column, ...]:
        """All columns from left to right, mapped or not."""
        return self.mapping.columns

    def header(self, key: str, default: str = "") -> str:
        """The header as printed in the file for a field."""
        column = self.mapping.fields.get(key)
        return column.header.rsplit("/", 1)[-1] if column else default

    def original(self, number: int) -> list[Value]:
        """A row as it was sent, in column order."""
        return [self.sheet.value(number, column.index) for column in self.columns]


def find_table(sheet: Sheet, fields: Sequence[Field], by_index: Mapping[int, str] | None = None) -> Table | None:
    """The table in `sheet`, or None when no line looks like a header for `fields`.

    `by_index` (column number → field key) replaces the automatic mapping by what a person chose.
    """
    place = find_header(sheet, fields)
    if place is None:
        return None
    columns = read_columns(sheet, *place)
    mapping = match_columns(columns, fields) if by_index is None else assign_columns(columns, by_index)
    return Table(sheet, place, mapping, _title(sheet, place[0]), tuple(fields))


def choose_table(sheets: Sequence[Sheet], fields: Sequence[Field], by_index: Mapping[int, str] | None = None) -> Table:
    """The table of the sheet that answers to most fields, visible sheets first; raises `Refused` when none does.

    `others` of the result names further visible sheets that hold a complete table too.
    """
    found = [table for sheet in sheets if (table := find_table(sheet, fields, by_index))]
    if not found:
        wanted = "、".join(each.label for each in fields if each.required)
        raise Refused(f"没有找到表头。请确认表格中有一行列名，至少包含：{wanted}。")
    best = max(found, key=_merit) if len(found) > 1 else found[0]
    rivals = (table for table in found if table is not best and not table.missing and not table.sheet.hidden)
    best.others = tuple(table.sheet.name for table in rivals if table.rows)
    return best


def _merit(table: Table) -> tuple[bool, bool, bool, int, int]:
    mapped = len(table.mapping.fields)
    return not table.missing, bool(table.rows), not table.sheet.hidden, mapped, len(table.rows)


def _title(sheet: Sheet, header_row: int) -> str:
    lines = (str(cell.value).strip() for number in range(1, header_row) for cell in sheet.own(number))
    return " ".join(line for line in lines if line)


def _sort_lines(table: Table) -> tuple[list[Row], list[tuple[int, str]]]:
    """Sort every line below the header into data rows and skipped lines."""
    mapped = table.mapping.fields
    spans = [each.key for each in table.wanted if each.spans and each.key in mapped]
    required = {mapped[each.key].index for each in table.wanted if each.required and each.key in mapped}
    headers = {normalise(level) for column in table.columns for level in column.levels}
    rows: list[Row] = []
    skipped: list[tuple[int, str]] = []
    for number in range(table.header_rows[1] + 1, table.sheet.height + 1):
        reason = why_skipped(table.sheet, number, headers, required)
        if reason is None:
            rows.append(_continue_block(_read_row(table, number), rows[-1] if rows else None, spans))
        else:
            skipped.append((number, reason))
    return rows, skipped


def _read_row(table: Table, number: int) -> Row:
    values: dict[str, Value] = {}
    inherited: set[str] = set()
    for key, column in table.mapping.fields.items():
        cell = table.sheet.cell(number, column.index)
        values[key] = None if cell.is_from_left or is_blank(cell.value) else cell.value
        if cell.is_from_above:
            inherited.add(key)
    return Row(number, values, frozenset(inherited))


def _continue_block(row: Row, previous: Row | None, spans: Sequence[str]) -> Row:
    """Where all block fields are blank at once, as in text saved from a merged table, take them from above."""
    if previous is None or len(spans) < 2 or any(row.values[key] is not None for key in spans):
        return row
    above = {key: previous.values[key] for key in spans}
    return Row(row.number, {**row.values, **above}, row.inherited | set(spans))
