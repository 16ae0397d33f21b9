"""Spreadsheets as people send and expect them: reading messy ledgers, understanding values, writing clean ones.

Knows no app. `open_workbook` → `choose_table` → parsers; `write_xlsx`, `stream_csv`, `template_xlsx` go out.
"""

from common.spreadsheets.cells import Cell, Sheet, Value, is_blank
from common.spreadsheets.dates import parse_date, parse_datetime, parse_time, year_in
from common.spreadsheets.fields import Column, ColumnMap, Field, normalise
from common.spreadsheets.reading import open_workbook
from common.spreadsheets.tables import Row, Table, choose_table, find_table
from common.spreadsheets.text import is_empty, parse_text, plain, written
from common.spreadsheets.values import (
    parse_boolean,
    parse_choice,
    parse_integer,
    parse_number,
    parse_percent,
    parse_phone,
)
from common.spreadsheets.writing import OutColumn, harmless, stream_csv, template_xlsx, write_xlsx

__all__ = [
    "Cell",
    "Column",
    "ColumnMap",
    "Field",
    "OutColumn",
    "Row",
    "Sheet",
    "Table",
    "Value",
    "choose_table",
    "find_table",
    "harmless",
    "is_blank",
    "is_empty",
    "normalise",
    "open_workbook",
    "parse_boolean",
    "parse_choice",
    "parse_date",
    "parse_datetime",
    "parse_integer",
    "parse_number",
    "parse_percent",
    "parse_phone",
    "parse_text",
    "parse_time",
    "plain",
    "stream_csv",
    "template_xlsx",
    "write_xlsx",
    "written",
    "year_in",
]
