"""Reads over messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from messaging.models import Message


def unread_count(user: Any) -> int:
    """How many messages the user has not opened; one index-only count."""
    return Message.objects.for_user(user).unread().count()


def told(keys: Iterable[str]) -> set[str]:
    """Of the occasions `keys`, those somebody has been told of already."""
    return set(Message.objects.filter(key__in=list(keys)).values_list("key", flat=True))
