"""API authentication: session and token, both with a hat."""

from __future__ import annotations

from typing import Any

from rest_framework import authentication
from rest_framework.exceptions import AuthenticationFailed

from common.typed import id_of
from units import passwords
from units.middleware import DUE_TEXT, wear_chosen

HAT_HEADER = "X-Membership"


class SessionAuthentication(authentication.SessionAuthentication):
    """Signed-in browser; the middleware has put the hat on."""

    def authenticate_header(self, request: Any) -> str:
        """Makes an unauthenticated request answer 401 rather than 403."""
        return "Session"


class TokenAuthentication(authentication.TokenAuthentication):
    """`Authorization: Token …`; the header `X-Membership` chooses among several roles."""

    def authenticate(self, request: Any) -> Any:
        """The token's user wearing the hat named in the header; a due password stops the token too."""
        found = super().authenticate(request)
        if found:
            if passwords.is_due(found[0]):
                raise AuthenticationFailed(DUE_TEXT)
            wear_chosen(found[0], id_of(request.headers.get(HAT_HEADER)))
        return found
