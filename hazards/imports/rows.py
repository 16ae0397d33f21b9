"""One row of a hazard ledger: understood, or refused cell by cell with the reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from common import clock
from common.spreadsheets import (
    Row,
    Table,
    Value,
    parse_choice,
    parse_date,
    parse_number,
    parse_phone,
    parse_text,
    plain,
    year_in,
)
from common.spreadsheets.outcome import Cells, Rejection
from hazards.imports.fields import CATEGORY_WORDS, CLOSED_WORDS, LABELS, LEVELS, OPEN_WORDS
from hazards.models.hazard import Category, Level
from units.imports.rows import parse_uscc

MOST_SPENT = 10_000  # 万元
NO_GROUND = "台账未注明重大隐患的判定依据，核实时引用"


@dataclass
class Draft:
    """A hazard as a row describes it; money in 万元. `notes` say what was assumed and waits for a person."""

    number: int
    enterprise: str
    uscc: str | None
    area: str
    description: str
    place: str
    level: str
    category: str
    found_on: date | None
    due_on: date | None
    done_on: date | None
    is_closed: bool
    ground: str = ""
    suggestion: str = ""
    person: str = ""
    phone: str = ""
    found_by: str = ""
    found_unit: str = ""
    spent: Decimal | None = None
    remark: str = ""
    written_found_on: date | None = None
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Context:
    """What a row cannot say itself: the year of the ledger and the day of the import."""

    table: Table
    year: int
    today: date


def context_of(table: Table) -> Context:
    """The year is taken from the title, the name of the sheet, or the clock, in this order."""
    today = clock.today()
    return Context(table, year_in(table.title) or year_in(table.sheet.name) or today.year, today)


def read_row(context: Context, row: Row) -> Draft | Rejection:
    """The hazard of a row. Refused: no enterprise or description, an unknown level, a deadline that is no date or
    lies before discovery, discovery after today."""
    cells = Cells(context.table, row, LABELS)
    found = cells.read("found_on", parse_date, year=context.year)
    year = found.year if found else context.year
    draft = Draft(
        number=row.number,
        enterprise=_needed(cells, "enterprise", 120),
        uscc=None,
        area=cells.read("area", parse_text) or "",
        description=_needed(cells, "description", 1_000),
        place=cells.read("place", parse_text, 200) or "",
        level=cells.read("level", parse_choice, LEVELS, "隐患等级") or Level.GENERAL,
        category=_category(cells),
        found_on=found,
        written_found_on=found,
        due_on=cells.read("due_on", parse_date, year=year, ends=True, since=found),
        done_on=cells.read("done_on", parse_date, year=year, ends=True),
        is_closed=False,
    )
    _read_rest(cells, draft)
    _check_order(cells, draft, context.today)
    return cells.rejection() or draft


def parse_closed(value: Value) -> bool | None:
    """Whether the ledger says the hazard is closed; a sentence that is no known word says nothing."""
    if isinstance(value, bool) or value is None:
        return value
    word = plain(str(value)).strip().lower().rstrip("。.；;")
    if word in OPEN_WORDS:
        return False
    return True if word in CLOSED_WORDS else None


def _needed(cells: Cells, key: str, limit: int) -> str:
    before = len(cells.problems)
    text = cells.read(key, parse_text, limit) or ""
    if not text and len(cells.problems) == before:
        cells.refuse(key, f"没有填写{LABELS[key]}")
    return text


def _category(cells: Cells) -> str:
    """The first category whose words the cell contains; anything else is 其他, never a reason to refuse."""
    text = cells.read("category", parse_text) or ""
    return next((category for category, words in CATEGORY_WORDS if any(word in text for word in words)), Category.OTHER)


def _read_rest(cells: Cells, draft: Draft) -> None:
    status = parse_closed(cells.row.get("is_closed"))
    draft.is_closed = draft.done_on is not None if status is None else status
    draft.ground = cells.read("ground", parse_text, 500) or ""
    draft.suggestion = cells.read("suggestion", parse_text, 500) or ""
    draft.person = (cells.read("person", parse_text) or "")[:30]
    draft.found_by = (cells.read("found_by", parse_text) or "")[:60]
    draft.found_unit = cells.read("found_unit", parse_text) or ""
    draft.remark = "；".join(filter(None, (cells.read("remark", parse_text), cells.read("progress", parse_text))))
    draft.uscc = _optional(cells, draft, "uscc", parse_uscc)
    draft.phone = (_optional(cells, draft, "phone", parse_phone) or "")[:30]
    draft.spent = _optional(cells, draft, "spent", _parse_spent)
    if draft.level == Level.MAJOR and not draft.ground:
        draft.notes.append(NO_GROUND)


def _optional(cells: Cells, draft: Draft, key: str, parse: Callable[[Value], Any]) -> Any:
    """A value the hazard can do without: what is wrong is left out and noted, the row stays."""
    try:
        return parse(cells.row.get(key))
    except ValueError as error:
        draft.notes.append(f"{error}，未采用")
        return None


def _parse_spent(value: Value) -> Decimal | None:
    """Money in 万元, from nothing to a hundred million 元."""
    spent = parse_number(value, unit="万元")
    if spent is not None and not 0 <= spent <= MOST_SPENT:
        raise ValueError(f"投入资金“{value}”不合理")
    return spent


def _check_order(cells: Cells, draft: Draft, today: date) -> None:
    """Discovery, deadline and completion in the order of time.

    A discovery date inherited from a merged cell belongs to the block, not to this row: where it contradicts the
    row's own dates it gives way and a person is asked to check; written in the row itself it refuses the row.
    """
    found = draft.found_on
    if found is None:
        return
    if found > today:
        cells.refuse("found_on", f"发现日期 {found} 晚于今天")
        return
    if not cells.is_own("found_on"):
        _give_way(draft, found)
    elif draft.due_on and draft.due_on < found:
        cells.refuse("due_on", f"整改期限 {draft.due_on} 早于发现日期 {found}")
    elif draft.done_on and draft.done_on < found:
        cells.refuse("done_on", f"完成日期 {draft.done_on} 早于发现日期 {found}")


def _give_way(draft: Draft, found: date) -> None:
    bound = min(day for day in (found, draft.due_on, draft.done_on) if day)
    if bound < found:
        draft.found_on = bound
        draft.notes.append(f"合并单元格的发现日期 {found} 晚于本行的期限或完成日期，暂按 {bound} 记，待核实")
