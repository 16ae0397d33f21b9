"""Pages not pinned in their own rooms cost as many queries beside a thousand hazards as beside ten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from common import clock
from evidence.models import Attachment
from hazards.models import Hazard, HazardEvidence
from tests.cast import Cast
from tests.hazards.builders import hazard_in

PAGES = {
    "detail": "/hazards/{pk}/",
    "API detail": "/api/v1/hazards/{pk}/",
    "statistics by unit": "/statistics/?by=unit",
    "figure": "/statistics/records/stock/",
    "search": "/search/?q=除尘器",
    "why on the ladder": "/supervision/standing/",
}


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_costs_the_same_beside_ten_and_a_thousand_hazards(
    as_: Callable[[str], Client], cast: Cast, photo: Callable[[str], Attachment], address: str
) -> None:
    model = hazard_in(cast, "rectifying", due_at=clock.now() - timedelta(days=1), ladder_step="overdue")
    attachment, page = photo("officer"), address.format(pk=model.pk)
    browser = as_("officer")
    crowd(model, attachment, 10)
    few = cost(browser, page)
    crowd(model, attachment, 990)
    assert cost(browser, page) == few


def cost(browser: Client, page: str) -> int:
    """Queries of the second visit, with nothing kept from the first but what outlives the cache."""
    assert browser.get(page).status_code == 200
    cache.clear()
    with CaptureQueriesContext(connection) as caught:
        assert browser.get(page).status_code == 200
    return len(caught)


def crowd(model: Hazard, attachment: Attachment, count: int) -> None:
    """`count` more hazards like `model`, each with a photo, all of them late."""
    own = ("id", "number", "once", "import_key")
    fields = {f.attname: getattr(model, f.attname) for f in Hazard._meta.concrete_fields if f.name not in own}
    first = Hazard.objects.count()
    rows = Hazard.objects.bulk_create(Hazard(number=f"Q-{first + n}", **fields) for n in range(count))
    HazardEvidence.objects.bulk_create(
        HazardEvidence(hazard=row, attachment=attachment, stage="before") for row in rows
    )
