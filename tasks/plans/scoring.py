"""How well the reading agrees with labels made by hand: precision and recall per field."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tasks.plans.documents import open_document
from tasks.plans.reading import read_plan

HEAD = ("title", "number", "issuer")
LISTS = ("lead", "responsible", "cooperating", "due", "recurrence", "quantities")
FIELDS = (*HEAD, "period", "stages", "actions", "task", "action", *LISTS)


@dataclass
class Score:
    """How many values were read, how many of them are right, how many there are."""

    read: int = 0
    right: int = 0
    labelled: int = 0

    def __add__(self, other: Score) -> Score:
        """Both together."""
        return Score(self.read + other.read, self.right + other.right, self.labelled + other.labelled)

    @property
    def precision(self) -> float | None:
        """Right among those read; None where nothing was read."""
        return self.right / self.read if self.read else None

    @property
    def recall(self) -> float | None:
        """Right among those there are; None where there is nothing."""
        return self.right / self.labelled if self.labelled else None


def labelled_documents(folder: Path) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every document of a folder that has labels of the same name beside it."""
    for labels in sorted(folder.glob("*.json")):
        document = next((each for each in sorted(folder.glob(f"{labels.stem}.*")) if each != labels), None)
        if document:
            yield document, json.loads(labels.read_text(encoding="utf-8"))


def score_document(path: Path, labels: dict[str, Any], scores: dict[str, Score]) -> None:
    """Read one document and add what agrees to the scores."""
    read = read_plan(open_document(path.name, path.read_bytes())).as_json()
    for name in (*HEAD, "period"):
        _add(scores, name, _filled(read[name]), _filled(labels[name]))
    _add(
        scores,
        "stages",
        [json.dumps(each, ensure_ascii=False) for each in read["stages"]],
        [json.dumps(each, ensure_ascii=False) for each in labels["stages"]],
    )
    _add(scores, "actions", read["actions"], labels["actions"])
    ours, theirs = _by_key(read["tasks"]), _by_key(labels["tasks"])
    _add(scores, "task", list(ours), list(theirs))
    for key in ours.keys() | theirs.keys():
        one, other = ours.get(key, {}), theirs.get(key, {})
        _add(scores, "action", _filled(one.get("action")), _filled(other.get("action")))
        for name in LISTS:
            _add(scores, name, one.get(name, []), other.get(name, []))


def _by_key(tasks: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {f"{task['action']}|{task['no']}|{task['title']}": task for task in tasks}


def _filled(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{key}={each}" for key, each in value.items() if each]
    return [value] if value else []


def _add(scores: dict[str, Score], name: str, read: list[str], labelled: list[str]) -> None:
    score = scores.setdefault(name, Score())
    score.read += len(read)
    score.labelled += len(labelled)
    score.right += sum((Counter(read) & Counter(labelled)).values())
