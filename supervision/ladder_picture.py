"""A ladder as a picture: one stair per step, higher and darker the further it goes. Drawn with classes, no script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supervision.ladder import RANK, Rung
from supervision.letter_texts import label_of
from supervision.models import LadderStep
from supervision.words import BADGES


@dataclass(frozen=True)
class Stair:
    """One step of the picture: its height 1–9, its colour, and the words on it."""

    height: int
    tone: str
    icon: str
    day: str
    label: str
    document: str
    audience: str
    decides: str


def stairs(rungs: Sequence[Rung]) -> list[Stair]:
    """The stairs in order; the deadline lies between the last at or before it and the first after it."""
    return [_stair(rung) for rung in sorted(rungs, key=lambda rung: RANK[rung.code])]


def _stair(rung: Rung) -> Stair:
    badge = BADGES["ladder_step"][LadderStep.Code(rung.code)]
    decider = LadderStep.Decider(rung.decider).label
    return Stair(
        height=RANK[rung.code] + 1,
        tone=badge.tone,
        icon=badge.icon,
        day=str(rung),
        label=label_of(rung.code),
        document=LadderStep.Document(rung.document).label,
        audience="、".join(LadderStep.Audience(each).label for each in rung.audience),
        decides=f"{decider}决定" if rung.person_decides else "系统自动",
    )
