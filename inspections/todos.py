"""The groups inspections adds to the workbench."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from common import clock
from common.paging import BoundedCount, bounded_count
from common.workbench import Group, Todo
from inspections.models import Inspection, InspectionPaper, VisitState
from inspections.queries import visits as queries

SHOWN = 5


def group_of(key: str, title: str, rows: Any, todo: Any, *, url: str, order: int) -> Group | None:
    """The first rows as things to do and how many there are; None where there is nothing."""
    found = list(rows[: SHOWN + 1])
    if not found:
        return None
    count = BoundedCount(len(found), True) if len(found) <= SHOWN else bounded_count(rows)
    return Group(key, title, count, [todo(row) for row in found[:SHOWN]], url, order, "orange", "checklist")


def _visit(row: Inspection) -> Todo:
    running = row.state == VisitState.RUNNING
    url = reverse("inspection-fill", args=[row.pk]) if running else row.get_absolute_url()
    due = clock.end_of(row.planned_on) if row.planned_on else None
    note = f"{row.get_mode_display()}，{row.get_kind_display()}，{row.get_state_display()}"
    return Todo(row.unit.name, note, row.get_absolute_url(), "继续" if running else "开始", url, due)


def _paper(row: InspectionPaper) -> Todo:
    url = row.get_absolute_url()
    action = "出具" if row.issued_at is None else "登记送达"
    return Todo(str(row), row.unit.name, url, action, url)


def visits_due(user: Any) -> Group | None:
    """我的检查: due or under way."""
    url = f"{reverse('inspection-list')}?mine=true&state=planned&state=running"
    return group_of("visits-due", "我的检查", queries.visits_due(user), _visit, url=url, order=16)


def papers_waiting(user: Any) -> Group | None:
    """检查文书: to issue or to serve."""
    url = f"{reverse('inspection-paper-list')}?state=draft&state=issued"
    return group_of("papers-waiting", "检查文书待出具、送达", queries.papers_to_serve(user), _paper, url=url, order=24)


GROUPS = (visits_due, papers_waiting)
