"""Signing in and out, lock-out, due passwords, idle sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from audit.models import AuditEntry
from common import clock
from tests.cast import PASSWORD, Cast
from units import passwords
from units.models import UserSession
from units.transitions.passwords import change_password, reset_password

SIGN_IN = "/sign-in/"


def sign_in(browser: Client, username: str, password: str = PASSWORD, **more: str):
    return browser.post(SIGN_IN, {"username": username, "password": password, **more})


def test_a_person_signs_in_and_lands_on_the_first_page(client: Client, cast: Cast) -> None:
    response = sign_in(client, "officer")
    assert response.url == reverse("home")
    session = UserSession.objects.get(user=cast.officer)
    assert session.address == "127.0.0.1"
    assert session.started_at is not None


def test_sign_in_returns_to_the_page_asked_for_but_never_to_another_site(client: Client, cast: Cast) -> None:
    assert sign_in(client, "officer", next="/account/").url == "/account/"
    assert sign_in(Client(), "officer", next="https://example.com/").url == reverse("home")


@pytest.mark.parametrize("route", ["account", "enterprise-list", "search", "workbench", "api-docs"])
def test_every_page_asks_for_sign_in(client: Client, cast: Cast, route: str) -> None:
    address = reverse(route)
    assert client.get(address).url == f"{SIGN_IN}?next={address}"


def test_a_wrong_password_keeps_what_was_typed_and_says_so(client: Client, cast: Cast) -> None:
    response = sign_in(client, "officer", "wrong")
    assert "用户名或密码不正确" in response.content.decode()
    assert 'value="officer"' in response.content.decode()


def test_five_failures_lock_the_account_for_fifteen_minutes(cast: Cast) -> None:
    answers = [sign_in(Client(), "officer", f"wrong{n}") for n in range(5)]
    assert answers[-1].status_code == 429
    assert "15分钟" in answers[-1].content.decode()
    assert sign_in(Client(), "officer").status_code == 429
    assert sign_in(Client(), "head").status_code == 302
    assert AuditEntry.objects.filter(action="auth.locked_out", actor_name="officer").exists()
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert sign_in(Client(), "officer").status_code == 302


def test_the_security_administrator_unlocks(cast: Cast, as_) -> None:
    for number in range(5):
        sign_in(Client(), "officer", f"wrong{number}")
    secadmin = as_("secadmin")
    assert "已锁定" in secadmin.get(reverse("lock-out-list")).content.decode()
    secadmin.post(reverse("unlock"), {"username": "officer"})
    assert sign_in(Client(), "officer").status_code == 302


def test_a_first_sign_in_leads_to_the_password_page_and_nowhere_else(client: Client, cast: Cast) -> None:
    given = reset_password(cast.officer, cast.fresh("sysadmin"))
    sign_in(client, "officer", given)
    assert client.get(reverse("enterprise-list")).url == reverse("change-password")
    assert client.get("/api/v1/me/").json()["code"] == "password_due"
    answer = client.post(reverse("change-password"), {"current": given, "new": "Xin#Mima2026", "again": "Xin#Mima2026"})
    assert answer.url == reverse("home")
    assert client.get(reverse("enterprise-list")).status_code == 200


def test_a_password_is_due_after_ninety_days(cast: Cast) -> None:
    user = cast.officer
    with clock.at(user.password_changed_at + timedelta(days=90)):
        assert not passwords.is_due(user)
    with clock.at(user.password_changed_at + timedelta(days=90, seconds=1)):
        assert passwords.is_due(user)


@pytest.mark.parametrize(
    ("new", "text"),
    [
        ("Ab1#", "至少"),
        ("abcdefgh1", "至少三类"),
        ("Officer#1", "用户名"),
        (PASSWORD, "最近5次"),
    ],
)
def test_a_weak_or_former_password_is_refused(as_, cast: Cast, new: str, text: str) -> None:
    response = as_("officer").post(reverse("change-password"), {"current": PASSWORD, "new": new, "again": new})
    assert text in str(response.context["form"].errors["new"])


def test_the_last_five_passwords_are_remembered_and_no_more(cast: Cast) -> None:
    user = cast.officer
    for number in range(7):
        change_password(user, f"Mima#{number}00000")
        user.refresh_from_db()
    assert user.former_passwords.count() == passwords.REMEMBERED
    assert user.check_password("Mima#600000")


def test_thirty_idle_minutes_end_the_session(client: Client, cast: Cast) -> None:
    sign_in(client, "officer")
    with time_machine.travel(clock.now() + timedelta(minutes=29)):
        assert client.get(reverse("account")).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=58)):
        assert client.get(reverse("account")).status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=89)):
        assert client.get(reverse("account")).status_code == 302


def test_signing_out_needs_a_post_and_ends_the_session(client: Client, cast: Cast) -> None:
    sign_in(client, "officer")
    assert client.get(reverse("sign-out")).status_code == 405
    client.post(reverse("sign-out"))
    assert not UserSession.objects.live().filter(user=cast.officer).exists()


def test_a_one_time_password_satisfies_the_rules(cast: Cast) -> None:
    from django.contrib.auth.password_validation import validate_password

    given = {passwords.one_time() for _ in range(20)}
    assert len(given) == 20
    for password in given:
        validate_password(password, cast.officer)
