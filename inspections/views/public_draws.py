"""“一公开”: what everybody may read of draws without signing in. Inspectors appear as numbers with their unit, not by name."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.ledgers import BoundedPaginator
from inspections.models.draws import RandomDraw
from inspections.views.draws import json_of, picture

ROWS = 25


@login_not_required
@require_safe
def draw_list(request: HttpRequest) -> HttpResponse:
    """Published draws, newest first; voided ones with their reason."""
    found = RandomDraw.objects.public().select_related("owner").order_by("-drawn_at", "-pk")
    page = BoundedPaginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "inspections/public_draws.html", {"page": page})


@login_not_required
@require_safe
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Result, dates, seed, algorithm and the re-computation."""
    found = get_object_or_404(RandomDraw.objects.public().select_related("owner"), pk=pk)
    address = reverse("public-draw-record", args=[pk])
    return render(request, "inspections/public_draw.html", {**picture(found), "record_url": address})


@login_not_required
@require_safe
def record(request: HttpRequest, pk: int) -> JsonResponse:
    """Everything needed to draw again, as JSON."""
    return json_of(get_object_or_404(RandomDraw.objects.public(), pk=pk))
