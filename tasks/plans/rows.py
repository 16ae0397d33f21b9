"""Tasks from the rows of tables, and what a table adds to tasks the text has already."""

from __future__ import annotations

import re

from tasks.plans.characters import CleanText, Piece
from tasks.plans.choosing import first_sentence
from tasks.plans.deadlines import read_deadlines
from tasks.plans.found import NO_UNITS, Found, TaskFound
from tasks.plans.frequencies import read_quantities, read_recurrences
from tasks.plans.marks import read_mark
from tasks.plans.responsibility import Statement, read_statements
from tasks.plans.result import PlanReading
from tasks.plans.roles import STANDING, read_names
from tasks.plans.tables import Row


def add_rows(reading: PlanReading, rows: list[Row]) -> None:
    """Rows of a table: those whose title the text has already add their units to it, the others are tasks of their own."""
    known = {key(task.title.text): task for task in reading.tasks}
    for place, row in enumerate(rows, start=1):
        title = row.cells["title"]
        task = known.get(key(reading.text[title]))
        if task is None:
            task = _row_task(reading, row, place)
            reading.tasks.append(task)
        elif task.names:
            continue
        _fill_row(reading, task, row)


def key(title: str) -> str:
    return re.sub(r"[^一-鿿0-9a-zA-Z]|^\d+", "", title)


def _row_task(reading: PlanReading, row: Row, place: int) -> TaskFound:
    text = reading.text
    number = row.cells.get("number", Piece(0, 0))
    measures = row.cells.get("measures", Piece(0, 0))
    title = first_sentence(text, row.cells["title"])
    body = measures if measures else row.cells["title"]
    action = _unmarked(text, row.cells.get("action", Piece(0, 0)))
    task = TaskFound(
        Found(text[number], number),
        Found(text[title], title),
        Found(text[body], body),
        row.piece,
        action=text[action].split("\n")[0],
    )
    if action and all(text[action].split("\n")[0] != each.text for each in reading.actions):
        reading.actions.append(Found(task.action, Piece(action.start, action.start + len(task.action))))
    if not number:
        task.doubts.append("原文没有编号")
    return task


def _unmarked(text: CleanText, cell: Piece) -> Piece:
    """一、责任落实 names 责任落实."""
    mark = read_mark(text.folded[cell.start : cell.end]) if cell else None
    return Piece(cell.start + mark.length, cell.end) if mark and mark.style.startswith("chinese") else cell


def _fill_row(reading: PlanReading, task: TaskFound, row: Row) -> None:
    text, parts = reading.text, []
    for kind in ("lead", "responsible", "unit_person", "cooperating", "person"):
        if cell := row.cells.get(kind):
            labelled = read_statements(text, cell)
            whole = Statement(cell, ((kind, cell),))
            parts += labelled if labelled and any(label for each in labelled for label, _ in each.parts) else [whole]
    names, leaders, times = read_names(text, parts, row.cells["title"])
    task.names += names
    task.leaders += leaders
    for kind in ("title", "measures", "quantity"):
        if (cell := row.cells.get(kind)) and (kind != "measures" or cell != row.cells["title"]):
            task.due += read_deadlines(text, cell, reading.calendar)
            task.recurrence += read_recurrences(text, cell)
            task.quantities += read_quantities(text, cell)
    for each in [*times, *([row.cells["due"]] if row.cells.get("due") else [])]:
        fill_time(reading, task, each)
        task.recurrence += read_recurrences(text, each)
    if not task.names and NO_UNITS not in task.doubts:
        task.doubts.append(NO_UNITS)
    elif task.names and NO_UNITS in task.doubts:
        task.doubts.remove(NO_UNITS)


def fill_time(reading: PlanReading, task: TaskFound, piece: Piece) -> None:
    """A column or line of its own for the deadline: any day in it counts; 长期 is a recurrence."""
    known = {each.piece for each in task.due}
    read = read_deadlines(reading.text, piece, reading.calendar, is_field=True)
    task.due += [each for each in read if each.piece not in known and each.day not in {other.day for other in task.due}]
    if found := STANDING.search(reading.text.folded, piece.start, piece.end):
        where = Piece(*found.span())
        task.recurrence.append(Found(reading.text[where], where))
