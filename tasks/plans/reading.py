"""The whole reading: a document in, title, period, stages, actions and tasks out, every value with its characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise
from typing import Any

from tasks.plans.characters import CleanText, Piece
from tasks.plans.choosing import Chosen, choose, first_sentence, has_task_part, heading
from tasks.plans.cleaning import clean
from tasks.plans.course import read_period, read_stages
from tasks.plans.deadlines import read_deadlines, unread_days
from tasks.plans.documents import Document
from tasks.plans.found import NO_UNITS, Found, Name, TaskFound
from tasks.plans.frequencies import read_quantities, read_recurrences
from tasks.plans.heads import read_issuer, read_number, read_title, read_written
from tasks.plans.outline import read_outline
from tasks.plans.prose import read_subjects
from tasks.plans.responsibility import Statement, read_statements
from tasks.plans.result import PlanReading
from tasks.plans.roles import read_names, unit_heading
from tasks.plans.rows import add_rows, fill_time, key
from tasks.plans.shared import DOUBT as SHARED
from tasks.plans.shared import Shared, find_shared, speaking_for
from tasks.plans.tables import Row, read_rows

_ITEM = re.compile(
    r"(?:^|(?<=[。;:,\n]))(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要(?=[一-鿿]{2})|第[一二三四五六七八九],|[①-⑩]|\(\d{1,2}\))"
)
_LONG_TITLE = 60


def read_plan(document: Document) -> PlanReading:
    """Read a document; never raises, whatever its text."""
    text = clean(document.text, document.fixed_breaks)
    tables = [_whole(text, table) for table in document.tables]
    roots = read_outline(text, tables)
    first = roots[0].start if roots else (tables[0].start if tables else len(text.text))
    top = first if roots or not document.tables else _head_row(text, document.tables[0][0], first)
    reading = PlanReading(text, title=read_title(text, top), number=read_number(text, first))
    reading.issuer, reading.written = read_issuer(text, reading.title), read_written(text)
    reading.stages = read_stages(text, roots, _first_year(reading))
    reading.period = read_period(text, reading.title, roots, reading.stages, reading.written)
    statements = read_statements(text, Piece(first, len(text.text)))
    shared = find_shared(text, roots, statements)
    once = {id(each.statement) for each in shared}
    own = [each for each in statements if id(each) not in once]
    for chosen in choose(text, roots, own, frozenset(id(each.node) for each in shared)):
        reading.tasks.append(_task(reading, chosen, statements, own, shared))
        _note_action(reading, chosen, statements)
    rows = [row for table in document.tables for row in read_rows(text, table)]
    if not has_task_part(text, roots) and not statements and _stand_apart(reading, rows):
        reading.tasks, reading.actions = [], []
    numbered = list(reading.tasks)
    add_rows(reading, rows)
    _name_from_sentences(text, numbered, reading.actions)
    _doubt_numbers(reading.tasks)
    return reading


def _head_row(text: CleanText, cells: list[Any], first: int) -> int:
    """Where the first row of a table ends, when it is a single cell: the title of a table that is the whole document."""
    return _whole(text, [cells]).end if len(set(cells)) == 1 else first


def _first_year(reading: PlanReading) -> int | None:
    """The year the plan begins in: the first its title names, else that of the document."""
    named = re.search(r"20\d{2}", reading.title.text)
    return int(named.group()) if named else reading.written.year if reading.written else None


def _stand_apart(reading: PlanReading, rows: list[Row]) -> bool:
    """A letter whose tasks are the table attached to it: its own headings name no units and none of the table's tasks."""
    known = {key(task.title.text) for task in reading.tasks}
    named = any(kind in row.cells for row in rows for kind in ("lead", "responsible", "cooperating"))
    return len(rows) > 1 and named and not any(key(reading.text[row.cells["title"]]) in known for row in rows)


def _whole(text: CleanText, table: list[list[Any]]) -> Piece:
    cells = [cell for row in table for cell in row]
    return (
        Piece(
            bisect_left(text.origins, min(cell.start for cell in cells)),
            bisect_left(text.origins, max(cell.end for cell in cells)),
        )
        if cells
        else Piece(0, 0)
    )


def _action(text: CleanText, chosen: Chosen, statements: list[Statement]) -> Piece:
    """The heading's words, without its units and its days."""
    if not chosen.action:
        return Piece(0, 0)
    piece = _without_statement(text, heading(text, chosen.action), statements)
    days = re.search(r"\([^()]*\d[年月日][^()]*\)$", text.folded[piece.start : piece.end])
    return Piece(piece.start, piece.start + days.start()) if days and days.start() else piece


def _note_action(reading: PlanReading, chosen: Chosen, statements: list[Statement]) -> None:
    piece = _action(reading.text, chosen, statements)
    if piece and all(piece != action.piece for action in reading.actions):
        reading.actions.append(Found(reading.text[piece], piece))


def _task(
    reading: PlanReading, chosen: Chosen, statements: list[Statement], single: list[Statement], shared: list[Shared]
) -> TaskFound:
    text, node = reading.text, chosen.node
    own = [each for each in single if node.start <= each.piece.start < node.end]
    label_end = node.start + node.mark.length
    mark = text.trimmed(Piece(node.start, label_end), also="(（)）、.．,，:：[]【】〔〕")
    shown = (
        node.mark.label
        if node.mark.damaged
        or node.mark.style in ("number", "circled", "paragraph")
        or node.mark.style.startswith("dotted")
        else text[mark]
    )
    title, body = _title_and_body(text, Piece(label_end, node.end), own)
    task = TaskFound(
        Found(shown, mark, "编号有破损，按前后编号推定" if node.mark.damaged else ""),
        title,
        body,
        text.trimmed(node.piece),
        action=text[_action(text, chosen, statements)],
    )
    _fill(reading, task, Piece(label_end, node.end), own, speaking_for(node.piece, shared))
    return task


def _title_and_body(text: CleanText, piece: Piece, own: list[Statement]) -> tuple[Found, Found]:
    """The first sentence is the title, what follows without the last bracket the text; a single sentence is both."""
    end = piece.end
    for statement in reversed(own):
        if not re.search(r"[^\s。.;,)]", text.folded[statement.piece.end : end]):
            end = statement.piece.start
    whole = text.trimmed(Piece(piece.start, max(end, piece.start)))
    title = _without_statement(text, first_sentence(text, whole), own)
    rest = text.trimmed(Piece(title.end, whole.end), also="。；;：:")
    doubt = ""
    if title.end - title.start > _LONG_TITLE or not rest:
        rest = whole
        cut = re.search(r"[,、(:]", text.folded[title.start + 4 : title.end])
        if title.end - title.start > _LONG_TITLE and cut:
            title, doubt = (
                text.trimmed(Piece(title.start, title.start + 4 + cut.start())),
                "没有单独的标题，取了第一句的开头",
            )
    if rest and text.folded[rest.end : rest.end + 1] in ("。", ";") and rest.end < piece.end:
        rest = Piece(rest.start, rest.end + 1)
    return Found(text[title], title, doubt), Found(text[rest], rest)


def _without_statement(text: CleanText, title: Piece, own: list[Statement]) -> Piece:
    """A bracket of units at the end of a title is none of it."""
    inside = [each.piece.start for each in own if title.start < each.piece.start < title.end <= each.piece.end + 1]
    return text.trimmed(Piece(title.start, inside[0])) if inside else title


def _fill(reading: PlanReading, task: TaskFound, piece: Piece, own: list[Statement], above: list[Statement]) -> None:
    text = reading.text
    task.names, task.leaders, times = read_names(text, own, piece)
    if above:
        names, leaders, more = read_names(text, above, piece)
        task.names = task.names or [replace(name, doubt=SHARED, scope=piece) for name in names]
        task.leaders, times = task.leaders or leaders, [*times, *more]
    task.due = read_deadlines(text, piece, reading.calendar)
    for each in times:
        fill_time(reading, task, each)
    task.recurrence += read_recurrences(text, piece, reading.calendar.over_years)
    task.recurrence.sort(key=lambda each: each.piece.start)
    task.quantities += read_quantities(text, piece)
    starts = [found.start() for found in _ITEM.finditer(text.folded, piece.start, piece.end)]
    if len(starts) > 1:
        task.items = [
            text.trimmed(Piece(start, end)) for start, end in zip(starts, [*starts[1:], piece.end], strict=True)
        ]
    task.doubts += unread_days(text, piece, reading.calendar)
    if not task.names:
        task.doubts.append(NO_UNITS)


def _name_from_sentences(text: CleanText, tasks: list[TaskFound], actions: list[Found]) -> None:
    """Where neither bracket nor line nor table names a unit: a heading that is one, else whom the sentences tell to act."""
    headed = {action.text: unit_heading(text, action) for action in actions}
    for task in tasks:
        if not task.names:
            task.names = _titled(text, task) or list(headed.get(task.action) or [])
            task.names = task.names or read_subjects(text, Piece(task.title.piece.start, task.piece.end))
            task.doubts = [each for each in task.doubts if not task.names or each != NO_UNITS]


def _titled(text: CleanText, task: TaskFound) -> list[Name]:
    """县公安局：牵头负责…: the title is who, what follows says in which role."""
    after = text.folded[task.title.piece.end : task.title.piece.end + 12]
    names = unit_heading(text, task.title) if after.startswith(":") else []
    leads = re.match(r":(?:具体|主要|统一)?(?:牵头|主办|主责)", after)
    return [replace(name, role="lead" if leads else name.role, scope=task.piece) for name in names]


def _doubt_numbers(tasks: list[TaskFound]) -> None:
    """A number that does not follow the one before, and is no new beginning, is worth a look."""
    for before, task in pairwise(tasks):
        first, second = before.number.text, task.number.text
        merged = first == second and before.title.piece == task.title.piece
        if first.isdecimal() and second.isdecimal() and not merged and int(second) not in (int(first) + 1, 1):
            task.doubts.append(f"编号从 {first} 跳到 {second}，中间可能漏读")
