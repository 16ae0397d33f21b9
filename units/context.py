"""What every page's shell needs: navigation, hats, unread count, type size."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from messaging.queries import unread_count
from units import navigation

LARGE_TYPE = "large_type"  # the cookie that keeps 大字版 before sign-in


class Shell:
    """Read by the frame's templates, each part only when it is shown."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._user = getattr(request, "user", None)

    @cached_property
    def is_signed_in(self) -> bool:
        """Whether there is a person to show anything of."""
        return self._user is not None and self._user.is_authenticated

    @cached_property
    def person(self) -> str:
        """The person's name."""
        return str(self._user) if self.is_signed_in else ""

    @cached_property
    def hat(self) -> str:
        """Unit and role the person acts under."""
        return str(self._user.hat or "未设置任职") if self.is_signed_in else ""

    @cached_property
    def hats(self) -> list[dict[str, Any]]:
        """The memberships the person may choose from."""
        if not self.is_signed_in:
            return []
        worn = self._user.hat
        return [{"value": hat.pk, "label": str(hat), "active": hat == worn} for hat in self._user.held]

    @cached_property
    def nav(self) -> list[navigation.Shown]:
        """The navigation by job."""
        return navigation.entries(self._user, self._request.path) if self.is_signed_in else []

    @cached_property
    def tabs(self) -> list[navigation.Shown]:
        """The bottom bar of a phone."""
        return navigation.entries(self._user, self._request.path, navigation.TABS) if self.is_signed_in else []

    @cached_property
    def unread(self) -> int:
        """Messages not opened yet."""
        return unread_count(self._user) if self.is_signed_in else 0

    @cached_property
    def large_type(self) -> bool:
        """Whether 大字版 is on: the person's setting, before sign-in the browser's."""
        if self.is_signed_in:
            return self._user.large_type
        return self._request.COOKIES.get(LARGE_TYPE) == "1"


def shell(request: HttpRequest) -> dict[str, Any]:
    """The `shell` template variable."""
    return {"shell": Shell(request)}
