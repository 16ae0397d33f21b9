"""工作台: what is to be done, most urgent first. Every app adds its groups; nobody looks upwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from common.paging import BoundedCount


@dataclass(frozen=True)
class Todo:
    """One row with the one action that is due; `due` and `level` may be None.

    `action_url` is followed; with `posts` it is posted to with these hidden fields instead.
    """

    title: str
    note: str
    url: str
    action_label: str
    action_url: str
    due: Any = None
    level: str | None = None
    posts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Group:
    """A counted group; `url` opens the whole list. Groups stand by rising `order`, 10 is the most urgent."""

    key: str
    title: str
    count: BoundedCount
    rows: Sequence[Todo]
    url: str
    order: int = 50
    tone: str = "plain"
    icon: str = "inbox"


Build = Callable[[Any], Group | None]
_builders: list[Build] = []


def group(build: Build) -> Build:
    """Show `build(user)` on the workbench; None where it does not concern the person. Usable as decorator.

    A builder asks a constant number of queries: one for its rows and count together, or two.
    """
    if build not in _builders:
        _builders.append(build)
    return build


def groups(user: Any) -> list[Group]:
    """The groups with something to do, most urgent first."""
    made = [found for build in _builders if (found := build(user)) and found.count.value]
    return sorted(made, key=lambda found: found.order)
