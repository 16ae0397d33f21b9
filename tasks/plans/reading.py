"""The whole reading: a document in, title, period, stages, actions and tasks out, every value with its characters."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from tasks.plans.characters import CleanText, Piece
from tasks.plans.choosing import Chosen, choose, first_sentence, has_task_part, heading
from tasks.plans.cleaning import clean
from tasks.plans.dates import Calendar
from tasks.plans.deadlines import read_deadlines, unread_days
from tasks.plans.documents import Document
from tasks.plans.found import Found, Period, Stage, TaskFound
from tasks.plans.frequencies import read_quantities, read_recurrences
from tasks.plans.heads import NOTHING, read_issuer, read_number, read_period, read_stages, read_title, read_written
from tasks.plans.outline import read_outline
from tasks.plans.prose import read_subjects
from tasks.plans.responsibility import Statement, read_names, read_statements, unit_heading
from tasks.plans.tables import Row, read_rows

_ITEM = re.compile(
    r"(?:^|(?<=[。;:,\n]))(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要(?=[一-鿿]{2})|第[一二三四五六七八九],|[①-⑩]|\(\d{1,2}\))"
)
_LONG_TITLE = 60
_NO_UNITS = "原文没有写明单位"
_STANDING = re.compile(r"长期(?:坚持|实施|推进|整治)?|常年|持续(?:推进|实施)|常态化(?:推进|实施)?|全年")


@dataclass
class PlanReading:
    """What a document says, and in which characters. `text` is the cleaned text all pieces count in."""

    text: CleanText
    title: Found = NOTHING
    number: Found = NOTHING
    issuer: Found = NOTHING
    written: date | None = None
    period: Period = field(default_factory=Period)
    stages: list[Stage] = field(default_factory=list)
    actions: list[Found] = field(default_factory=list)
    tasks: list[TaskFound] = field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        """What the document says about its own years."""
        return Calendar(self.period.start, self.period.end, self.written)

    def as_json(self) -> dict[str, Any]:
        """The public form: values as they stand in the text, spans in the document as it was sent."""
        return {
            "title": self.title.text,
            "number": self.number.text,
            "issuer": self.issuer.text,
            "period": {"from": _iso(self.period.start), "to": _iso(self.period.end)},
            "stages": [
                {"title": each.title.text, "from": _iso(each.start), "to": _iso(each.end)} for each in self.stages
            ],
            "actions": [each.text for each in self.actions],
            "tasks": [self._task_json(task) for task in self.tasks],
        }

    def _task_json(self, task: TaskFound) -> dict[str, Any]:
        return {
            "no": task.number.text,
            "action": task.action,
            "title": task.title.text,
            "text": task.text.text,
            "lead": [name.text for name in task.named("lead")],
            "responsible": [name.text for name in task.named("responsible")],
            "cooperating": [name.text for name in task.named("cooperating")],
            "due": sorted({each.day.isoformat() for each in task.due}),
            "recurrence": _distinct(task.recurrence),
            "quantities": _distinct(task.quantities),
            "span": list(self.text.origin(task.piece)),
        }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _distinct(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(each.text for each in found))


def read_plan(document: Document) -> PlanReading:
    """Read a document; never raises, whatever its text."""
    text = clean(document.text, document.fixed_breaks)
    tables = [_whole(text, table) for table in document.tables]
    roots = read_outline(text, tables)
    first = roots[0].start if roots else (tables[0].start if tables else len(text.text))
    reading = PlanReading(text, title=read_title(text, first), number=read_number(text, first))
    reading.issuer, reading.written = read_issuer(text, reading.title), read_written(text)
    reading.stages = read_stages(text, roots)
    reading.period = read_period(text, reading.title, roots, reading.stages)
    statements = read_statements(text, Piece(first, len(text.text)))
    for chosen in choose(text, roots, statements):
        reading.tasks.append(_task(reading, chosen, statements))
        _note_action(reading, chosen)
    rows = [row for table in document.tables for row in read_rows(text, table)]
    if not has_task_part(text, roots) and not statements and _stand_apart(reading, rows):
        reading.tasks, reading.actions = [], []
    numbered = list(reading.tasks)
    _add_rows(reading, rows)
    _name_from_sentences(text, numbered, reading.actions)
    _doubt_numbers(reading.tasks)
    return reading


def _stand_apart(reading: PlanReading, rows: list[Row]) -> bool:
    """A letter whose tasks are the table attached to it: its own headings name no units and none of the table's tasks."""
    known = {_key(task.title.text) for task in reading.tasks}
    named = any(kind in row.cells for row in rows for kind in ("lead", "responsible", "cooperating"))
    return len(rows) > 1 and named and not any(_key(reading.text[row.cells["title"]]) in known for row in rows)


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


def _note_action(reading: PlanReading, chosen: Chosen) -> None:
    if chosen.action is None:
        return
    piece = heading(reading.text, chosen.action)
    if piece and all(piece != action.piece for action in reading.actions):
        reading.actions.append(Found(reading.text[piece], piece))


def _task(reading: PlanReading, chosen: Chosen, statements: list[Statement]) -> TaskFound:
    text, node = reading.text, chosen.node
    own = [each for each in statements if node.start <= each.piece.start < node.end]
    label_end = node.start + node.mark.length
    mark = text.trimmed(Piece(node.start, label_end), also="(（)）、.．,，:：[]【】〔〕")
    shown = (
        node.mark.label
        if node.mark.damaged or node.mark.style in ("number", "circled") or node.mark.style.startswith("dotted")
        else text[mark]
    )
    title, body = _title_and_body(text, Piece(label_end, node.end), own)
    task = TaskFound(
        Found(shown, mark, "编号有破损，按前后编号推定" if node.mark.damaged else ""),
        title,
        body,
        text.trimmed(node.piece),
        action=text[heading(text, chosen.action)] if chosen.action else "",
    )
    _fill(reading, task, Piece(label_end, node.end), own)
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
    inside = [each.piece.start for each in own if title.start < each.piece.start < title.end <= each.piece.end]
    return text.trimmed(Piece(title.start, inside[0])) if inside else title


def _fill(reading: PlanReading, task: TaskFound, piece: Piece, own: list[Statement]) -> None:
    text = reading.text
    task.names, task.leaders, times = read_names(text, own, piece)
    task.due = read_deadlines(text, piece, reading.calendar)
    for each in times:
        _fill_time(reading, task, each)
    task.recurrence += read_recurrences(text, piece, reading.calendar.over_years)
    task.quantities += read_quantities(text, piece)
    starts = [found.start() for found in _ITEM.finditer(text.folded, piece.start, piece.end)]
    if len(starts) > 1:
        task.items = [
            text.trimmed(Piece(start, end)) for start, end in zip(starts, [*starts[1:], piece.end], strict=True)
        ]
    task.doubts += unread_days(text, piece, reading.calendar)
    if not task.names:
        task.doubts.append(_NO_UNITS)


def _name_from_sentences(text: CleanText, tasks: list[TaskFound], actions: list[Found]) -> None:
    """Where neither bracket nor line nor table names a unit: a heading that is one, else whom the sentences tell to act."""
    headed = {action.text: unit_heading(text, action) for action in actions}
    for task in tasks:
        if not task.names:
            task.names = list(headed.get(task.action) or [])
            task.names = task.names or read_subjects(text, Piece(task.title.piece.start, task.piece.end))
            task.doubts = [each for each in task.doubts if not task.names or each != _NO_UNITS]


def _fill_time(reading: PlanReading, task: TaskFound, piece: Piece) -> None:
    """A column or line of its own for the deadline: any day in it counts; 长期 is a recurrence."""
    known = {each.piece for each in task.due}
    read = read_deadlines(reading.text, piece, reading.calendar, is_field=True)
    task.due += [each for each in read if each.piece not in known and each.day not in {other.day for other in task.due}]
    if found := _STANDING.search(reading.text.folded, piece.start, piece.end):
        where = Piece(*found.span())
        task.recurrence.append(Found(reading.text[where], where))


def _add_rows(reading: PlanReading, rows: list[Row]) -> None:
    """Rows of a table: those whose title the text has already add their units to it, the others are tasks of their own."""
    known = {_key(task.title.text): task for task in reading.tasks}
    for place, row in enumerate(rows, start=1):
        title = row.cells["title"]
        task = known.get(_key(reading.text[title]))
        if task is None:
            task = _row_task(reading, row, place)
            reading.tasks.append(task)
        elif task.names:
            continue
        _fill_row(reading, task, row)


def _key(title: str) -> str:
    return re.sub(r"[^一-鿿0-9a-zA-Z]|^\d+", "", title)


def _row_task(reading: PlanReading, row: Row, place: int) -> TaskFound:
    text = reading.text
    number = row.cells.get("number", Piece(0, 0))
    measures = row.cells.get("measures", Piece(0, 0))
    title = first_sentence(text, row.cells["title"])
    body = measures if measures else row.cells["title"]
    action = row.cells.get("action", Piece(0, 0))
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
        _fill_time(reading, task, each)
        task.recurrence += read_recurrences(text, each)
    if not task.names and _NO_UNITS not in task.doubts:
        task.doubts.append(_NO_UNITS)
    elif task.names and _NO_UNITS in task.doubts:
        task.doubts.remove(_NO_UNITS)


def _doubt_numbers(tasks: list[TaskFound]) -> None:
    """A number that does not follow the one before, and is no new beginning, is worth a look."""
    for before, task in pairwise(tasks):
        first, second = before.number.text, task.number.text
        if first.isdecimal() and second.isdecimal() and int(second) not in (int(first) + 1, 1):
            task.doubts.append(f"编号从 {first} 跳到 {second}，中间可能漏读")
