"""What a reading consists of. Positions are characters of the cleaned text until the reading is handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from tasks.plans.characters import NOWHERE, Piece


@dataclass(frozen=True)
class Found:
    """One value as it stands in the text, where it stands, and why a person should look at it (empty: no reason)."""

    text: str
    piece: Piece
    doubt: str = ""


NO_UNITS = "原文没有写明单位"
NOTHING = Found("", NOWHERE)


@dataclass(frozen=True)
class Deadline(Found):
    """A day by which something is to be done; `text` is the phrase, `scope` the sentence it binds."""

    day: date = date.min
    scope: Piece = NOWHERE


@dataclass(frozen=True)
class Name(Found):
    """A unit as the text names it; `scope` is the stretch of the task its bracket speaks for."""

    role: str = "responsible"
    scope: Piece = NOWHERE


@dataclass(frozen=True)
class Stage:
    """A stage of the plan; a day the text does not give is None."""

    title: Found
    start: date | None
    end: date | None


@dataclass(frozen=True)
class Period:
    """From when to when the plan runs."""

    start: date | None = None
    end: date | None = None
    piece: Piece = NOWHERE


@dataclass
class TaskFound:
    """One numbered task. What the text does not say stays empty."""

    number: Found
    title: Found
    text: Found
    piece: Piece
    action: str = ""
    names: list[Name] = field(default_factory=list)
    leaders: list[Found] = field(default_factory=list)
    due: list[Deadline] = field(default_factory=list)
    recurrence: list[Found] = field(default_factory=list)
    quantities: list[Found] = field(default_factory=list)
    items: list[Piece] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    def named(self, role: str) -> list[Name]:
        """The units named in one role, each once, in the order of the text."""
        once: dict[str, Name] = {}
        for name in self.names:
            if name.role == role:
                once.setdefault(name.text, name)
        return list(once.values())

    def all_doubts(self) -> list[str]:
        """Every reason for a person to look at this task, each once."""
        values = [self.number, self.title, self.text, *self.names, *self.due, *self.recurrence, *self.quantities]
        return list(dict.fromkeys([*self.doubts, *(value.doubt for value in values if value.doubt)]))
