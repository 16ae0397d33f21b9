"""Reads across notices, their receipts and the records behind their figures."""

from __future__ import annotations

from typing import Any

from common.errors import NotInScope
from reports.models import Notice


def one(user: Any, pk: int) -> Notice:
    """The notice `pk` in the user's read scope; `NotInScope` otherwise."""
    notice = Notice.objects.for_user(user).filter(pk=pk).select_related("office__office", "docx", "pdf").first()
    if notice is None:
        raise NotInScope
    return notice
