"""The session engine: Django's database sessions with person, address and last activity as columns."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from audit.context import address_of
from common import clock

ADDRESS, AGENT, STARTED = "address", "agent", "started_at"
SEEN_EVERY = timedelta(minutes=1)


class SessionStore(db.SessionStore):
    """Named by `SESSION_ENGINE`. That a person was there is written once a minute, what a session holds at once."""

    _seen_at: datetime | None = None

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

    def _get_session_from_db(self) -> Any:
        row = super()._get_session_from_db()
        self._seen_at = row.seen_at if row else None
        return row

    def save(self, must_create: bool = False) -> None:
        """Store the session; an unchanged one that was written within the last minute stays as it is."""
        now = clock.now()
        if not must_create and not self.modified and self._seen_at and now - SEEN_EVERY < self._seen_at <= now:
            return
        super().save(must_create)


def note_sign_in(request: HttpRequest) -> None:
    """Keep on the session from where and when the person signed in."""
    request.session[ADDRESS] = address_of(request)
    request.session[AGENT] = request.headers.get("User-Agent", "")[:200].replace("\x00", "")
    request.session[STARTED] = clock.now().isoformat()
