"""The slot for what upper apps show on a hazard's page: listing card, letters, ladder progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from hazards.models import Hazard


@dataclass(frozen=True)
class Panel:
    """One card: `template` is included with `panel` in its context and reads `panel.context`.

    `place` is "main" (wide column, under the facts) or "side"; panels of one place stand by rising `order`.
    """

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    place: str = "side"
    order: int = 100


Build = Callable[[Hazard, Any], Panel | None]
_builders: list[Build] = []


def register(build: Build) -> Build:
    """Show `build(hazard, user)` on every hazard's page; None means nothing to show. Call it in AppConfig.ready."""
    if build not in _builders:
        _builders.append(build)
    return build


def panels_of(hazard: Hazard, user: Any) -> dict[str, list[Panel]]:
    """The panels by place, in order; each is built once."""
    found = sorted((panel for build in _builders if (panel := build(hazard, user))), key=lambda panel: panel.order)
    return {place: [panel for panel in found if panel.place == place] for place in ("main", "side")}
