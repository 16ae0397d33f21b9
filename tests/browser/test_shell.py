"""Signing in, and the lists and settings every role finds in its navigation."""

from __future__ import annotations

from datetime import date

import pytest

from tests.browser import STORY
from tests.browser.given import confirmed_hazard

pytestmark = STORY
PAGES: dict[str, tuple[str, ...]] = {
    "office": (
        "hazards", "enterprises", "units", "areas", "account", "messages", "work", "criteria", "imports",
        "supervision", "supervision/letters", "supervision/listings", "supervision/ladder", "notices", "statistics",
        "system/limits", "system/calendar",
    ),
    "leader": ("dashboard",),
    "sysadmin": ("accounts", "system"),
    "secadmin": ("system/lock-outs", "system/sessions", "system/matrix"),
    "auditor": ("audit", "audit/chain"),
}  # fmt: skip


def test_a_stranger_signs_in_and_finds_what_to_do(people):
    stranger = people.guest("office")
    stranger.open("/sign-in/")
    stranger.look("sign-in")
    stranger.sign_in()
    stranger.sees("工作台", "现在没有待办事项")
    stranger.look("workbench")
    stranger.open("/search/?q=安裕")
    stranger.look("search")


@pytest.mark.parametrize("role", PAGES)
def test_the_pages_of_a_role_fit_and_have_no_barriers(people, street, role):
    confirmed_hazard(street, "key", date(2026, 3, 20), "疏散通道堆放杂物。")
    person = people.signed_in(role)
    for path in PAGES[role]:
        person.open(f"/{path}/")
        person.look(path.replace("/", "-"))
