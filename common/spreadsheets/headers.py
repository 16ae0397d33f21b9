"""Where the header of a table lies and what each column is called, over one or more levels."""

from __future__ import annotations

from collections.abc import Sequence

from common.spreadsheets.cells import Sheet, is_blank
from common.spreadsheets.fields import SHORTEST_PART, Column, Field, match_columns, normalise

SEARCHED_ROWS = 40
DEEPEST = 3
LONGEST_HEADER = 40
FEWEST_MATCHES = 2
_WEIGHT = {"exact": 3, "contains": 2, "similar": 1}


def find_header(sheet: Sheet, fields: Sequence[Field]) -> tuple[int, int] | None:
    """First and last row of the header, chosen by how many fields its columns answer to; None without two."""
    best: tuple[int, tuple[int, int]] | None = None
    for first in range(1, min(sheet.height, SEARCHED_ROWS) + 1):
        if not _may_start(sheet, first) or not _names_a_field(sheet, first, fields):
            continue
        place = (first, _last_level(sheet, first))
        score = _score(sheet, place, fields)
        if score and (best is None or score > best[0]):
            best = (score, place)
    return best[1] if best else None


def read_columns(sheet: Sheet, first: int, last: int) -> list[Column]:
    """The columns with their header path from the top level down; blank headers give an empty path."""
    levels = [_level(sheet, number, number < last) for number in range(first, last + 1)]
    columns = []
    for index in range(1, sheet.width + 1):
        path: list[str] = []
        for level in levels:
            text = level[index - 1]
            if text and (not path or path[-1] != text):
                path.append(text)
        columns.append(Column(index, "/".join(path), tuple(path)))
    while columns and not columns[-1].header:
        columns.pop()
    return columns


def _score(sheet: Sheet, place: tuple[int, int], fields: Sequence[Field]) -> int:
    columns = match_columns(read_columns(sheet, *place), fields).columns
    matched = [column for column in columns if column.field]
    required = {each.key for each in fields if each.required}
    if len(matched) < FEWEST_MATCHES:
        return 0
    return sum(_WEIGHT[column.how] + 2 * (column.field in required) for column in matched)


def _may_start(sheet: Sheet, number: int) -> bool:
    """A header is several short texts; a title is one, and a level inherited from above starts higher up."""
    own = sheet.own(number)
    texts = [cell for cell in own if isinstance(cell.value, str) and len(cell.value.strip()) <= LONGEST_HEADER]
    begins_above = any(cell.is_from_above and not is_blank(cell.value) for cell in sheet.row(number))
    return len(texts) >= FEWEST_MATCHES and len(texts) * 2 > len(own) and not begins_above


def _names_a_field(sheet: Sheet, number: int, fields: Sequence[Field]) -> bool:
    """Whether some cell of the row or of the one below is or contains a name of a field: cheap, and rules data out."""
    texts = [
        normalise(_text(cell.value))
        for line in (number, number + 1)
        if line <= sheet.height
        for cell in sheet.own(line)
    ]
    return any(text in each.names for text in texts for each in fields) or any(
        name in text for text in texts for each in fields for name in each.names if len(name) > SHORTEST_PART
    )


def _last_level(sheet: Sheet, first: int) -> int:
    last = first
    while last - first + 1 < DEEPEST and _is_sublevel(sheet, last, last + 1):
        last += 1
    return last


def _is_sublevel(sheet: Sheet, upper: int, lower: int) -> bool:
    """Whether `lower` only names parts of groups in `upper`: short texts under a wide or a blank header."""
    own = sheet.own(lower)
    if not own or not all(_looks_like_name(cell.value) for cell in own):
        return False
    grouped = _grouped(sheet, upper)
    return all(cell.column in grouped for cell in own)


def _looks_like_name(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_HEADER and not any(char.isdigit() for char in value)


def _grouped(sheet: Sheet, number: int) -> set[int]:
    """Columns of a row that lie in a group: merged across, blank after a header, or the header before a blank."""
    cells = sheet.row(number)
    grouped: set[int] = set()
    for cell, following in zip(cells, [*cells[1:], None], strict=False):
        if cell.is_from_above:
            continue
        is_wide = following is not None and (following.is_from_left or is_blank(following.value))
        if cell.is_from_left or is_blank(cell.value) or is_wide:
            grouped.add(cell.column)
    return grouped


def _level(sheet: Sheet, number: int, has_lower: bool) -> list[str]:
    """The texts of one header row; a group header is carried over the blanks that its parts lie under."""
    texts = [_text(cell.value) for cell in sheet.row(number)]
    if not has_lower:
        return texts
    below = [_text(cell.value) for cell in sheet.row(number + 1)]
    carried = ""
    for position, text in enumerate(texts):
        if text:
            carried = text if below[position] else ""
        elif carried and below[position]:
            texts[position] = carried
        else:
            carried = ""
    return texts


def _text(value: object) -> str:
    """A header on one line; "整改\\n时限" is 整改时限, English words keep one space."""
    if value is None:
        return ""
    words = str(value).split()
    joined = "".join(words)
    return joined if not joined.isascii() else " ".join(words)
