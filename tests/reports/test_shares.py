"""自查率 and 检查覆盖率: one definition each, opened to the enterprises, the same on page, list, file and API."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from common import clock
from inspections.models.self_checks import SelfCheckRule
from reports.statistics import SHARES, Period
from reports.statistics.shares import count
from tests.inspections.self_checks import check_of
from tests.inspections.test_plans import visit
from units.models import Enterprise, Unit


def taken(cast, key, who="officer", period=None):
    found = count(SHARES[key], cast.fresh(who), period or Period.this_month())
    return found.above, found.below


def test_a_zero_report_counts_as_a_self_check(cast):
    assert taken(cast, "self_check_rate") == (0, 2)
    assert check_of(cast).bad_count == 0
    assert taken(cast, "self_check_rate") == (1, 2)


def test_a_check_filed_before_the_period_does_not_count(cast):
    check_of(cast)
    tomorrow = clock.today() + timedelta(days=1)
    with clock.at(clock.midnight(tomorrow + timedelta(days=1))):
        assert taken(cast, "self_check_rate", period=Period(tomorrow, tomorrow)) == (0, 2)


def test_who_owes_no_check_is_not_in_the_base_and_nobody_is_none(cast):
    for cadence in ("month", "lead_quarter"):
        SelfCheckRule.objects.create(
            area_path="", cadence=cadence, applies=SelfCheckRule.Applies.HIGH_RISK, signer="safety", basis="试点",
            effective_from=clock.today(),
        )  # fmt: skip
    found = count(SHARES["self_check_rate"], cast.fresh("officer"), Period.this_month())
    assert (found.below, found.value) == (0, None)


def test_coverage_counts_an_enterprise_once_and_a_recheck_never(cast):
    visit(cast), visit(cast), visit(cast, mode="recheck", unit="neighbour")
    visit(cast, unit="neighbour", state="running", finished_at=None)
    assert taken(cast, "coverage_rate") == (1, 2)


def test_a_closed_or_later_founded_enterprise_is_not_in_the_base(cast):
    Enterprise.objects.filter(unit=cast.units["neighbour"]).update(state="closed")
    assert taken(cast, "coverage_rate") == (0, 1)
    Unit.objects.filter(pk=cast.units["firm"].pk).update(created_at=clock.now() + timedelta(days=1))
    assert taken(cast, "coverage_rate") == (0, 0)


@pytest.mark.parametrize(("who", "base"), [("officer", 2), ("department", 1), ("grid", 1), ("safety", 1)])
def test_everybody_gets_the_share_of_their_own_scope(cast, who, base):
    assert taken(cast, "coverage_rate", who)[1] == base


def test_the_number_opens_the_enterprises_and_its_parts_open_theirs(as_, cast):
    visit(cast)
    client = as_("officer")
    page = client.get(reverse("share-records", args=["coverage_rate"])).context["ledger"]
    figures = {figure.label: figure for figure in page.figures}
    assert (figures["分子"].value, figures["分母"].value, figures["检查覆盖率"].value) == (1, 2, "50.0%")
    listed = client.get(reverse("share-records", args=["coverage_rate"]) + figures["分子"].url).context["ledger"].rows
    assert [row.name for row in listed] == ["甲街道食品厂"]


def test_page_file_and_api_say_the_same(as_, cast):
    visit(cast)
    client = as_("officer")
    shown = {row["figure"].key: row["cells"][0]["value"] for row in client.get("/statistics/").context["figures"]}
    answer = {row["key"]: row["value"] for row in client.get("/api/v1/statistics/").json()["figures"]}
    assert (shown["coverage_rate"], answer["coverage_rate"]) == ("50.0%", 0.5)
    file = b"".join(client.get("/statistics/?export=csv&table=figures").streaming_content).decode("utf-8-sig")
    assert "检查覆盖率,50.0%" in file


def test_an_unknown_share_or_period_does_not_exist(as_, cast):
    client = as_("officer")
    assert client.get(reverse("share-records", args=["nothing"])).status_code == 404
    assert client.get(reverse("share-records", args=["coverage_rate"]) + "?from=x&to=y").status_code == 404
