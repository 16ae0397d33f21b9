"""API authentication: session and token, both with a hat."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from rest_framework import authentication

from units.middleware import SESSION_KEY, wear_chosen

HAT_HEADER = "X-Membership"


class SessionAuthentication(authentication.SessionAuthentication):
    """Signed-in browser; the middleware's hat is put on the inner user DRF works with."""

    def authenticate(self, request: Any) -> Any:
        """The session's user wearing the chosen hat."""
        found = super().authenticate(request)
        if found:
            wear_chosen(found[0], request._request.session.get(SESSION_KEY))
        return found

    def authenticate_header(self, request: Any) -> str:
        """Makes an unauthenticated request answer 401 rather than 403."""
        return "Session"


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …`; the header `X-Membership` chooses among several roles."""

    def authenticate(self, request: Any) -> Any:
        """The token's user wearing the hat named in the header."""
        found = super().authenticate(request)
        if found:
            wear_chosen(found[0], _chosen(request))
        return found


def _chosen(request: HttpRequest) -> int | None:
    value = request.headers.get(HAT_HEADER, "")
    return int(value) if value.isdigit() else None
