"""What the system puts into a yearly paper: lists from last year and the plans, the report from what the unit did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from common import clock
from common.wording import cn_date
from tasks.duties.account import accounts
from tasks.models import ANSWERING, Assignment, AssignmentState, TaskUnit, YearlyItem, YearlyPaper
from units.models import Unit

_LINES = re.compile(r"[\n；;]+")
Kind = YearlyPaper.Kind


def content(unit: Unit, year: int, kind: str) -> list[dict[str, Any]]:
    """The lines of the paper as the system knows them now: text, origin, and where it can say so task, duty and result."""
    return list(_BY_KIND[Kind(kind)](unit, year))


def _duties(unit: Unit, year: int) -> Iterator[dict[str, Any]]:
    """Last year's lines; where there are none, the duties written on the unit's page."""
    before = list(_lines(unit, year - 1, Kind.DUTIES))
    if before:
        for item in before:
            yield {"text": item.text, "origin": f"{year - 1}年度清单"}
        return
    for text in _LINES.split(unit.duties):
        if text.strip():
            yield {"text": text.strip(), "origin": "单位职责"}


def _tasks(unit: Unit, year: int) -> Iterator[dict[str, Any]]:
    """Tasks that name the unit and run in the year, then last year's lines that are not among them."""
    named = (
        TaskUnit.objects.filter(unit=unit, role__in=ANSWERING)
        .select_related("task__plan")
        .order_by("task__plan", "task__order")
    )
    seen = set()
    for row in named:
        plan = row.task.plan
        runs = (plan.starts_on is None or plan.starts_on.year <= year) and (
            plan.ends_on is None or plan.ends_on.year >= year
        )
        if runs and row.task.issued_at is not None:
            seen.add(row.task_id)
            text = f"{row.task.title}（{row.get_role_display()}）"
            yield {"text": text, "origin": plan.title[:60], "task_id": row.task_id}
    for item in _lines(unit, year - 1, Kind.TASKS):
        if item.task_id is None:
            yield {"text": item.text, "origin": f"{year - 1}年度清单"}


def _report(unit: Unit, year: int) -> Iterator[dict[str, Any]]:
    """Every line of the year's lists with what the unit did for it, also for what an earlier year left over, then what its
    duties counted.

    What the system does not know stays empty.
    """
    first, last = clock.midnight(date(year, 1, 1)), clock.end_of(date(year, 12, 31))
    parts: dict[int, list[Assignment]] = {}
    for part in Assignment.objects.filter(unit=unit, opened_at__lte=last).exclude(state=AssignmentState.CANCELLED):
        carried_over = part.done_at is None or part.done_at >= first
        if part.due_at is None or part.due_at >= first or carried_over:
            parts.setdefault(part.task_id, []).append(part)
    for kind in (Kind.DUTIES, Kind.TASKS):
        for item in _lines(unit, year, kind):
            did = said(parts.get(item.task_id or 0, []))
            yield {"text": item.text, "origin": f"{year}年度{Kind(kind).label}", "task_id": item.task_id, "result": did}
    for duty in accounts(unit, year):
        yield {"text": duty.text, "origin": f"{year}年度履职统计", "duty_code": duty.code, "result": duty.said}


def said(parts: list[Assignment]) -> str:
    """What the unit did for one task, in words: how many parts are done, how many on time, and the latest of the rest."""
    if not parts:
        return ""
    done = [part for part in parts if part.state == AssignmentState.DONE]
    late = sum(part.is_late and not part.is_caught_up for part in done)
    words = [f"共{len(parts)}项，办结{len(done)}项" + (f"（其中逾期办结{late}项）" if late else "")]
    for part in parts:
        if part.state != AssignmentState.DONE:
            due = f"，时限{cn_date(part.due_at)}" if part.due_at else ""
            words.append(f"{part.period_label}{part.get_state_display()}（{part.percent}%）{due}")
        if part.latest:
            words.append(part.latest.rstrip("。；"))
    return "；".join(words)[:2000]


def _lines(unit: Unit, year: int, kind: str) -> Any:
    return YearlyItem.objects.filter(paper__unit=unit, paper__year=year, paper__kind=kind).order_by("order")


_BY_KIND = {Kind.DUTIES: _duties, Kind.TASKS: _tasks, Kind.REPORT: _report}
