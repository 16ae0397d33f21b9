"""Dangerous works for tests, reported through the real door."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from common import clock
from inspections.models.works import HazardousWork
from inspections.transitions import works
from tests.cast import Cast

WORKER = {"post": "worker", "name": "李焊", "certificate": "T5301", "valid_until": date(2099, 1, 1)}
GUARDIAN = {"post": "guardian", "name": "王护"}


def typed(**changes: Any) -> dict[str, Any]:
    """What an enterprise types about a hot work two days ahead."""
    starts = clock.now() + timedelta(days=2)
    return {
        "kind": "hot",
        "content": "更换二车间管道，焊接",
        "place": "二车间东侧",
        "starts_at": starts,
        "ends_at": starts + timedelta(hours=6),
        "contractor": "甲街道食品厂",
        "manager": "赵管",
        "measures": "清理周边可燃物，配灭火器",
        "equipment": "灭火器2具",
        **changes,
    }


def work_of(cast: Cast, crew: Any = (WORKER, GUARDIAN), **changes: Any) -> HazardousWork:
    """A reported work of the cast's enterprise."""
    return works.file_work(cast.fresh("safety"), crew=list(crew), **typed(**changes))
