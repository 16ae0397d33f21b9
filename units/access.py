"""Whether the signed-in person's hat holds a right at all; over which record is the business of `units.scope`."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from rest_framework.permissions import BasePermission

from common.errors import Forbidden
from units.roles import scope_of


def holds(user: Any, *rights: str) -> bool:
    """Whether the user's hat holds at least one of `rights` over any scope."""
    role = getattr(user, "role", "")
    return any(scope_of(role, right) for right in rights)


def require(user: Any, *rights: str) -> None:
    """Raise `Forbidden` (403) unless the user's hat holds one of `rights`."""
    if not holds(user, *rights):
        raise Forbidden


class RightRequiredMixin:
    """A page for those who hold one of `rights`; everybody else gets 403."""

    rights: tuple[str, ...] = ()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for the right before anything is read."""
        require(request.user, *self.rights)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class HoldsRight(BasePermission):
    """The same for the API: the view names its `rights`."""

    def has_permission(self, request: Any, view: Any) -> bool:
        """403 as JSON when the hat holds none of the view's rights; strangers are asked to sign in (401)."""
        if not request.user.is_authenticated:
            return False
        require(request.user, *view.rights)
        return True
