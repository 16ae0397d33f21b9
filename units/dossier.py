"""What upper apps know about a unit: sections of its page, and obstacles to taking it out of use.

Upper apps register in `AppConfig.ready`; this app never looks upwards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from units.models import Unit, User


@dataclass(frozen=True)
class Section:
    """One block of 一企一档: a heading and a fragment that reads its context as `section`."""

    title: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    order: int = 50


SectionMaker = Callable[[Unit, User], Section | None]
Obstacle = Callable[[Unit], str]
_makers: list[SectionMaker] = []
_obstacles: list[Obstacle] = []


def section(maker: SectionMaker) -> SectionMaker:
    """Let `maker(unit, user)` add a section; it returns None where the user may not see it. Usable as decorator."""
    if maker not in _makers:
        _makers.append(maker)
    return maker


def obstacle(finder: Obstacle) -> Obstacle:
    """Let `finder(unit)` say in Chinese why the unit cannot be taken out of use; an empty text when it can."""
    if finder not in _obstacles:
        _obstacles.append(finder)
    return finder


def sections(unit: Unit, user: User) -> list[Section]:
    """The sections of the unit's page this user may see, in order."""
    made = (maker(unit, user) for maker in _makers)
    return sorted((found for found in made if found), key=lambda found: found.order)


def obstacles(unit: Unit) -> list[str]:
    """Everything that keeps the unit in use."""
    return [text for finder in _obstacles if (text := finder(unit))]
