"""公示: what the street publishes of its listings, for everybody, without signing in and without persons."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.errors import NotInScope
from common.ledgers import BoundedPaginator
from supervision import papers
from supervision.models import Listing
from supervision.transitions.offices import profile_of

ROWS = 30


def _published() -> QuerySet[Listing]:
    return (
        Listing.objects.public()
        .select_related("hazard", "office__office", "department")
        .order_by("-public_from", "-pk")
    )


@login_not_required
@require_safe
def listing_list(request: HttpRequest) -> HttpResponse:
    """What stands on the public page now, newest first."""
    page = BoundedPaginator(_published(), ROWS).get_page(request.GET.get("page"))
    return render(request, "supervision/public_listings.html", {"page_obj": page})


@login_not_required
@require_safe
def listing(request: HttpRequest, pk: int) -> HttpResponse:
    """One published listing; one that is not published does not exist."""
    found = _published().filter(pk=pk).first()
    if found is None:
        raise NotInScope("没有找到该公示信息，或已撤下。")
    profile = profile_of(found.office)
    return render(
        request,
        "supervision/public_listing.html",
        {"listing": found, "profile": profile, "supervisor": papers.signatory_of(found.kind, profile)},
    )
