"""The course of an assignment as a stepper."""

from __future__ import annotations

from typing import Any

from tasks.models import Assignment
from tasks.models import AssignmentState as S

_ORDER = [S.OPEN, S.IN_PROGRESS, S.SUBMITTED, S.DONE]
_LABELS = ["下达", "推进", "报送审核", "办结"]


def steps(record: Assignment) -> list[dict[str, Any]]:
    """下达 → 推进 → 报送审核 → 办结, as `parts/stepper.html` reads it."""
    moments = [record.opened_at, None, record.submitted_at, record.done_at]
    if record.state == S.CANCELLED:
        given = {"label": "下达", "state": "done", "at": record.opened_at, "note": ""}
        return [given, {"label": "办结", "state": "stopped", "at": None, "note": "已取消"}]
    reached = len(_ORDER) if record.state == S.DONE else max(_ORDER.index(S(record.state)), 1)
    return [
        {
            "label": label,
            "state": "done" if place < reached else "current" if place == reached else "todo",
            "at": moment if place < reached else None,
            "note": f"{record.percent}%" if place == 1 and record.percent else "",
        }
        for place, (label, moment) in enumerate(zip(_LABELS, moments, strict=True))
    ]
