"""The navigation by job: which entry leads where and which rights open it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from units.access import holds
from units.roles import Right


@dataclass(frozen=True)
class Entry:
    """One entry; shown to hats that hold one of `rights`. `covers` are further path prefixes it stands for."""

    label: str
    icon: str
    route: str
    rights: tuple[str, ...]
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """An entry as the templates read it."""

    label: str
    icon: str
    url: str
    active: bool
    badge: str = ""


_BUSINESS = (Right.READ_HAZARD,)
ENTRIES = (
    Entry("工作台", "workbench", "workbench", _BUSINESS),
    Entry("隐患", "hazard", "hazard-list", _BUSINESS, ("/hazards/", "/criteria/", "/imports/")),
    Entry("督办", "ladder", "board", (Right.READ_LETTER,), ("/supervision/",)),
    Entry("企业", "factory", "enterprise-list", (Right.READ_UNIT,), ("/enterprises/", "/units/", "/areas/")),
    Entry("通报与统计", "megaphone", "notice-list", (Right.READ_NOTICE,), ("/notices/", "/statistics/")),
    Entry("驾驶舱", "dashboard", "dashboard", (Right.STATISTICS,), ("/dashboard/",)),
    Entry(
        "系统",
        "settings",
        "system",
        (
            Right.MANAGE_ACCOUNTS,
            Right.MANAGE_OWN_STAFF,
            Right.PROPOSE_POLICY,
            Right.READ_MATRIX,
            Right.READ_AUDIT,
            Right.SECURITY_SETTINGS,
            Right.TECHNICAL_SETTINGS,
        ),
        ("/system/", "/accounts/", "/audit/", "/policies/", "/security/"),
    ),
)
TABS = (
    Entry("工作台", "workbench", "workbench", _BUSINESS),
    Entry("上报", "camera", "hazard-report", (Right.REPORT_HAZARD,)),
    Entry("隐患", "hazard", "hazard-list", _BUSINESS),
    Entry("我的", "user", "account", ()),
)


def entries(user: Any, path: str, table: tuple[Entry, ...] = ENTRIES) -> list[Shown]:
    """The entries the user's hat may open; the one that best covers `path` is active."""
    held = [entry for entry in table if not entry.rights or holds(user, *entry.rights)]
    allowed = [(entry, url) for entry in held if (url := _address(entry.route))]
    best = max(allowed, key=lambda pair: _covered(pair[0], pair[1], path), default=None)
    return [
        Shown(entry.label, entry.icon, url, active=(entry, url) == best and _covered(entry, url, path) > 0)
        for entry, url in allowed
    ]


def _address(route: str) -> str:
    """Where the route lies; empty in an edition without the app that brings it."""
    try:
        return reverse(route)
    except NoReverseMatch:
        return ""


def _covered(entry: Entry, url: str, path: str) -> int:
    """How many characters of `path` the entry accounts for."""
    if path == url:
        return len(path) + 1
    return max((len(prefix) for prefix in (url, *entry.covers) if prefix != "/" and path.startswith(prefix)), default=0)
