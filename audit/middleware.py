"""Gives every request an id and makes it known to `audit.record`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from audit import context


class RequestContextMiddleware:
    """Holds the request while it is served; the id goes out as `X-Request-ID`.

    The request, not its user, is held: token authentication sets the user later.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.audit_id = context.new_id()
        token = context.enter(request)
        try:
            response = self.get_response(request)
        finally:
            context.leave(token)
        response["X-Request-ID"] = request.audit_id
        return response
