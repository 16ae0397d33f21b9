"""Drafts of yearly papers, made by a job: lists from last year and the plans, the report from what the unit did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db import transaction

from common import clock
from common.errors import Forbidden, Refused
from common.events import new_event
from common.limits import limit
from common.wording import cn_date
from messaging.transitions import Occasion, notify_many
from tasks.duties.account import accounts
from tasks.models import (
    ANSWERING,
    Assignment,
    AssignmentState,
    TaskUnit,
    YearlyItem,
    YearlyPaper,
    YearlyPaperEvent,
    YearlyState,
)
from tasks.transitions.telling import doers
from tasks.transitions.yearly import KIND
from units.access import holds
from units.models import Unit
from units.roles import Right

_LINES = re.compile(r"[\n；;]+")
_FILERS = (Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE)
Kind = YearlyPaper.Kind


def due_at(kind: str, year: int, area_path: str) -> Any:
    """When a paper of `year` is owed: the lists counted from 31 March (每年4月30日前), the report from 30 November."""
    if kind == Kind.REPORT:
        return limit("yearly.report", area_path).after(clock.midnight(date(year, 11, 30)))
    return limit("yearly.lists", area_path).after(clock.midnight(date(year, 3, 31)))


def draft_all() -> int:
    """Draft what is missing for this year: the lists from January, the report from December. Safe to repeat.

    Every department and village in use files; returns how many drafts are new. What was due before anybody drafted it (a
    street that starts in autumn, a unit founded in May) is not owed any more.
    """
    today = clock.today()
    kinds = [Kind.DUTIES, Kind.TASKS, *([Kind.REPORT] if today.month == 12 else [])]
    known = set(YearlyPaper.objects.filter(year=today.year).values_list("unit_id", "kind"))
    made = 0
    for unit in Unit.objects.active().filter(kind__in=_FILERS).order_by("pk"):
        for kind in kinds:
            if (unit.pk, kind) not in known and due_at(kind, today.year, unit.area_path) >= clock.now():
                made += draft(unit, today.year, kind)[1]
    return made


def files(user: Any) -> bool:
    """Whether the person's unit files yearly papers and the person may do it: departments and villages."""
    return holds(user, Right.REPORT_TASK) and user.hat.unit.kind in _FILERS


def begin(actor: Any, *, year: int, kind: str) -> tuple[YearlyPaper, bool]:
    """The own unit's paper, drafted now unless it exists; whether it is new.

    For whoever comes before the job, or for whom it drafted nothing. A list begun after its day is late. Raises `Forbidden`
    for a unit that files none, `Refused` for a year that is neither this one nor the one before or after.
    """
    if not files(actor):
        raise Forbidden("年度清单和述职报告由部门、村（社区）报送。")
    if abs(year - clock.today().year) > 1:
        raise Refused.at("year", "只能起草去年、今年和明年的材料。")
    return draft(actor.hat.unit, year, kind, actor)


def draft(unit: Unit, year: int, kind: str, actor: Any = None) -> tuple[YearlyPaper, bool]:
    """The unit's paper of the kind for the year, drafted if there is none yet; whether it is new."""
    with transaction.atomic():
        facts = {"area_path": unit.area_path, "due_at": due_at(kind, year, unit.area_path)}
        paper, is_new = YearlyPaper.objects.get_or_create(unit=unit, year=year, kind=kind, defaults=facts)
        if is_new:
            rows = enumerate(_CONTENT[Kind(kind)](unit, year), 1)
            YearlyItem.objects.bulk_create(YearlyItem(paper=paper, order=place, **row) for place, row in rows)
            at = clock.now()
            label = "起草" if actor else "系统起草"
            event = new_event(YearlyPaperEvent, paper, "draft", label, actor=actor, at=at, target=YearlyState.DRAFT)
            event.save()
    return paper, is_new


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
    """Every line of the year's lists with what the unit did for it, then what its duties counted.

    What the system does not know stays empty.
    """
    first, last = clock.midnight(date(year, 1, 1)), clock.end_of(date(year, 12, 31))
    parts: dict[int, list[Assignment]] = {}
    for part in Assignment.objects.filter(unit=unit, opened_at__lte=last).exclude(state=AssignmentState.CANCELLED):
        if part.due_at is None or part.due_at >= first:
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
    late = sum(part.is_late for part in done)
    words = [f"共{len(parts)}项，办结{len(done)}项" + (f"（其中逾期办结{late}项）" if late else "")]
    for part in parts:
        if part.state != AssignmentState.DONE:
            due = f"，时限{cn_date(part.due_at)}" if part.due_at else ""
            words.append(f"{part.period_label or '在办'}{part.get_state_display()}{part.percent}%{due}")
        if part.latest:
            words.append(part.latest)
    return "；".join(words)[:2000]


def _lines(unit: Unit, year: int, kind: str) -> Any:
    return YearlyItem.objects.filter(paper__unit=unit, paper__year=year, paper__kind=kind).order_by("order")


_CONTENT = {Kind.DUTIES: _duties, Kind.TASKS: _tasks, Kind.REPORT: _report}


def remind() -> int:
    """Tell units of papers that fall due within the limit of their area, and once of those that are late."""
    now = clock.now()
    owed = YearlyPaper.objects.filter(state=YearlyState.DRAFT).select_related("unit")
    return notify_many(occasion for paper in owed if (occasion := _occasion(paper, now)))


def _occasion(paper: YearlyPaper, now: Any) -> Occasion | None:
    late = paper.due_at < now
    if not late and limit("yearly.remind", paper.area_path).after(now) < paper.due_at:
        return None
    word = "逾期未报送" if late else "即将到期"
    return Occasion(
        recipients=doers(paper.unit_id),
        kind=KIND,
        title=f"年度报备{word}：{paper}",
        body=f"报送期限：{cn_date(paper.due_at)}。系统已起草，请核对后报送。",
        url=paper.get_absolute_url(),
        about=paper,
        key=f"yearly:{paper.pk}:{'late' if late else 'soon'}",
        why="您是报送单位人员。",
        urgent=late,
    )
