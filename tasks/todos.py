"""The groups tasks adds to the workbench."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from common.limits import limit
from common.paging import BoundedCount, bounded_count
from common.workbench import Group, Todo
from tasks import queries
from tasks.models import Assignment
from units.access import holds
from units.roles import Right

SHOWN = 5


def _group(
    rows: QuerySet[Assignment], todo: Callable[[Assignment], Todo], *, key: str, title: str, url: str, order: int
) -> Group | None:
    found = list(rows[: SHOWN + 1])
    if not found:
        return None
    count = BoundedCount(len(found), True) if len(found) <= SHOWN else bounded_count(rows)
    return Group(key, title, count, [todo(row) for row in found[:SHOWN]], url, order, "orange", "flag")


def _own(row: Assignment) -> Todo:
    url = row.get_absolute_url()
    label = "接收" if row.state == "open" else "报进展"
    return Todo(str(row), f"{row.plan.title}，{row.get_state_display()}，{row.percent}%", url, label, url, row.due_at)


def _waiting(row: Assignment) -> Todo:
    url = row.get_absolute_url()
    due = limit("task.review", row.area_path).after(row.submitted_at) if row.submitted_at else None
    return Todo(str(row), f"{row.unit.name}报送完成，{row.plan.title}", url, "审核", url, due)


def assignments_to_do(user: Any) -> Group | None:
    """本单位的任务."""
    if not holds(user, Right.REPORT_TASK):
        return None
    url = f"{reverse('assignment-list')}?unit={user.hat.unit_id}&progress=live"
    return _group(queries.to_do(user), _own, key="task-do", title="本单位任务", url=url, order=32)


def assignments_to_judge(user: Any) -> Group | None:
    """任务待审核."""
    if not holds(user, Right.MANAGE_TASK):
        return None
    url = f"{reverse('assignment-list')}?state=submitted"
    return _group(queries.to_judge(user), _waiting, key="task-judge", title="任务完成待审核", url=url, order=34)


GROUPS = (assignments_to_do, assignments_to_judge)
