"""The dashboard and the statistics: scope, speed, wall, files."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEntry
from common import clock
from hazards.models import Hazard
from reports import dashboard
from reports.statistics import Period, compute, month_trend
from tests.reports.builders import NOW, history, list_some, notice_in


@pytest.fixture(autouse=True)
def at_a_fixed_moment(db):
    """Nothing is kept from the test before."""
    cache.clear()
    with clock.at(NOW):
        yield
    cache.clear()


def queries_of(browser, url: str) -> int:
    """How many queries one request needs when nothing is kept."""
    cache.clear()
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert browser.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("route", ["dashboard", "statistics"])
def test_the_number_of_queries_is_the_same_at_10_and_at_1000(cast, as_, route):
    browser, url = as_("officer"), reverse(route)
    history(cast, 10)
    list_some(cast, 1)
    browser.get(url)
    small = queries_of(browser, url)
    history(cast, 990, seed=2)
    assert queries_of(browser, url) <= small + 1  # the count of an alert with more than it shows
    assert small <= 26


def test_within_a_minute_nothing_is_computed_twice(cast, as_):
    history(cast, 50)
    browser, url = as_("leader"), reverse("dashboard")
    first = queries_of(browser, url)
    with CaptureQueriesContext(connection) as captured:
        browser.get(url)
    assert len(captured) <= first - 8


def test_people_of_one_scope_share_what_was_computed_and_others_never(cast):
    history(cast, 80)
    street, village, firm = (dashboard.computed(cast.people[name])["now"] for name in ("leader", "grid", "safety"))
    assert dashboard.computed(cast.officer)["now"] == street
    own = Hazard.objects.filter(area_path__startswith=cast.areas["village"].path)
    assert village["stock"] == compute(own, Period.this_month(), ["stock"])["stock"] < street["stock"]
    assert firm["stock"] <= village["stock"]
    theirs = Hazard.objects.filter(area_path__startswith=cast.areas["rival_street"].path)
    assert dashboard.computed(cast.rival_officer)["now"] == compute(theirs, Period.this_month(), dashboard.KEYS)


@pytest.mark.parametrize("name", ["expert", "sysadmin", "secadmin", "auditor"])
@pytest.mark.parametrize("route", ["dashboard", "statistics", "alert-missed", "alert-unsigned"])
def test_others_have_no_figures(cast, as_, name, route):
    assert as_(name).get(reverse(route)).status_code == 403


def test_the_wall_reloads_itself_and_carries_no_script_of_its_own(cast, as_):
    history(cast, 40)
    page = as_("leader").get(reverse("dashboard"), {"wall": "1"}).content.decode()
    assert 'data-refresh="60"' in page
    assert '<noscript><meta http-equiv="refresh" content="60"></noscript>' in page


def test_alerts_name_what_cannot_wait(cast, as_):
    history(cast, 120)
    list_some(cast, 2)
    notice_in(cast, "issued")
    with clock.at(NOW.replace(month=12)):
        found = {alert.title: alert.count for alert in dashboard.alerts(cast.fresh("officer"))}
        assert set(found) == {"重大隐患逾期", "督办进展逾期未报", "通报逾期未签收"}
        assert found["督办进展逾期未报"] == 2
        assert as_("officer").get(reverse("alert-unsigned")).context["paginator"].count == found["通报逾期未签收"]


def test_a_listing_counts_while_it_stands(cast):
    history(cast, 120)
    list_some(cast, 2)
    everything = Hazard.objects.all()
    assert compute(everything, Period.this_month(), ["listed"]) == {"listed": 2}
    assert compute(everything, Period.month(2026, 10), ["listed"]) == {"listed": 0}


def test_the_trend_of_the_dashboard_equals_each_month(cast):
    history(cast, 150)
    months = dashboard.last_months()
    assert (len(months), months[-1]) == (12, Period.month(2026, 11))
    for period, row in zip(months, month_trend(Hazard.objects.all(), months), strict=True):
        assert {key: row[key] for key in ("stock", "new")} == compute(Hazard.objects.all(), period, ("stock", "new"))


@pytest.mark.parametrize(
    ("asked", "label"),
    [
        ({}, "2026年11月1日至2026年11月22日"),
        ({"span": "month-2026-10"}, "2026年10月"),
        ({"span": "quarter-2026-3"}, "2026年第三季度"),
        ({"span": "year-2025-1"}, "2025年"),
        ({"from": "2026-01-05", "to": "2026-02-06"}, "2026年1月5日至2026年2月6日"),
    ],
)
def test_the_period_is_a_month_a_quarter_a_year_or_any_days(cast, as_, asked, label):
    page = as_("officer").get(reverse("statistics"), asked)
    assert page.context["period"].label == label


@pytest.mark.parametrize(
    "asked", [{"from": "2026-03-01"}, {"from": "2026-03-01", "to": "2026-02-01"}, {"from": "甲", "to": "乙"}]
)
def test_a_wrong_period_is_explained_and_kept(cast, as_, asked):
    page = as_("officer").get(reverse("statistics"), asked)
    assert page.status_code == 422
    assert page.context["form"].errors
    assert asked["from"] in page.content.decode()


@pytest.mark.parametrize(
    "query",
    ["by=village", "by=unit&group=x", "by=nonsense", "from=2026-02-30&to=2026-03-01", "from=1000-01-01&to=2026-01-01"],
)
def test_a_records_address_that_says_nothing_sensible_is_not_found_or_empty(cast, as_, query):
    answer = as_("officer").get(f"{reverse('figure-records', args=['new'])}?{query}")
    assert answer.status_code == 404 or answer.context["paginator"].count == 0


def test_nothing_due_means_a_dash_and_no_rank(cast, as_):
    history(cast, 3)
    Hazard.objects.update(due_at=None, state="submitted")
    rows = as_("officer").get(reverse("statistics"), {"by": "unit"}).context["rows"]
    assert rows
    assert {(row["rank"], row["cells"][-1]["value"]) for row in rows} == {(None, "—")}


@pytest.mark.parametrize("table", ["figures", ""])
def test_the_statistics_leave_as_a_workbook_and_the_export_is_recorded(cast, as_, table):
    history(cast, 60)
    answer = as_("officer").get(reverse("statistics"), {"export": "xlsx", "table": table, "by": "village"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    text = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert ({"期末存量"} if table else {"甲村", "新增隐患"}) <= text
    assert AuditEntry.objects.filter(action="ledger.export").count() == 1


def test_a_department_counts_its_own_sectors(cast):
    history(cast, 60)
    own = dashboard.computed(cast.department)["now"]["stock"]
    supervised = Hazard.objects.filter(department=cast.units["department"])
    assert own == compute(supervised, Period.this_month(), ["stock"])["stock"] > 0
