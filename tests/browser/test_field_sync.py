"""Fifty visits with two hundred photos go over a line that breaks again and again: all of it arrives, once."""

from __future__ import annotations

import logging
import time

import pytest
from django.db.models import Count

from inspections.models import Inspection, ItemResult, ResultPhoto, Signature
from tests.browser import STORY
from tests.browser.acts import cutting, phone
from tests.browser.given import FIRM
from tests.browser.people import PHONE, People
from tests.browser.site import serve

pytestmark = STORY
VISITS, PHOTOS = 50, 200
CUT_EVERY = 17  # requests
SIDE = 96  # points: small photos, for the gate waits; `docs/performance.md` tells what large ones take


@pytest.fixture
def inspector(chromium, street, tmp_path):
    """Somebody of the office with a phone."""
    with serve() as site:
        people = People(chromium, site, PHONE, tmp_path)
        yield people.signed_in("office")
        people.leave()


def test_fifty_visits_with_two_hundred_photos_arrive_whole_over_a_line_that_breaks(inspector):
    held = cutting.phone_of(inspector)
    page = cutting.app(held, inspector.people.site)
    size = phone.fills(page, unit=FIRM, checklist="有限空间", visits=VISITS, photos=PHOTOS, side=SIDE)
    line = phone.Line(held, CUT_EVERY)
    began = time.monotonic()
    rounds = cutting.send_until_done(page, line, lambda: cutting.app(held, inspector.people.site))
    told = {"seconds": round(time.monotonic() - began, 1), "rounds": rounds, "photo bytes": size}
    told |= {"requests": line.requests, "cuts": line.cuts, "bytes": line.bytes}
    logging.getLogger(__name__).info("sent: %s", told)  # shown with --log-cli-level=INFO
    assert line.cuts > 20
    assert Inspection.objects.filter(state="done", bad_count=1).count() == VISITS
    assert set(Inspection.objects.annotate(n=Count("results")).values_list("n", flat=True)) == {10}
    assert ResultPhoto.objects.count() == PHOTOS
    assert Signature.objects.count() == 2 * VISITS
    assert not ItemResult.objects.filter(outcome="").exists()
    assert line.bytes < size * 1.3 + 600_000  # what was cut off went on, and did not begin anew
    held.close()
