"""Signing in, and the frame around every page."""

from __future__ import annotations

from tests.browser import STORY

pytestmark = STORY


def test_everybody_signs_in_and_finds_their_pages(people):
    stranger = people.guest()
    stranger.open("/sign-in/")
    stranger.look("sign-in")
    office = people.signed_in("office")
    office.look("workbench")
    for path, name in PAGES.items():
        office.open(path)
        office.look(name)


PAGES = {
    "/hazards/": "hazards",
    "/enterprises/": "enterprises",
    "/units/": "units",
    "/areas/": "areas",
    "/account/": "account",
    "/messages/": "messages",
    "/work/": "work",
    "/criteria/": "criteria",
    "/search/?q=安裕": "search",
}
