"""The auditor's pages."""

from __future__ import annotations

import pytest
from django.db import connection
from django.urls import reverse

import audit
from audit import actions, jobs
from audit.models import AuditEntry
from common.models import BackgroundWork

pytestmark = pytest.mark.django_db
OTHERS = ["officer", "head", "department", "grid", "expert", "principal", "safety", "leader", "sysadmin", "secadmin"]


@pytest.mark.parametrize("name", OTHERS)
@pytest.mark.parametrize("page", ["audit-list", "audit-chain"])
def test_nobody_but_the_auditor_reads_the_record(as_, name, page):
    assert as_(name).get(reverse(page)).status_code == 403


def test_reading_the_record_is_recorded(as_, cast):
    assert as_("auditor").get(reverse("audit-list"), {"actor": "officer"}).status_code == 200
    entry = AuditEntry.objects.get(action=actions.AUDIT_VIEW)
    assert (entry.actor, entry.after) == (cast.auditor, {"query": "actor=officer"})


@pytest.mark.parametrize(
    "query",
    [
        {"sign_ins": "true"},
        {"actor": "测试officer"},
        {"action": "auth.sign_in"},
        {"target_type": "units.user", "target": "测试off"},
        {"at_min": "2020-01-01", "at_max": "2999-01-01", "actor": "officer"},
    ],
)
def test_filters_find_who_did_what(as_, cast, query):
    audit.record("test.act", cast.units["firm"], actor=cast.head)
    as_("officer")
    page = as_("auditor").get(reverse("audit-list"), query)
    shown = {row.cells[1].text for row in page.context["ledger"].rows}
    assert "测试officer" in shown
    assert "测试head" not in shown


def test_an_address_that_is_none_finds_nothing(as_):
    page = as_("auditor").get(reverse("audit-list"), {"address": "nonsense"})
    assert page.context["ledger"].rows == []


def test_an_entry_shows_before_and_after(as_, cast):
    entry = audit.record(
        "test.act", cast.units["firm"], actor=cast.head, before={"期限": "3月5日"}, after={"期限": "3月12日"}
    )
    connection.check_constraints()
    page = as_("auditor").get(reverse("audit-entry", args=[entry.pk])).content.decode()
    assert "3月5日" in page
    assert "3月12日" in page
    assert entry.link.hash in page


def test_the_list_costs_the_same_at_ten_and_a_thousand_entries(as_, cast, django_assert_max_num_queries):
    AuditEntry.objects.bulk_create(
        AuditEntry(at=cast.officer.created_at, actor=cast.officer, action="test.act") for _ in range(1_000)
    )
    browser = as_("auditor")
    with django_assert_max_num_queries(12):
        browser.get(reverse("audit-list"))


def test_an_export_is_recorded_before_it_leaves(as_, cast):
    response = as_("auditor").get(reverse("audit-list"), {"export": "csv"})
    assert response.status_code == 200
    assert AuditEntry.objects.filter(action=actions.EXPORT, actor=cast.auditor).exists()


def test_the_chain_page_shows_the_head_to_note_down(as_):
    audit.record("test.act")
    connection.check_constraints()
    browser = as_("auditor")
    page = browser.get(reverse("audit-chain"))
    assert page.context["head"].hash in page.content.decode()


def test_verification_reports_to_the_auditor_and_to_the_record(cast):
    audit.record("test.act")
    connection.check_constraints()
    work = BackgroundWork.objects.create(owner=cast.auditor, kind=jobs.VERIFY, title="校验审计链")
    jobs.verify_chain(work.pk)
    jobs.verify_chain(work.pk)
    work.refresh_from_db()
    assert (work.state, work.result["broken"]) == (BackgroundWork.State.DONE, 0)
    assert AuditEntry.objects.filter(action=actions.AUDIT_VERIFY).count() == 1
