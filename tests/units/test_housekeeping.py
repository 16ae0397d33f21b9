"""What the system does by itself: the daily check of the audit chain, the end of old sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

import audit
from audit import actions
from audit.models import AuditEntry
from common import clock
from messaging.models import Message
from units.jobs import check_audit_chain, end_old_sessions
from units.models import UserSession

BACKEND = "django.contrib.auth.backends.ModelBackend"


def checks():
    return AuditEntry.objects.filter(action=actions.AUDIT_VERIFY).order_by("pk")


@pytest.fixture
def recorded(cast):
    """A few entries, linked as at commit."""
    for person in (cast.officer, cast.head, cast.leader):
        audit.record(actions.EXPORT, person, actor=person)
    link()


def link():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def tamper():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER audit_auditentry_no_change")
        cursor.execute("UPDATE audit_auditentry SET reason = '改过' WHERE id = (SELECT min(id) FROM audit_auditentry)")
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER audit_auditentry_no_change")


def test_the_chain_is_checked_once_a_day_however_often_the_job_rings(recorded):
    for _ in range(3):
        check_audit_chain()
    assert [check.after["broken"] for check in checks()] == [0]
    with clock.at(clock.now() + timedelta(days=1)):
        check_audit_chain()
    assert checks().count() == 2


def test_the_auditor_sees_the_result(recorded, as_):
    check_audit_chain()
    text = as_("auditor").get("/audit/chain/").content.decode()
    assert "系统：校验" in text
    assert "完整" in text


def test_a_changed_entry_is_told_to_the_auditor_and_nobody_else(recorded, cast, as_):
    tamper()
    check_audit_chain()
    assert [message.recipient for message in Message.objects.filter(kind="units.audit_broken")] == [cast.auditor]
    assert "发现1处异常" in as_("auditor").get("/audit/chain/").content.decode()


def test_the_end_the_last_check_noted_must_still_be_there(recorded):
    check_audit_chain()
    noted = checks().get().after["head"]["position"]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditlink DISABLE TRIGGER audit_auditlink_no_change")
        cursor.execute("UPDATE audit_auditlink SET hash = repeat('a', 64) WHERE position = %s", [noted])
        cursor.execute("ALTER TABLE audit_auditlink ENABLE TRIGGER audit_auditlink_no_change")
    with clock.at(clock.now() + timedelta(days=1)):
        check_audit_chain()
    assert "anchor_missing" in {found["problem"] for found in checks().last().after["first"]}


def test_old_sessions_end_and_live_ones_stay(cast):
    for name in ("officer", "head"):
        Client().force_login(cast.people[name], backend=BACKEND)
    UserSession.objects.filter(user=cast.officer).update(expire_date=clock.now() - timedelta(minutes=1))
    end_old_sessions()
    assert list(UserSession.objects.values_list("user", flat=True)) == [cast.head.pk]
