"""通报: one notice from draft to receipts on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import queries


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice `pk` in the reader's scope."""
    return render(request, "reports/notice_detail.html", {"notice": queries.one(request.user, pk)})
