"""隐患详情: one hazard from discovery to closure on one page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hazards.models import Hazard
from hazards.transitions import telling


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The hazard `pk` if it is in the reader's scope; a principal who opens it has read the notification."""
    hazard = get_object_or_404(Hazard.objects.for_user(request.user).select_related("unit"), pk=pk)
    telling.mark_read(hazard, request.user)
    return render(request, "hazards/detail.html", {"hazard": hazard})
