"""Puts the chosen hat on the signed-in person, and holds them at the password page while a new password is due."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject

from units import passwords
from units.models import User

SESSION_KEY = "membership"
DUE_TEXT = "密码为初始密码或已超过有效期，请先修改密码。"
_OPEN_WHILE_DUE = {"change-password", "sign-in", "sign-out", "large-type", "healthz", "readyz"}


class HatMiddleware:
    """Sets `request.user.hat` to the membership chosen in this session, if it still holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inner = request.user
        request.user = SimpleLazyObject(lambda: wear_chosen(inner, request.session.get(SESSION_KEY)))  # type: ignore[assignment]
        return self.get_response(request)


class PasswordDueMiddleware:
    """Sends a signed-in person whose password is due to `change-password`; the API answers 403 `password_due`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        """Let through what is needed to change the password or to leave."""
        match = request.resolver_match
        if (match and match.url_name in _OPEN_WHILE_DUE) or not request.user.is_authenticated:
            return None
        if not passwords.is_due(request.user):
            return None
        if request.path.startswith("/api/"):
            return JsonResponse({"code": "password_due", "message": DUE_TEXT}, status=403)
        messages.warning(request, DUE_TEXT)
        return redirect("change-password")


def wear_chosen(user: User, chosen: int | None) -> User:
    """`user` wearing the membership `chosen` when it is one of theirs in force; else the first."""
    if user.is_authenticated and chosen:
        held = next((membership for membership in user.held if membership.pk == chosen), None)
        if held:
            user.wear(held)
    return user
