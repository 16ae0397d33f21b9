"""Every export of a list page is recorded before the file leaves."""

from __future__ import annotations

from django.http import HttpRequest

from audit import actions
from audit.recorder import record


def record_export(request: HttpRequest, title: str, rows: int) -> None:
    """Note who took how many rows of which list under which filter."""
    record(actions.EXPORT, after={"title": title, "rows": rows, "path": request.path, "query": request.GET.urlencode()})
