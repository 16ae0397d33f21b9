"""Every number on a page equals the list its link opens, for everybody who may see the page."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse
from lxml import html

from common import clock
from hazards.models import Hazard
from reports.statistics import FIGURES, SHARES, Period, compute
from tests.reports.builders import NOW, history, list_some, notice_in

LISTS = ("/records/", "/shares/", "/figures/", "/alerts/")
READERS = ("officer", "leader", "department", "grid", "safety")


@pytest.fixture
def street(cast):
    """A street with a history, at a fixed moment."""
    with clock.at(NOW):
        history(cast, 160)
        list_some(cast)
        yield cast


def numbers(page: str) -> dict[str, str]:
    """Address → number of every linked number that opens a list of records."""
    found = {}
    for link in html.fromstring(page).iter("a"):
        url = link.get("href", "")
        value = link.xpath("string(.//*[@class='stat-value'])") or link.text_content()
        text = re.sub(r"[\s,条]", "", value)
        if any(part in url for part in LISTS) and re.fullmatch(r"[\d.]+%?|—", text):
            assert found.setdefault(url, text) == text, url
    return found


def counted(browser, url: str) -> str:
    """What the list at `url` says: how many records, or for a rate the rate of its two counts."""
    answer = browser.get(url)
    assert answer.status_code == 200, url
    state, total = answer.context["ledger"], answer.context["paginator"].count
    key = url.split("?", maxsplit=1)[0].rstrip("/").split("/")[-1]
    figure = FIGURES.get(key) or SHARES.get(key)
    if figure is None or figure.kind == "count":
        return str(total)
    stated = next(shown for shown in state.figures if shown.label == figure.label)
    return "—" if stated.value is None else str(stated.value)


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("route", ["dashboard", "statistics"])
def test_every_number_equals_its_list(street, as_, name, route):
    browser = as_(name)
    found = numbers(browser.get(reverse(route)).content.decode())
    assert len(found) > 20
    wrong = {url: (text, said) for url, text in found.items() if (said := counted(browser, url)) != text}
    assert wrong == {}


@pytest.mark.parametrize("by", ["department", "sector", "unit", "level", "channel", "category"])
def test_every_table_of_the_statistics_opens(street, as_, by):
    browser = as_("officer")
    page = browser.get(reverse("statistics"), {"by": by, "from": "2026-07-01", "to": "2026-09-30"})
    found = {url: text for url, text in numbers(page.content.decode()).items() if f"by={by}" in url}
    assert found
    assert {url: counted(browser, url) for url in found} == found


def test_every_number_of_a_notice_equals_the_list_it_was_computed_from(street, as_):
    notice, browser = notice_in(street, "drafted"), as_("officer")
    found = numbers(browser.get(notice.get_absolute_url()).content.decode())
    assert len(found) > 30
    assert {url: counted(browser, url) for url in found if "mean_days" not in url} == {
        url: text for url, text in found.items() if "mean_days" not in url
    }


def test_a_rate_opens_its_numerator_and_its_denominator(street, as_):
    browser = as_("leader")
    answer = browser.get(reverse("figure-records", args=["closing_rate"]))
    above, below, rate = answer.context["ledger"].figures
    period = Period.this_month()
    with clock.at(NOW):
        assert rate.value == f"{compute(Hazard.objects.for_user(street.leader), period)['closing_rate']:.1%}"
    assert browser.get(above.url).context["paginator"].count == above.value
    assert browser.get(below.url).context["paginator"].count == below.value
