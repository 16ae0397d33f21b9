"""What the person sees before anything is written: what was understood, what is wrong, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from common.columns import Figure
from common.ledgers import LedgerPage
from common.spreadsheets import Table, written
from common.spreadsheets.outcome import Outcome

PAGE = 50
SAMPLES = 3
SAMPLE_LENGTH = 40
LONG = 12  # characters
HOW = {"exact": "名称一致", "contains": "名称包含", "similar": "名称相近", "chosen": "人工指定"}


@dataclass(frozen=True)
class PreviewCell:
    """A cell as sent, and why it refuses the row ("" when it does not)."""

    header: str
    text: str
    error: str = ""
    inherited: bool = False

    @property
    def is_long(self) -> bool:
        """Whether the cell needs room to be read."""
        return len(self.text) > LONG or bool(self.error)


@dataclass(frozen=True)
class PreviewRow:
    """A row as sent with its errors in place; `notes` say what was assumed."""

    number: int
    cells: list[PreviewCell]
    errors: list[str]
    notes: list[str]


class RowPaginator(Paginator):
    """Pages over row numbers; speaks the words of the pager."""

    is_cut = False

    @property
    def count_text(self) -> str:
        """1,234."""
        return f"{self.count:,}"

    def _get_page(self, *args: Any, **kwargs: Any) -> Page:
        return LedgerPage(*args, **kwargs)


def figures(outcome: Outcome) -> list[Figure]:
    """The counts; the faulty rows open their list."""
    return [
        Figure("数据行", outcome.rows, unit="行", url="?show=all"),
        Figure("将导入", outcome.accepted, unit="行", tone="green"),
        Figure("重复", outcome.duplicates, unit="行", note="已导入过或表内重复"),
        Figure(
            "有误", len(outcome.rejected), unit="行", url="?show=errors", tone="red" if outcome.rejected else "plain"
        ),
    ]


def page_of_rows(table: Table, outcome: Outcome, show: str, number: str | None) -> Page:
    """A page of rows: all of them, only those in error, or only those with notes."""
    errors = {rejection.row: rejection for rejection in outcome.rejected}
    notes: dict[int, list[str]] = {}
    for row, note in outcome.notes:
        notes.setdefault(row, []).append(note)
    wanted = {"errors": errors, "notes": notes}.get(show)
    rows = table.rows if wanted is None else [row for row in table.rows if row.number in wanted]
    page = RowPaginator(rows, PAGE).get_page(number)
    page.object_list = [
        _preview(table, row, errors.get(row.number), notes.get(row.number, [])) for row in page.object_list
    ]
    return page


def _preview(table: Table, row: Any, rejection: Any, notes: list[str]) -> PreviewRow:
    problems = {problem.field: problem.reason for problem in rejection.problems} if rejection else {}
    cells = [
        PreviewCell(column.header, written(row.get(key)), problems.get(key, ""), key in row.inherited)
        for key, column in table.mapping.fields.items()
    ]
    placed = table.mapping.fields
    elsewhere = [f"{p.column}：{p.reason}" for p in rejection.problems if p.field not in placed] if rejection else []
    return PreviewRow(row.number, cells, elsewhere, notes)


def grouped(notes: Iterable[Sequence[Any]]) -> list[tuple[str, list[int]]]:
    """Notes said of several rows said once, with the rows; the most frequent last, for the rare ones matter most."""
    rows_of: dict[str, list[int]] = {}
    for row, note in notes:
        rows_of.setdefault(note, []).append(row)
    return sorted(rows_of.items(), key=lambda pair: (len(pair[1]), pair[1]))


def columns(table: Table) -> Iterator[dict[str, Any]]:
    """Every column with its header, how it was understood and what it holds, for the mapping form."""
    first = [row.number for row in table.rows[:SAMPLES]]
    for column in table.columns:
        values = (written(table.sheet.value(number, column.index))[:SAMPLE_LENGTH] for number in first)
        yield {
            "index": column.index,
            "header": column.header or f"第 {column.index} 列（无列名）",
            "field": column.field,
            "how": HOW.get(column.how, "") if column.field else "",
            "doubt": "、".join(table.mapping.ambiguous.get(column.header, ())),
            "samples": [value for value in values if value],
        }
