"""The one map from a state or level to its label, tone and icon. Each app registers its own choices at start."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

TONES = ("red", "orange", "yellow", "blue", "green", "grey", "dark")


class Badge(NamedTuple):
    """`label` in Chinese; `tone` one of TONES; `icon` a symbol of the sprite, so that colour never speaks alone."""

    label: str
    tone: str = "grey"
    icon: str = "dot"


_registry: dict[str, dict[str, Badge]] = {}


def register_badges(kind: str, badges: Mapping[str, Badge]) -> None:
    """Add the `badges` of `kind` (for example "hazard_state"); call it in AppConfig.ready. Registering again replaces.

    Raises ValueError for a tone the style sheet does not know.
    """
    for value, badge in badges.items():
        if badge.tone not in TONES:
            raise ValueError(f"badge {kind}.{value}: unknown tone {badge.tone!r}")
    _registry.setdefault(kind, {}).update({str(value): badge for value, badge in badges.items()})


def badge_of(kind: str, value: Any) -> Badge:
    """The badge of `value`; a value nobody registered shows itself in grey rather than breaking the page."""
    return _registry.get(kind, {}).get(str(value)) or Badge(str(value))


def registered() -> Mapping[str, Mapping[str, Badge]]:
    """Every registered badge, by kind and value."""
    return _registry


def choices_of(kind: str) -> list[tuple[str, str]]:
    """(value, label) of everything registered under `kind`, for a filter of an app that does not know its owner."""
    return [(value, badge.label) for value, badge in _registry.get(kind, {}).items()]


@lru_cache(maxsize=1024)
def badge_html(badge: Badge) -> SafeString:
    """One badge as markup: icon (hidden from readers) and label."""
    return format_html('<span class="mark mark-{}">{}{}</span>', badge.tone, icon_html(badge.icon), badge.label)


@lru_cache(maxsize=1024, typed=True)
def icon_html(name: str, label: str = "") -> SafeString:
    """A symbol of static/icons/sprite.svg; decorative unless `label` says what it means."""
    described = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html(
        '<svg class="ico" {} focusable="false"><use href="{}#{}"></use></svg>',
        described,
        static("icons/sprite.svg"),
        name,
    )
