"""The slot for what upper apps show beside an assignment: where it stands on the ladder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tasks.models import Assignment


@dataclass(frozen=True)
class Panel:
    """One card: `template` is included with `panel` in its context and reads `panel.context`."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)


Build = Callable[[Assignment, Any], Panel | None]
_builders: list[Build] = []


def register(build: Build) -> Build:
    """Show `build(assignment, user)` on every assignment's page; None means nothing to show. Call it in AppConfig.ready."""
    if build not in _builders:
        _builders.append(build)
    return build


def panels_of(record: Assignment, user: Any) -> list[Panel]:
    """The panels in the order they were announced."""
    return [panel for build in _builders if (panel := build(record, user))]
