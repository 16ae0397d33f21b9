"""The session engine: Django's database sessions with person, address and last activity as columns."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from audit.context import address_of
from common import clock

ADDRESS, AGENT, STARTED = "address", "agent", "started_at"


class SessionStore(db.SessionStore):
    """Named by `SESSION_ENGINE`."""

    @classmethod
    def get_model_class(cls) -> Any:
        """The table of sessions."""
        from units.models import UserSession

        return UserSession

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row for `data`, with what the list of sessions shows."""
        row = super().create_model_instance(data)
        row.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        row.address = data.get(ADDRESS)
        row.agent = data.get(AGENT, "")
        row.started_at = parse_datetime(data[STARTED]) if STARTED in data else None
        row.seen_at = clock.now()
        return row


def note_sign_in(request: HttpRequest) -> None:
    """Keep on the session from where and when the person signed in."""
    request.session[ADDRESS] = address_of(request)
    request.session[AGENT] = request.headers.get("User-Agent", "")[:200].replace("\x00", "")
    request.session[STARTED] = clock.now().isoformat()
