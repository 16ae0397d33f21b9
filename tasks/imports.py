"""A task ledger in the office's layout brought in: every good row becomes a task once, every bad one says where and why.

What a row says of the progress of a task that has been given out is reported for the importer's unit (`tasks.sheet_progress`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any

from django.db import transaction

import audit
from common import clock
from common.errors import Refused
from common.months import first_of_month
from common.spreadsheets import Field, Row, Table, choose_table, open_workbook, parse_date, parse_text
from common.spreadsheets.outcome import Cells, Outcome
from common.spreadsheets.reading import Source
from tasks.models import Plan, TaskUnit
from tasks.sheet_known import Known, key_of
from tasks.sheet_progress import Bringer, Stated, TaskOutcome
from tasks.transitions.editing import managed
from tasks.transitions.plans import TaskData, TermData, UnitData, add_tasks
from units.models import Unit

FIELDS = (
    Field("no", "序号", ("编号",), width=8, example="1"),
    Field("action", "行动", ("专项行动", "工作类别"), spans=True, example="安全教育行动", width=24),
    Field("title", "重点任务", ("任务", "工作任务", "任务名称"), required=True, example="压实部门责任", width=36),
    Field("measures", "措施", ("工作措施", "具体措施", "工作内容"), example="制定年度职责清单", width=48),
    Field("lead", "牵头单位", ("牵头部门",), example="应急管理综合服务中心", width=24),
    Field("responsible", "责任单位", ("责任部门", "承办单位", "落实单位"), example="各村、社区", width=36),
    Field("leader", "责任领导", ("分管领导",), width=12),
    Field("quantities", "量化指标", ("工作指标", "目标"), example="每季度不少于1次", width=28),
    Field("due", "完成时限", ("完成时间", "时限要求", "办理时限"), example="2026年12月31日前", width=20),
    Field("latest", "进展", ("进展情况", "完成情况"), width=40),
    Field("evidence", "佐证", ("佐证材料",), width=28),
    Field("state", "状态", ("办理状态",), width=12),
)
LABELS = {field.key: field.label for field in FIELDS}
MOST_ROWS = 2_000
_EVERY_VILLAGE = re.compile(r"(?:各|全体)村(?:（社区）|\(社区\)|[、及和]?各?社区|委会)?|各社区")
_NAMES = re.compile(r"[、，,;；\n]+")
_PARTS = re.compile(r"[;；\n]+")
_PERIODS = (("每月", "month"), ("每季", "quarter"), ("每半年", "half"), ("每年", "year"))
_MONTH_END = re.compile(r"(\d{4})年(?:(\d{1,2})月)?(?:底|末)?前?")
_OPEN_ENDED = ("长期", "持续", "常态化", "—", "-", "无")


@dataclass(frozen=True)
class Draft:
    """A row that was understood."""

    number: int
    data: TaskData
    notes: tuple[str, ...]
    stated: Stated


class Names:
    """The units in reach by every name they go by; a merged unit answers for its successor."""

    def __init__(self, actor: Any) -> None:
        known = Unit.objects.for_user(actor).filter(is_active=True).select_related("merged_into")
        self.by_name: dict[str, set[Unit]] = {}
        self.villages: list[Unit] = []
        for unit in known.exclude(kind=Unit.Kind.EXPERT).order_by("pk"):
            meant = unit.merged_into or unit
            for name in (unit.name, unit.short_name, *_PARTS.split(unit.aliases)):
                if name.strip():
                    self.by_name.setdefault(_plain(name), set()).add(meant)
            if unit.kind == Unit.Kind.VILLAGE and unit.standing != Unit.Standing.MERGED:
                self.villages.append(unit)

    def find(self, text: str) -> list[Unit]:
        """The units a cell names; raises `ValueError` naming the first that is not known, with the nearest name."""
        rest, found = text, []
        if match := _EVERY_VILLAGE.search(text):
            found, rest = list(self.villages), text.replace(match[0], "、")
        for name in filter(None, (part.strip() for part in _NAMES.split(rest))):
            found.append(self._one(name))
        return list(dict.fromkeys(found))

    def named(self, name: str) -> Unit | None:
        """The one unit of this name, if there is one."""
        meant = self.by_name.get(_plain(name), set())
        return next(iter(meant)) if len(meant) == 1 else None

    def _one(self, name: str) -> Unit:
        meant = self.by_name.get(_plain(name), set())
        if len(meant) == 1:
            return next(iter(meant))
        if meant:
            raise ValueError(f"“{name}”对应多个单位，请写全称")
        near = get_close_matches(_plain(name), self.by_name, 1, 0.6)
        hint = f"，是否为“{min(unit.name for unit in self.by_name[near[0]])}”" if near else ""
        raise ValueError(f"没有找到单位“{name}”{hint}")


def _plain(name: str) -> str:
    return re.sub(r"[\s（）()]", "", name)


def open_tasks(source: Source, name: str) -> Table:
    """The table of a ledger; raises `Refused` when it cannot be read, lacks 重点任务, or is too long."""
    table = choose_table(open_workbook(source, name), FIELDS)
    if table.missing:
        raise Refused(f"没有找到必需的列：{'、'.join(field.label for field in table.missing)}。")
    if len(table.rows) > MOST_ROWS:
        raise Refused(f"表中有{len(table.rows)}行，一次最多导入{MOST_ROWS}行。")
    return table


def bring_in(actor: Any, plan_id: int, table: Table, *, check_only: bool = False) -> TaskOutcome:
    """Add every good row that the plan does not have yet as a task, in one transaction; with `check_only` nothing is written.

    A row is known again by its number, action and title, whichever way its task came in, so the same sheet may be sent as
    often as one likes; what it says otherwise of a task the plan has is named and left alone. 进展 and 已完成 of tasks given
    out are reported for the actor's own unit, each text once.
    Raises `NotInScope`, `Forbidden`.
    """
    with transaction.atomic():
        plan = managed(actor, plan_id)
        outcome, names, known = TaskOutcome(rows=len(table.rows)), Names(actor), Known(plan)
        drafts = _read(names, table, known, outcome)
        new = _unknown(set(known.by_key), drafts, outcome)
        outcome.accepted = len(new)
        outcome.notes = [(draft.number, note) for draft in drafts for note in draft.notes]
        if new and not check_only:
            add_tasks(plan, [draft.data for draft in new])
        bringer = Bringer(actor, plan, known, names.named, outcome)
        bringer.check_only = check_only
        for draft in drafts:
            bringer.take(draft.stated)
        if not check_only and (new or outcome.progress or outcome.completions):
            counts = ("rows", "accepted", "duplicates", "progress", "completions")
            facts = {"plan": plan.title, **{name: getattr(outcome, name) for name in counts}}
            audit.record("tasks.import", Plan, actor=actor, after=facts)
    return outcome


def _read(names: Names, table: Table, known: Known, outcome: Outcome) -> list[Draft]:
    drafts = []
    for row in table.rows:
        cells = Cells(table, row, LABELS)
        draft = _draft(cells, row, names, known)
        rejection = cells.rejection()
        if rejection:
            outcome.rejected.append(rejection)
        else:
            drafts.append(draft)
    return drafts


def _draft(cells: Cells, row: Row, names: Names, known: Known) -> Draft:
    """The row as a task; of one the plan has, units and terms stay as they are and are not read again."""
    lengths = {"no": 20, "action": 160, "title": 200, "measures": 8000, "leader": 80, "quantities": 1000}
    words = {key: cells.read(key, parse_text, limit) or "" for key, limit in lengths.items()}
    if not words["title"]:
        cells.refuse("title", "请填写重点任务")
    key = key_of(words["no"], words["action"], words["title"])
    is_known = key in known.by_key
    terms = [] if is_known else cells.read("due", _terms) or []
    units = [] if is_known else _units(cells, names)
    quantities = [part.strip() for part in _PARTS.split(words.pop("quantities")) if part.strip()]
    data = TaskData(**words, units=units, terms=terms, quantities=quantities, key=key)
    stated = Stated(row.number, key, *(parse_text(row.get(name)) for name in ("latest", "evidence", "state")))
    notes = [known.note(key, row, names.find, _terms)] if is_known else _notes(row, terms, units)
    return Draft(row.number, data, tuple(filter(None, notes)), stated)


def _units(cells: Cells, names: Names) -> list[UnitData]:
    return [
        UnitData(unit, role)
        for key, role in (("lead", TaskUnit.Role.LEAD), ("responsible", TaskUnit.Role.RESPONSIBLE))
        for unit in cells.read(key, lambda value: names.find(parse_text(value))) or ()
    ]


def _notes(row: Row, terms: list[TermData], units: list[UnitData]) -> Iterable[str]:
    if not units:
        yield "没有牵头或责任单位，导入后请补充"
    if any(term.due_on and term.due_on < clock.today() for term in terms):
        yield "完成时限已过，下达时须勾选补录"
    if parse_text(row.get("evidence")):
        yield "佐证材料须在系统中上传，表中佐证未导入"


def _terms(value: Any) -> list[TermData]:
    """The terms a cell names; raises `ValueError` for what is no date and no period."""
    if isinstance(value, date | int | float):
        return [TermData(due_on=parse_date(value))]
    parts = [part.strip() for part in _PARTS.split(parse_text(value)) if part.strip()]
    return [term for part in parts if (term := _term(part))]


def _term(text: str) -> TermData | None:
    if any(text.startswith(word) for word in _OPEN_ENDED):
        return None
    for word, period in _PERIODS:
        if text.startswith(word):
            day = re.fullmatch(r"每(?:年(\d{1,2})月|月)(\d{1,2})日前?", text)
            month, on = (int(day[1]) if day[1] else None, int(day[2])) if day else (None, None)
            return TermData(period=period, month=month, day=on, text=text)
    if match := _MONTH_END.fullmatch(text):
        year, month = int(match[1]), int(match[2] or 12)
        if not 1 <= month <= 12:
            raise ValueError(f"“{text}”不是有效的日期")
        return TermData(due_on=first_of_month(date(year, month, 1), 1) - timedelta(days=1), text=text)
    return TermData(due_on=parse_date(re.sub(r"(?:之?前|完成)+$", "", text)), text=text)


def _unknown(known: set[str], drafts: list[Draft], outcome: Outcome) -> list[Draft]:
    """The drafts the plan does not have, each once."""
    new = []
    for draft in drafts:
        if draft.stated.key in known:
            outcome.duplicates += 1
        else:
            known.add(draft.stated.key)
            new.append(draft)
    return new
