"""Groups of people by name, supplied by the apps that know them.

`units` registers `audience.register("office_staff", function)` in `AppConfig.ready`; the function returns users
(a queryset or any iterable). A job here asks by name and needs not know who they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

OFFICE_STAFF = "office_staff"

_groups: dict[str, Callable[[], Iterable[Any]]] = {}


def register(name: str, members_of: Callable[[], Iterable[Any]]) -> None:
    """Let `members_of()` say who belongs to the group `name`."""
    _groups[name] = members_of


def members(name: str) -> list[Any]:
    """The users in the group `name`; nobody when no app registered it."""
    return list(_groups[name]()) if name in _groups else []
