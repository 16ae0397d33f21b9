"""The request being served by this thread or task, so that `record` knows who asks and from where."""

from __future__ import annotations

import ipaddress
from contextvars import ContextVar
from uuid import uuid4

from django.conf import settings
from django.http import HttpRequest

_request: ContextVar[HttpRequest | None] = ContextVar("audited_request", default=None)

enter = _request.set
leave = _request.reset


def current() -> HttpRequest | None:
    """The request being served, or None in a job or a command."""
    return _request.get()


def new_id() -> str:
    """An id that ties together the audit entries and log lines of one request."""
    return uuid4().hex


def address_of(request: HttpRequest) -> str | None:
    """The client's IP address.

    `settings.TRUSTED_PROXY_COUNT` (default 0) proxies of our own are believed; what a client writes into
    X-Forwarded-For itself is not.
    """
    hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
    trusted = settings.TRUSTED_PROXY_COUNT
    candidate = hops[-trusted] if trusted and len(hops) >= trusted else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(candidate))
    except ValueError:
        return None
