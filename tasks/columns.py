"""Columns of the task ledger and of the list of plans."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html

from common.columns import Column, badge_column, date_column, due_column
from tasks.models import Assignment


def _percent(value: int) -> Any:
    return format_html('<progress class="bar bar-small" max="100" value="{0}">{0}%</progress> {0}%', value)


def _title(row: Assignment) -> str:
    return f"{row.task.title}（{row.period_label}）" if row.period_label else row.task.title


ASSIGNMENTS = (
    Column("no", "序号", "task.no", order=("plan", "task__order"), css="cell-date", width=8),
    Column("action", "行动", "task.action.name", order=("task__action__order",), default=False, width=24),
    Column("title", "重点任务", _title, link=True, order=("task__title",), width=44),
    badge_column("role", "承担", "task_role", order=("role",)),
    Column("unit", "承办单位", "unit.name", order=("unit__name",), width=28),
    due_column("due", "完成时限", "due_at", lambda row: row.submitted_at or row.done_at, order=("due_at",)),
    Column("percent", "完成比例", show=_percent, order=("percent",), kind="number"),
    Column("latest", "最新进展", css="cell-words", width=40),
    Column("evidence", "佐证", lambda row: "有" if row.has_evidence else "—"),
    badge_column("state", "状态", "assignment_state", order=("state",)),
    Column("plan", "方案", "plan.title", order=("plan__title",), default=False, width=36),
    Column("leader", "责任领导", "task.leader", default=False),
    date_column("opened", "下达日期", "opened_at", order=("opened_at",), default=False),
)

PLANS = (
    Column("title", "方案", link=True, order=("title",), width=44),
    Column("number", "文号", order=("number",), width=24),
    Column("source", "来源", lambda row: row.get_source_display()),
    Column("owner", "归口单位", "owner.name", order=("owner__name",), width=28),
    date_column("ends", "结束日期", "ends_on", order=("ends_on",)),
    Column("tasks", "任务", "task_count", numeric=True, order=("task_count",), kind="number"),
    Column("given", "分解", "given_count", numeric=True, order=("given_count",), kind="number"),
    Column("done", "办结", "done_count", numeric=True, order=("done_count",), kind="number"),
    Column("late", "逾期", "late_count", numeric=True, order=("late_count",), kind="number"),
    date_column("created", "登记日期", "created_at", order=("created_at",), default=False),
)
