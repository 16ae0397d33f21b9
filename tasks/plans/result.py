"""What a document says as a whole, and its public form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tasks.plans.characters import CleanText
from tasks.plans.dates import Calendar
from tasks.plans.found import NOTHING, Found, Period, Stage, TaskFound


@dataclass
class PlanReading:
    """What a document says, and in which characters. `text` is the cleaned text all pieces count in."""

    text: CleanText
    title: Found = NOTHING
    number: Found = NOTHING
    issuer: Found = NOTHING
    written: date | None = None
    period: Period = field(default_factory=Period)
    stages: list[Stage] = field(default_factory=list)
    actions: list[Found] = field(default_factory=list)
    tasks: list[TaskFound] = field(default_factory=list)

    @property
    def calendar(self) -> Calendar:
        """What the document says about its own years."""
        start = self.period.start or (self.written if self.period.end else None)  # 自即日起
        return Calendar(start, self.period.end, self.written or self._numbered())

    def _numbered(self) -> date | None:
        """The year of the document's number, where nothing dates it."""
        found = re.search(r"(?:19|20)\d{2}", self.number.text)
        return date(int(found.group()), 1, 1) if found else None

    def as_json(self) -> dict[str, Any]:
        """The public form: values as they stand in the text, spans in the document as it was sent."""
        return {
            "title": self.title.text,
            "number": self.number.text,
            "issuer": self.issuer.text,
            "period": {"from": _iso(self.period.start), "to": _iso(self.period.end)},
            "stages": [
                {"title": each.title.text, "from": _iso(each.start), "to": _iso(each.end)} for each in self.stages
            ],
            "actions": [each.text for each in self.actions],
            "tasks": [self._task_json(task) for task in self.tasks],
        }

    def _task_json(self, task: TaskFound) -> dict[str, Any]:
        return {
            "no": task.number.text,
            "action": task.action,
            "title": task.title.text,
            "text": task.text.text,
            "lead": [name.text for name in task.named("lead")],
            "responsible": [name.text for name in task.named("responsible")],
            "cooperating": [name.text for name in task.named("cooperating")],
            "due": sorted({each.day.isoformat() for each in task.due}),
            "recurrence": _distinct(task.recurrence),
            "quantities": _distinct(task.quantities),
            "span": list(self.text.origin(task.piece)),
        }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _distinct(found: list[Found]) -> list[str]:
    return list(dict.fromkeys(each.text for each in found))
