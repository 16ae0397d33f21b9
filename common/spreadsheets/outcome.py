"""What an import of a ledger came to: counts, and for every rejected row where and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from common.spreadsheets.tables import Row, Table


@dataclass(frozen=True)
class Problem:
    """One cell that refuses its row: field, header as printed in the file, reason in Chinese."""

    field: str
    column: str
    reason: str


@dataclass(frozen=True)
class Rejection:
    """A row that is not imported, by its number in the sheet."""

    row: int
    problems: tuple[Problem, ...]

    @property
    def column(self) -> str:
        """The header of the first faulty cell."""
        return self.problems[0].column

    @property
    def error(self) -> str:
        """The reason; several are named by their columns."""
        if len(self.problems) == 1:
            return self.problems[0].reason
        return "；".join(f"{problem.column}：{problem.reason}" for problem in self.problems)

    def as_json(self) -> dict[str, Any]:
        """`{"row", "column", "error"}`."""
        return {"row": self.row, "column": self.column, "error": self.error}


@dataclass
class Outcome:
    """Counts of one import; rows = accepted + duplicates + rejected. `notes` are remarks on accepted rows."""

    rows: int = 0
    accepted: int = 0
    duplicates: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    notes: list[tuple[int, str]] = field(default_factory=list)
    created_units: int = 0

    def as_json(self) -> dict[str, Any]:
        """The contract of the management command."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "duplicates": self.duplicates,
            "rejected": [rejection.as_json() for rejection in sorted(self.rejected, key=lambda each: each.row)],
        }


class Cells:
    """Reads one row through parsers; what a parser refuses becomes a `Problem` of that cell, and None is returned."""

    def __init__(self, table: Table, row: Row, labels: dict[str, str]) -> None:
        self.row = row
        self.problems: list[Problem] = []
        self._table = table
        self._labels = labels

    def read(self, key: str, parse: Any, *args: Any, **options: Any) -> Any:
        """The parsed value of a field."""
        try:
            return parse(self.row.get(key), *args, **options)
        except ValueError as error:
            self.refuse(key, str(error))
            return None

    def refuse(self, key: str, reason: str) -> None:
        """Refuse the row because of this cell."""
        self.problems.append(Problem(key, self._table.header(key, self._labels.get(key, key)), reason))

    def is_own(self, key: str) -> bool:
        """Whether the value was written in this row rather than inherited from a merged cell above."""
        return key not in self.row.inherited

    def rejection(self) -> Rejection | None:
        """The rejection, or None when every cell was good."""
        return Rejection(self.row.number, tuple(self.problems)) if self.problems else None


def chunks(items: list[Any], size: int) -> Iterable[list[Any]]:
    """The items in lists of at most `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))
