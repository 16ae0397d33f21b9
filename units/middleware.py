"""Puts the chosen hat on the signed-in person."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from units.models import User

SESSION_KEY = "membership"


class HatMiddleware:
    """Sets `request.user.hat` to the membership chosen in this session, if it still holds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        inner = request.user
        request.user = SimpleLazyObject(lambda: wear_chosen(inner, request.session.get(SESSION_KEY)))  # type: ignore[assignment]
        return self.get_response(request)


def wear_chosen(user: User, chosen: int | None) -> User:
    """`user` wearing the membership `chosen` when it is one of theirs in force; else the first."""
    if user.is_authenticated and chosen:
        held = user.memberships.in_force().filter(pk=chosen).select_related("unit__area").first()
        if held:
            user.wear(held)
    return user
