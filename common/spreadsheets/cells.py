"""What every reader yields: a sheet as a grid of typed values that knows which cells a merge fills."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Value = str | int | float | bool | date | datetime | time | timedelta | None
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `origin` is the top-left position of the merge that fills it, None for a cell of its own."""

    value: Value
    row: int
    column: int
    origin: Position | None = None

    @property
    def is_inherited(self) -> bool:
        """Filled by a merged neighbour rather than written by a person."""
        return self.origin is not None

    @property
    def is_from_above(self) -> bool:
        """Filled by a merge that begins in a higher row."""
        return self.origin is not None and self.origin[0] < self.row

    @property
    def is_from_left(self) -> bool:
        """Filled by a merge that begins in the same row."""
        return self.origin is not None and self.origin[0] == self.row


@dataclass
class Sheet:
    """A sheet; rows and columns are numbered from 1 as the person sees them on the screen."""

    name: str
    grid: list[list[Value]]
    hidden: bool = False
    origins: dict[Position, Position] = field(default_factory=dict)
    width: int = 0

    def __post_init__(self) -> None:
        self.width = max((len(row) for row in self.grid), default=0)

    @property
    def height(self) -> int:
        """Number of the last row that holds anything."""
        return len(self.grid)

    def value(self, row: int, column: int) -> Value:
        """The value at a position, merges expanded; None outside the grid."""
        if not 1 <= row <= len(self.grid):
            return None
        cells = self.grid[row - 1]
        return cells[column - 1] if 1 <= column <= len(cells) else None

    def cell(self, row: int, column: int) -> Cell:
        """The cell at a position with its merge origin."""
        return Cell(self.value(row, column), row, column, self.origins.get((row, column)))

    def row(self, number: int) -> list[Cell]:
        """All cells of a row, padded to the width of the sheet."""
        values = self.grid[number - 1] if number <= self.height else []
        values = [*values, *[None] * (self.width - len(values))]
        if not self.origins:
            return [Cell(value, number, column) for column, value in enumerate(values, start=1)]
        find = self.origins.get
        return [Cell(value, number, column, find((number, column))) for column, value in enumerate(values, start=1)]

    def own(self, number: int) -> list[Cell]:
        """The cells of a row that were written there and are not blank."""
        return [cell for cell in self.row(number) if not cell.is_inherited and not is_blank(cell.value)]

    def expand(self, merges: Iterable[tuple[Position, Position]]) -> None:
        """Fill every merged range, given by its two corners, with the value of its top-left cell."""
        for (top, left), (bottom, right) in merges:
            value = self.value(top, left)
            if value is None:
                continue
            for row in range(top, min(bottom, self.height) + 1):
                self._fill(row, left, min(right, self.width), value, (top, left))

    def _fill(self, row: int, left: int, right: int, value: Value, origin: Position) -> None:
        cells = self.grid[row - 1]
        cells.extend([None] * (right - len(cells)))
        for column in range(left, right + 1):
            if (row, column) != origin:
                cells[column - 1] = value
                self.origins[row, column] = origin


def is_blank(value: Value) -> bool:
    """Nothing a person would see: None or only white space."""
    return value is None or (isinstance(value, str) and not value.strip())
