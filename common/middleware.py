"""Turns a refusal anywhere under a page into a Chinese page, or for htmx into a note above the content."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from common.errors import RuleError
from common.views import error_page

_Respond = Callable[[HttpRequest], HttpResponse]
_TITLES = {403: "没有权限", 404: "没有找到", 409: "情况已变化", 422: "未能办理"}


class ErrorPageMiddleware:
    """Answers an uncaught `RuleError` with its own status, message and what to do next."""

    def __init__(self, get_response: _Respond) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; refusals arrive in `process_exception`."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; None (a defect) goes on to the 500 page and the error log."""
        if not isinstance(exception, RuleError):
            return None
        title = _TITLES.get(exception.status, "未能办理")
        return error_page(request, exception.status, title, exception.message, reasons=list(exception.fields.values()))
