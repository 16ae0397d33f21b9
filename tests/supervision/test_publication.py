"""The public page of listings: only what is published, only while it is, without persons and numbers."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from common import clock
from common.errors import Forbidden, Refused
from supervision.redaction import masked
from supervision.transitions import listings
from tests.supervision.world import DAY, START, confirmed


@pytest.fixture
def listing(cast):
    """Approved, about a hazard somebody reported."""
    hazard = confirmed(cast, "major", found_by="举报人王某")
    hazard.responsible_phone = "13800138000"
    hazard.save()
    with clock.at(START):
        made = listings.propose(cast.officer, hazard.pk, reason="久拖不改")
        return listings.perform("approve", made.pk, cast.head, leader="王五", waiver="急")


def publish(cast, listing, **values):
    typed = {"published_in": "街道公开栏", "online": True, "public_text": "通道堵塞，联系13800138000"} | values
    return listings.perform("publish", listing.pk, cast.officer, **typed)


def body(pk: int) -> str:
    """The public page of the listing, as a stranger reads it."""
    return Client().get(reverse("public-listing", args=[pk])).content.decode()


def test_nothing_is_public_before_a_person_publishes_it(listing):
    assert Client().get(reverse("public-listing", args=[listing.pk])).status_code == 404
    assert "目前没有公示" in Client().get(reverse("public-listing-list")).content.decode()


def test_a_publication_elsewhere_stays_off_the_page(cast, listing):
    publish(cast, listing, online=False)
    assert Client().get(reverse("public-listing", args=[listing.pk])).status_code == 404


def test_a_stranger_reads_what_was_published_and_no_person(cast, listing):
    publish(cast, listing)
    page = body(listing.pk)
    assert listing.number in page
    for hidden in ("13800138000", "王某", "李四", "测试officer"):
        assert hidden not in page
    assert not re.search(r"1[3-9]\d{9}", page)
    assert listing.number in Client().get(reverse("public-listing-list")).content.decode()


def test_it_ends_with_its_last_day(cast, listing):
    with clock.at(START):
        publish(cast, listing, public_until=(START + 3 * DAY).date())
    with clock.at(START + 3 * DAY):
        assert listing.number in body(listing.pk)
    with clock.at(START + 4 * DAY):
        assert Client().get(reverse("public-listing", args=[listing.pk])).status_code == 404


def test_it_is_withdrawn_with_a_reason_and_stays_on_record(cast, listing):
    publish(cast, listing)
    withdrawn = listings.perform("unpublish", listing.pk, cast.officer, reason="内容有误")
    assert Client().get(reverse("public-listing", args=[listing.pk])).status_code == 404
    assert withdrawn.public_from is not None
    with pytest.raises(Forbidden):
        listings.perform("unpublish", listing.pk, cast.officer, reason="再撤")


def test_a_last_day_in_the_past_is_refused(cast, listing):
    with pytest.raises(Refused):
        publish(cast, listing, public_until=(clock.now() - timedelta(days=1)).date())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("电话13800138000。", "电话138****00。"),
        ("0871-67812345", "087****45"),
        ("身份证532325198001011234", "身份证532****34"),
        ("隐患编号532325-2026-00012，3台设备", "隐患编号532325-2026-00012，3台设备"),
    ],
)
def test_phone_and_identity_numbers_are_masked(text, shown):
    assert masked(text) == shown
