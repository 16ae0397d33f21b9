"""What an audit entry says: who, in which role, from where, what before and after."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.contrib.auth import authenticate
from django.test import RequestFactory
from django.utils import timezone

import audit
from audit import actions, context
from audit.models import AuditEntry
from common import clock

pytestmark = pytest.mark.django_db
MOMENT = timezone.make_aware(datetime(2026, 3, 5, 8, 30))


@pytest.fixture
def request_of(cast):
    """A request being served for a person of the cast."""
    tokens = []

    def serve(name: str, **meta: str):
        request = RequestFactory().get("/", **meta)
        request.user, request.audit_id = cast.people[name], "abc"
        tokens.append(context.enter(request))
        return request

    yield serve
    for token in reversed(tokens):
        context.leave(token)


def test_who_changed_this_deadline_is_answered(cast, request_of):
    request_of("head", REMOTE_ADDR="10.0.0.7")
    unit = cast.units["firm"]
    old, new = MOMENT, MOMENT + timedelta(days=7)
    with clock.at(MOMENT):
        audit.record("hazards.change_deadline", unit, before={"due_at": old, "level": "KEY"},
                     after={"due_at": new, "level": "KEY"}, reason="登记错误")  # fmt: skip
    [entry] = AuditEntry.objects.of_target(unit)
    assert (entry.actor, entry.hat, entry.address) == (cast.head, str(cast.head.hat), "10.0.0.7")
    assert (entry.at, entry.reason, entry.target_label) == (MOMENT, "登记错误", str(unit))
    assert entry.before == {"due_at": old.isoformat()}
    assert entry.after == {"due_at": new.isoformat()}


def test_a_job_acts_as_the_system(db):
    entry = audit.record("test.act")
    assert (entry.actor, entry.actor_name, entry.address) == (None, "系统", None)


def test_a_snapshot_never_holds_the_password(cast):
    assert "password" not in audit.snapshot(cast.officer)


def test_characters_the_database_cannot_hold_are_replaced(db):
    entry = audit.record("test.act", actor_name="a\x00b\ud800", after={"词": "x\x00y"})
    entry.refresh_from_db()
    assert entry.actor_name == "a\ufffdb?"
    assert entry.after == {"词": "x\ufffdy"}


def test_only_our_own_proxies_are_believed(request_of, settings):
    request = request_of("officer", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="1.1.1.1, 2.2.2.2")
    assert context.address_of(request) == "10.0.0.1"
    settings.TRUSTED_PROXY_COUNT = 1
    assert context.address_of(request) == "2.2.2.2"


def test_a_code_cannot_mean_two_things():
    actions.register({"auth.sign_in": "登录"})
    with pytest.raises(ValueError, match=r"auth\.sign_in"):
        actions.register({"auth.sign_in": "进入"})


def test_sign_in_and_sign_out_are_recorded(cast, as_):
    browser = as_("officer")
    browser.logout()
    recorded = AuditEntry.objects.filter(actor=cast.officer).order_by("pk")
    assert [entry.action for entry in recorded] == [actions.SIGN_IN, actions.SIGN_OUT]


def test_failed_sign_ins_and_the_lock_out_are_recorded(cast, settings):
    request = RequestFactory().post("/sign-in/")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        authenticate(request, username="officer", password="wrong")
    recorded = AuditEntry.objects.filter(actor_name="officer").values_list("action", flat=True)
    assert Counter(recorded) == {actions.SIGN_IN_FAILED: settings.AXES_FAILURE_LIMIT, actions.LOCKED_OUT: 1}


def test_every_response_names_its_request(client):
    first, second = client.get("/healthz")["X-Request-ID"], client.get("/healthz")["X-Request-ID"]
    assert first != second
