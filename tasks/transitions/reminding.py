"""Reminding of what falls due soon, and of many at once: each person once per assignment, deadline and step."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from common import clock
from common.errors import RuleError
from common.limits import limit
from common.wording import cn_date
from messaging.transitions import Occasion, notify_many
from tasks.models import RUNNING_STATES, Assignment
from tasks.transitions.assignments import perform
from tasks.transitions.telling import REMINDER, doers

BATCH = 200
_STEPS = ("task.remind.first", "task.remind.last")


def remind_due() -> int:
    """Tell the units of what falls due within the limits of their area; returns how many messages. Safe to repeat.

    Assignments without a deadline are never due. A moved deadline reminds anew.
    """
    sent, last = 0, 0
    now = clock.now()
    furthest = max(limit(step).after(now) for step in _STEPS)
    soon = Assignment.objects.filter(state__in=RUNNING_STATES, due_at__gte=now, due_at__lte=furthest)
    while rows := list(soon.filter(pk__gt=last).select_related("task", "plan", "unit").order_by("pk")[:BATCH]):
        last = rows[-1].pk
        sent += notify_many(occasion for row in rows if (occasion := _occasion(row, now)))
    return sent


def _occasion(row: Assignment, now: datetime) -> Occasion | None:
    if row.due_at is None:
        return None
    reached = [step for step in _STEPS if row.due_at <= limit(step, row.area_path).after(now)]
    if not reached:
        return None
    return Occasion(
        recipients=doers(row.unit_id),
        kind=REMINDER,
        title=f"任务即将到期：{row}",
        body=f"{row.plan.title}\n完成时限：{cn_date(row.due_at)}，目前{row.percent}%。",
        url=row.get_absolute_url(),
        about=row,
        key=f"assignment:{row.pk}:due:{row.due_at:%Y%m%d}:{reached[-1]}",
        why="您是任务承办单位人员。",
    )


def remind_many(actor: Any, ids: Collection[int]) -> tuple[int, list[str]]:
    """催办 each of the assignments; returns how many were reminded, and why others were not."""
    done, refused = 0, []
    for row in Assignment.objects.filter(pk__in=ids).select_related("task", "unit").order_by("pk"):
        try:
            perform("remind", row.pk, actor)
            done += 1
        except RuleError as error:
            refused.append(f"{row.unit.name}“{row}”：{error.message}")
    return done, refused
