"""What a plan has already, as a ledger names it: its tasks by number, action and title, and where a row says otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

from common.spreadsheets import Row, parse_text
from tasks.models import Plan, Task, TaskTerm, TaskUnit
from tasks.queries import said
from tasks.transitions.plans import TermData

_ROLES = (("lead", "牵头单位", TaskUnit.Role.LEAD), ("responsible", "责任单位", TaskUnit.Role.RESPONSIBLE))


def key_of(no: str, action: str, title: str) -> str:
    """What a row of a ledger is known again by."""
    words = (parse_text(no), parse_text(action), parse_text(title))
    return hashlib.sha256("\x1f".join(words).encode()).hexdigest()


class Known:
    """The tasks of a plan: those a ledger brought in, also under the words they had there, and all others."""

    def __init__(self, plan: Plan) -> None:
        tasks = Task.objects.filter(plan=plan).select_related("action").prefetch_related("named__unit", "terms")
        self.by_key: dict[str, Task] = {}
        for task in tasks.order_by("order"):
            self.by_key.setdefault(key_of(task.no, task.action.name if task.action else "", task.title), task)
        for task in tasks:
            if task.key:
                self.by_key.setdefault(task.key, task)

    def note(self, key: str, row: Row, find: Callable[[str], Any], read_terms: Callable[[Any], list[TermData]]) -> str:
        """Which cells say something else than the system has; an import changes none of it. Empty cells say nothing."""
        found = "、".join(_differences(self.by_key[key], row, find, read_terms))
        return f"{found}，未改动；请在任务页面修改，已下达的时限请用“调整时限”" if found else ""


def _differences(
    task: Task, row: Row, find: Callable[[str], Any], read_terms: Callable[[Any], list[TermData]]
) -> Iterator[str]:
    for key, label, has in (
        ("measures", "措施", task.measures or task.text),
        ("leader", "责任领导", task.leader),
        ("quantities", "量化指标", "；".join(task.quantities)),
    ):
        if _bare(parse_text(row.get(key))) not in ("", _bare(has)):
            yield _other(label, has)
    for key, label, role in _ROLES:
        names = [named.unit.name for named in task.named.all() if named.role == role]
        text = parse_text(row.get(key))
        if text and _bare(text) != _bare("、".join(names)) and _called(text, find, task, role) != set(names):
            yield _other(label, "、".join(names))
    terms = [said(term) for term in task.terms.all()]
    due = _bare(parse_text(row.get("due")))
    if due not in ("", _bare("；".join(terms))) and _days(row.get("due"), read_terms) != set(terms):
        yield _other("完成时限", "；".join(terms))


def _called(text: str, find: Callable[[str], Any], task: Task, role: str) -> set[str]:
    """The units a cell names, as far as they are not there in a heavier role; the text itself where it names nobody."""
    heavier = {named.unit_id for named in task.named.all() if named.role == TaskUnit.Role.LEAD != role}
    try:
        return {unit.name for unit in find(text) if unit.pk not in heavier}
    except ValueError:
        return {text}


def _days(value: Any, read_terms: Callable[[Any], list[TermData]]) -> set[str]:
    try:
        terms = read_terms(value)
    except ValueError:
        return {parse_text(value)}
    return {said(TaskTerm(due_on=term.due_on, period=term.period, month=term.month, day=term.day)) for term in terms}


def _other(label: str, has: str) -> str:
    return f"{label}与系统中的（{has[:40] + '…' if len(has) > 40 else has or '未填'}）不同"


def _bare(text: str) -> str:
    return "".join(text.replace(";", "；").split())
