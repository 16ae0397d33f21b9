"""What every page's shell needs: navigation, hats, unread count, type size."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The `shell` template variable."""
    return {"shell": {"nav": [], "hats": [], "unread": 0, "large_type": False}}
