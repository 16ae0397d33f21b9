"""The pages of 危险作业: reporting keeps what was typed, the map and lists keep their scope."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common import clock
from inspections.models import HazardousWork
from tests.inspections.works import typed, work_of

NEW = "/inspections/hazardous-works/new/"


def form(**changes):
    starts = clock.local(clock.now() + timedelta(days=2))
    crew = {
        "crew-TOTAL_FORMS": "3", "crew-INITIAL_FORMS": "0", "crew-0-post": "worker", "crew-0-name": "李焊",
        "crew-0-certificate": "T5301", "crew-0-valid_until": "2099-01-01", "crew-1-post": "guardian",
        "crew-1-name": "王护", "crew-2-post": "worker",
    }  # fmt: skip
    times = {"starts_at": f"{starts:%Y-%m-%dT%H:%M}", "ends_at": f"{starts + timedelta(hours=4):%Y-%m-%dT%H:%M}"}
    return {**typed(), **times, **crew, **changes}


def test_an_enterprise_reports_by_the_page(cast, as_):
    answer = as_("safety").post(NEW, form())
    work = HazardousWork.objects.get()
    assert answer.url == work.get_absolute_url()
    assert [person.name for person in work.crew.all()] == ["李焊", "王护"]


def test_an_expired_certificate_is_said_at_its_row_and_everything_typed_stays(cast, as_):
    answer = as_("safety").post(NEW, form(**{"crew-0-valid_until": "2020-01-01"}))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "李焊的证书已于2020年1月1日过期" in page
    assert "更换二车间管道" in page
    assert not HazardousWork.objects.exists()


def test_a_crew_without_guardian_is_said_above_the_form(cast, as_):
    answer = as_("safety").post(NEW, form(**{"crew-1-post": "worker", "crew-1-certificate": "T9"}))
    assert answer.status_code == 422
    assert "请至少填写一名作业人和一名监护人。" in answer.content.decode()


@pytest.mark.parametrize(("who", "sees"), [("officer", True), ("grid", True), ("rival_officer", False)])
def test_the_map_shows_the_works_of_ones_own_area(cast, as_, who, sees):
    now = clock.now()
    work_of(
        cast, starts_at=now, ends_at=now + timedelta(hours=2), short_notice_reason="急", latitude=24.9, longitude=102.4
    )
    page = as_(who).get(reverse("hazardous-work-map"))
    assert bool(page.context["marks"]) is sees
    assert json.loads(json.dumps(page.context["marks"])) == page.context["marks"]


def test_a_work_shows_its_steps_crew_and_what_may_be_done(cast, as_):
    work = work_of(cast)
    page = as_("safety").get(work.get_absolute_url()).content.decode()
    assert "登记方案审批" in page
    assert "王护" in page
    assert "要求暂停作业" not in page
    assert "要求暂停作业" in as_("grid").get(work.get_absolute_url()).content.decode()


def crowd(template: HazardousWork, total: int) -> None:
    """Like works until there are `total`."""
    fields = [field.attname for field in template._meta.concrete_fields if field.attname not in ("id", "once")]
    values = {name: getattr(template, name) for name in fields}
    missing = total - HazardousWork.objects.count()
    HazardousWork.objects.bulk_create(HazardousWork(**values) for _ in range(missing))


def test_the_ledger_costs_the_same_for_many_rows_and_exports(cast, as_):
    template, browser, counts = work_of(cast), as_("officer"), []
    for total in (10, 1000):
        crowd(template, total)
        browser.get("/inspections/hazardous-works/")
        with CaptureQueriesContext(connection) as seen:
            assert browser.get("/inspections/hazardous-works/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert browser.get("/inspections/hazardous-works/?export=xlsx").status_code == 200
