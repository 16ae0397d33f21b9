"""The office's own layout of a task ledger: one row per task, with who does it, by when, and how far it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from common import clock
from common.badges import badge_of
from common.columns import Column
from common.wording import cn_date
from tasks.models import Assignment, AssignmentState, ProgressReport, Task, TaskTerm, TaskUnit
from tasks.queries import named_of, said

SEPARATOR = "、"
# Of several parts of one task the state that needs most attention stands for all.
_WORST = (
    AssignmentState.OPEN,
    AssignmentState.IN_PROGRESS,
    AssignmentState.SUBMITTED,
    AssignmentState.DONE,
    AssignmentState.CANCELLED,
)
COLUMNS = (
    Column("no", "序号", width=8),
    Column("action", "行动", width=24),
    Column("title", "重点任务", width=36),
    Column("measures", "措施", width=48),
    Column("lead", "牵头单位", width=24),
    Column("responsible", "责任单位", width=36),
    Column("leader", "责任领导", width=12),
    Column("quantities", "量化指标", width=28),
    Column("due", "完成时限", width=20),
    Column("latest", "进展", width=40),
    Column("evidence", "佐证", width=28),
    Column("state", "状态", width=12),
)


def rows(user: Any, assignments: QuerySet[Assignment]) -> Iterator[dict[str, Any]]:
    """One row per task of these assignments within the user's scope, in the order of plan and task; five queries."""
    mine = Assignment.objects.for_user(user).filter(pk__in=assignments.values("pk"))
    facts: dict[int, list[tuple[str, str, str, str, int, Any]]] = {}
    columns = ("task_id", "state", "latest", "unit__name", "period_label", "percent", "due_at")
    for task, *part in mine.order_by("due_at", "pk").values_list(*columns):
        facts.setdefault(task, []).append(tuple(part))  # type: ignore[arg-type]
    tasks = list(Task.objects.filter(pk__in=facts).select_related("action").order_by("plan_id", "order"))
    named, terms, files = named_of(tasks), _terms(tasks), _files(mine)
    for task in tasks:
        yield _row(task, facts[task.pk], named.get(task.pk, {}), terms.get(task.pk, []), files.get(task.pk, []))


def _row(
    task: Task, parts: list[Any], named: dict[str, list[str]], terms: list[str], files: list[str]
) -> dict[str, Any]:
    late = any(state in ("open", "in_progress") and due and due < clock.now() for state, *_, due in parts)
    state = min((part[0] for part in parts), key=lambda state: _WORST.index(AssignmentState(state)))
    many = Counter(unit for _, _, unit, *_ in parts)
    latest = [
        f"{unit}{_in_brackets(period, due) if period or many[unit] > 1 else ''}：{text}（{percent}%）"
        for _, text, unit, period, percent, due in parts
        if text
    ]
    return {
        "no": task.no,
        "action": task.action.name if task.action else "",
        "title": task.title,
        "measures": task.measures or task.text,
        "lead": SEPARATOR.join(named.get(TaskUnit.Role.LEAD, [])),
        "responsible": SEPARATOR.join(named.get(TaskUnit.Role.RESPONSIBLE, [])),
        "leader": task.leader,
        "quantities": "；".join(task.quantities),
        "due": "；".join(terms),
        "latest": "\n".join(latest),
        "evidence": SEPARATOR.join(files),
        "state": "逾期" if late else badge_of("assignment_state", state).label,
    }


def _in_brackets(period: str, due: Any) -> str:
    """Which of several parts of a unit is meant: its period, or its day."""
    name = period or (cn_date(due) if due else "")
    return f"（{name}）" if name else ""


def _terms(tasks: list[Task]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for term in TaskTerm.objects.filter(task__in=tasks):
        found.setdefault(term.task_id, []).append(said(term))
    return found


def _files(assignments: QuerySet[Assignment]) -> dict[int, list[str]]:
    through = ProgressReport.attachments.through.objects.filter(progressreport__assignment__in=assignments)
    found: dict[int, list[str]] = {}
    for task, name in through.order_by("pk").values_list("progressreport__assignment__task_id", "attachment__name"):
        found.setdefault(task, []).append(name)
    return found
