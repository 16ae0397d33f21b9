"""A visit by pages that need no JavaScript, its ledger, and what the office keeps."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from common import clock
from hazards.models import CriterionItem, Hazard
from inspections.models import EnforcementCertificate, Inspection, InspectionSettings
from tests.files import jpeg
from tests.inspections.visiting import begun, certify, find, finished

pytestmark = pytest.mark.django_db


def test_a_visit_is_begun_filled_signed_and_concluded_by_forms(cast, as_):
    browser = as_("officer")
    values = {"uid": uuid.uuid4(), "unit": "甲街道食品厂", "kind": "patrol", "mode": "daily"}
    assert browser.post("/inspections/visits/new/", values).status_code == 302
    visit = Inspection.objects.get()
    rows = {f"r{row.pk}-outcome": "ok" for row in visit.results.all()}
    bad = visit.results.get(item__number=14)
    rows |= {f"r{bad.pk}-outcome": "bad", f"r{bad.pk}-note": "堆放杂物", f"r{bad.pk}-level": "general"}
    rows |= {f"r{bad.pk}-before": SimpleUploadedFile("a.jpg", jpeg(1)), "sign": "1"}
    assert browser.post(f"/inspections/visits/{visit.pk}/fill/", rows).status_code == 302
    mine = visit.members.get()
    marks = {f"m{mine.pk}-typed_reason": "无触屏", "site-name": "李四", "site-typed_reason": "无触屏"}
    assert browser.post(f"/inspections/visits/{visit.pk}/sign/", marks).status_code == 302
    assert browser.post(f"/inspections/visits/{visit.pk}/finish/", {"summary": ""}).status_code == 302
    visit.refresh_from_db()
    assert (visit.state, visit.bad_count) == ("done", 1)


def test_what_was_typed_stays_when_a_row_is_refused(cast, as_):
    visit = begun(cast)
    row = visit.results.first()
    data = {f"r{row.pk}-outcome": "bad", f"r{row.pk}-note": "写了一半", f"r{row.pk}-due_on": "不是日期"}
    answer = as_("officer").post(f"/inspections/visits/{visit.pk}/fill/", data)
    assert answer.status_code == 422
    assert "写了一半" in answer.content.decode()


def test_another_criterion_than_suggested_is_looked_up_and_picked_in_the_form(cast, as_):
    visit, browser = begun(cast), as_("officer")
    row = find(cast, visit, "officer", 2)
    other = CriterionItem.objects.in_force().exclude(pk=row.item.criterion_id or 0).last()
    address, name = f"/inspections/visits/{visit.pk}/fill/", f"r{row.pk}"
    typed = {f"{name}-outcome": "bad", f"{name}-note": "泄爆口被封堵", f"{name}-level": "major", f"{name}-revision": 1}
    found = browser.post(address, typed | {"search": f"{name}-criterion", f"{name}-criterion_q": other.title[:12]})
    offered = re.findall(rf'name="{name}-criterion" value="(\d+)"', found.content.decode())
    assert str(other.pk) in offered
    assert "泄爆口被封堵" in found.content.decode()
    picked = typed | {f"{name}-criterion": other.pk, f"{name}-revision": 2}
    assert browser.post(address, picked).status_code == 302
    finished(cast, visit, "officer")
    hazard = Hazard.objects.get()
    assert (hazard.level, hazard.criterion) == ("major", other)


def test_the_picker_stands_at_what_is_wrong_and_nowhere_else(cast, as_):
    visit = begun(cast)
    row = find(cast, visit, "officer", 2)
    page = as_("officer").get(f"/inspections/visits/{visit.pk}/fill/").content.decode()
    assert re.findall(r'name="(r\d+)-criterion_q"', page) == [f"r{row.pk}"]


def test_a_certificate_that_expired_yesterday_is_said_at_the_team_and_what_was_chosen_stays(cast, as_):
    certify(cast, "department")
    certify(cast, "second", days=-1)
    uid = str(uuid.uuid4())
    values = {"uid": uid, "unit": "甲街道食品厂", "kind": "administrative", "mode": "surprise", "team": cast.second.pk}
    answer = as_("department").post("/inspections/visits/new/", values)
    form = answer.context["form"]
    assert (answer.status_code, Inspection.objects.count()) == (422, 0)
    assert "到期" in " ".join(form.errors["team"])
    assert cast.second.name in " ".join(form.errors["team"])
    assert (form["mode"].value(), form["uid"].value()) == ("surprise", uid)


def test_the_form_sent_twice_begins_one_visit(cast, as_):
    values = {"uid": uuid.uuid4(), "unit": "甲街道食品厂", "kind": "patrol", "mode": "daily"}
    answers = [as_("officer").post("/inspections/visits/new/", values) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [
        f"/inspections/visits/{Inspection.objects.get().pk}/fill/"
    ] * 2


def test_a_missing_item_is_named_at_the_end(cast, as_):
    visit = begun(cast)
    answer = as_("officer").post(f"/inspections/visits/{visit.pk}/finish/", {})
    assert answer.status_code == 422
    assert "第1项没有结果" in answer.content.decode()


def test_the_ledger_filters_and_exports(cast, as_):
    finished(cast, begun(cast), "officer")
    begun(cast)
    browser = as_("officer")
    shown = browser.get("/inspections/visits/?state=done").content.decode()
    assert shown.count("row-link") == 1
    assert browser.get("/inspections/visits/?export=csv").status_code == 200


def test_the_page_of_a_concluded_visit_offers_its_record(cast, as_):
    visit = finished(cast, begun(cast), "officer")
    assert "制作安全巡查（服务指导）记录" in as_("officer").get(f"/inspections/visits/{visit.pk}/").content.decode()


def test_a_certificate_is_registered_and_one_that_ends_before_it_begins_is_refused(cast, as_):
    day = clock.today()
    values = {"user": cast.department.pk, "number": "YN1", "valid_from": day, "valid_until": day + timedelta(days=9)}
    browser = as_("officer")
    wrong = browser.post("/inspections/certificates/new/", values | {"valid_until": day - timedelta(days=1)})
    assert wrong.status_code == 422
    assert browser.post("/inspections/certificates/new/", values).status_code == 302
    assert EnforcementCertificate.objects.get().unit == cast.units["department"]


def test_certificates_are_found_by_holder_and_standing(cast, as_):
    certify(cast, "department", days=30)
    certify(cast, "second", days=-1)
    browser, name = as_("officer"), cast.second.name
    for query, expected in (
        ("standing=expired", 1),
        ("standing=expiring", 1),
        ("standing=valid", 1),
        (f"q={name}", 1),
        ("standing=revoked", 0),
    ):
        rows = browser.get(f"/inspections/certificates/?{query}").context["ledger"].rows
        assert len(rows) == expected, query


def test_the_body_of_reconsideration_is_a_government(cast, as_):
    values = {
        "organ": "甲街道办事处",
        "number_prefix": "甲街应急",
        "reconsideration_body": "市应急管理局",
        "court": "甲县人民法院",
    }
    browser = as_("head")
    assert browser.post("/inspections/settings/", values).status_code == 422
    assert browser.post("/inspections/settings/", values | {"reconsideration_body": "甲县人民政府"}).status_code == 302
    assert InspectionSettings.objects.get().number_prefix == "甲街应急"


def test_the_code_at_the_entrance_leads_to_the_app(cast, as_):
    answer = as_("officer").get(f"/inspections/places/{cast.units['firm'].pk}/qr.svg")
    assert answer["Content-Type"] == "image/svg+xml"


@pytest.mark.parametrize("address", ["/inspections/visits/", "/inspections/papers/"])
def test_a_list_costs_the_same_with_ten_and_a_thousand_rows(cast, as_, address, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser, model = as_("officer"), finished(cast, begun(cast), "officer")
    skipped = ("id", "uid")
    fields = {f.attname: getattr(model, f.attname) for f in Inspection._meta.concrete_fields if f.name not in skipped}
    browser.get(address)
    costs = []
    for count in (10, 990):
        Inspection.objects.bulk_create(Inspection(**fields) for _ in range(count))
        with CaptureQueriesContext(connection) as caught:
            browser.get(address)
        costs.append(len(caught))
    assert costs[0] == costs[1]
