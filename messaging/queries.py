"""Reads over messages."""

from __future__ import annotations

from typing import Any

from messaging.models import Message


def unread_count(user: Any) -> int:
    """How many messages the user has not opened; one index-only count."""
    return Message.objects.for_user(user).unread().count()
