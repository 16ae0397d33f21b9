"""From a reading to a draft: values beside the characters they came from."""

from __future__ import annotations

import hashlib
import re
from typing import Any

from tasks.models import DraftTask, PlanDraft
from tasks.plans.characters import CleanText
from tasks.plans.found import Deadline, Found, Name, TaskFound
from tasks.plans.result import PlanReading

FIELDS = ("lead", "responsible", "cooperating", "due", "recurrence", "quantities")


def fingerprint(text: CleanText) -> str:
    """The same for two copies of a plan that differ in marks, blanks and line ends only."""
    return hashlib.sha256(re.sub(r"[\W_]", "", text.folded).encode("utf-8", "replace")).hexdigest()


def fill_head(draft: PlanDraft, reading: PlanReading) -> None:
    """Title, number, issuer, period, stages and actions, and where they stand."""
    text = reading.text
    draft.title, draft.number, draft.issuer = (
        reading.title.text[:200],
        reading.number.text[:80],
        reading.issuer.text[:120],
    )
    draft.starts_on, draft.ends_on = reading.period.start, reading.period.end
    draft.actions = list(dict.fromkeys(action.text[:120] for action in reading.actions))
    draft.fingerprint = fingerprint(text)
    draft.stages = [
        {
            "name": stage.title.text[:80],
            "starts_on": stage.start.isoformat() if stage.start else None,
            "ends_on": stage.end.isoformat() if stage.end else None,
            "span": list(text.origin(stage.title.piece)),
        }
        for stage in reading.stages
    ]
    head = {"title": reading.title, "number": reading.number, "issuer": reading.issuer}
    draft.marks = {name: source(text, found) for name, found in head.items() if found.text}
    if reading.period.piece:
        start, end = text.origin(reading.period.piece)
        draft.marks["period"] = {"text": text[reading.period.piece], "start": start, "end": end, "doubt": ""}
    draft.marks["actions"] = [source(text, action) for action in reading.actions]


def rows_of(draft: PlanDraft, reading: PlanReading) -> list[DraftTask]:
    """One row per task, not yet stored."""
    return [_row(draft, reading.text, task, order) for order, task in enumerate(reading.tasks, start=1)]


def _row(draft: PlanDraft, text: CleanText, task: TaskFound, order: int) -> DraftTask:
    start, end = text.origin(task.piece)
    return DraftTask(
        draft=draft, order=order, no=task.number.text[:20], action=task.action[:120], title=task.title.text[:200],
        text=task.text.text, measures="\n".join(text[item] for item in task.items),
        leader="、".join(leader.text for leader in task.leaders)[:80],
        lead=_values(task.named("lead")), responsible=_values(task.named("responsible")),
        cooperating=_values(task.named("cooperating")), due=sorted({each.day for each in task.due}),
        recurrence=_values(task.recurrence), quantities=_values(task.quantities),
        sources=_sources(text, task), doubts=[doubt[:120] for doubt in task.all_doubts()],
        span_start=start, span_end=end,
    )  # fmt: skip


def _values(found: list[Any]) -> list[str]:
    return list(dict.fromkeys(each.text[:120] for each in found))


def _sources(text: CleanText, task: TaskFound) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[Any]] = {
        "no": [task.number],
        "title": [task.title],
        "text": [task.text],
        "leader": task.leaders,
    }
    found |= {role: [name for name in task.names if name.role == role] for role in FIELDS[:3]}
    found |= {"due": task.due, "recurrence": task.recurrence, "quantities": task.quantities}
    return {name: [source(text, each) for each in values if each.text] for name, values in found.items()}


def source(text: CleanText, found: Found) -> dict[str, Any]:
    """A value as the review page needs it: its text, its characters, its doubt; a deadline's day, a bracket's scope."""
    start, end = text.origin(found.piece)
    kept: dict[str, Any] = {"text": found.text, "start": start, "end": end, "doubt": found.doubt}
    if isinstance(found, Deadline):
        kept["day"] = found.day.isoformat()
    if isinstance(found, (Deadline, Name)):
        kept["scope"] = list(text.origin(found.scope))
    return kept
