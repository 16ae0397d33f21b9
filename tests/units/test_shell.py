"""The frame around every page: navigation, unread count, type size, saved views."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from messaging.transitions import notify
from tests.cast import Cast
from units import navigation

WORK = ["工作台", "隐患", "督办", "检查", "企业", "任务", "通报与统计", "驾驶舱"]


@pytest.mark.parametrize(
    ("person", "labels"),
    [
        ("officer", [*WORK, "系统"]),
        ("department", [*WORK, "系统"]),
        ("leader", WORK),
        ("safety", WORK),
        ("principal", [*WORK, "系统"]),
        ("expert", ["工作台", "隐患", "检查"]),
        ("sysadmin", ["系统"]),
        ("auditor", ["系统"]),
    ],
)
def test_the_navigation_holds_what_the_hat_may_open(cast: Cast, person: str, labels: list[str]) -> None:
    assert [shown.label for shown in navigation.entries(cast.fresh(person), "/")] == labels


@pytest.mark.parametrize("person", ["officer", "grid", "safety", "expert", "leader", "sysadmin", "secadmin", "auditor"])
def test_every_entry_leads_somewhere_the_person_may_go(as_, cast: Cast, person: str) -> None:
    user, browser = cast.fresh(person), as_(person)
    shown = [*navigation.entries(user, "/"), *navigation.entries(user, "/", navigation.TABS)]
    shown += [entry for _, group in navigation.system_entries(user) for entry in group]
    for entry in shown:
        assert browser.get(entry.url).status_code == 200, entry.label


def test_the_entry_of_the_page_is_active(cast: Cast) -> None:
    def active(path: str) -> list[str]:
        return [shown.label for shown in navigation.entries(cast.fresh("officer"), path) if shown.active]

    assert active("/units/12/edit/") == ["企业"]
    assert active("/hazards/3/actions/confirm/") == ["隐患"]
    assert active("/account/") == []


def test_unread_messages_are_counted_for_the_person_only(as_, cast: Cast) -> None:
    notify([cast.officer], kind="common.calendar_missing", title="测试", key="k")
    assert as_("officer").get(reverse("account")).context["shell"].unread == 1
    assert as_("head").get(reverse("account")).context["shell"].unread == 0


def test_large_type_is_kept_in_the_browser_before_sign_in_and_with_the_person_after(as_, cast: Cast) -> None:
    stranger = Client()
    stranger.post(reverse("large-type"), {"next": "/sign-in/"})
    assert "large-type" in stranger.get("/sign-in/").content.decode().split("<head>")[0]
    browser = as_("officer")
    assert browser.post(reverse("large-type"), {"next": "//evil.example/"}).url == reverse("home")
    assert cast.fresh("officer").large_type


def test_a_saved_view_returns_to_its_ledger_with_its_filter(as_, cast: Cast) -> None:
    browser = as_("officer")
    typed = {"page": "/enterprises/", "name": "红色企业", "query": "risk=red"}
    assert browser.post(reverse("saved-view-save"), typed).url == "/enterprises/?risk=red"
    assert "红色企业" in browser.get("/enterprises/").content.decode()
    typed["page"] = "https://evil.example/"
    assert browser.post(reverse("saved-view-save"), typed).url == "/"
