"""The ruled grid of a form: rows with different numbers of label–value pairs on common column edges."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from common.papers.model import KeyValues

TEXT_WIDTH = 156.0  # mm, GB/T 9704-2012 版心
_LABEL = 30.0  # mm; narrower with three or more pairs


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, whether it is a label, and how many grid columns it spans."""

    text: str
    is_label: bool
    span: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Column widths in mm and the cells of each row, filling it exactly."""

    widths: tuple[float, ...]
    rows: tuple[tuple[Cell, ...], ...]


def form_grid(block: KeyValues, width: float = TEXT_WIDTH) -> Grid:
    """Lay the pairs of every row side by side over `width` mm."""
    edges = sorted({edge for row in block.rows for edge in _edges(len(row), width)} | {0.0, width})
    rows = []
    for row in block.rows:
        own = _edges(len(row), width)
        texts = [(text, place == 0) for pair in row for place, text in enumerate(pair)]
        spans = [edges.index(end) - edges.index(start) for start, end in pairwise(own)]
        rows.append(tuple(Cell(text, label, span) for (text, label), span in zip(texts, spans, strict=True)))
    return Grid(tuple(end - start for start, end in pairwise(edges)), tuple(rows))


def _edges(pairs: int, width: float) -> list[float]:
    label = min(_LABEL * width / TEXT_WIDTH, width / pairs * 0.42)
    share = width / pairs
    return [round(edge, 3) for n in range(pairs) for edge in (n * share, n * share + label)] + [width]
