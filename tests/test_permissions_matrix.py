"""Every route, every method, every role, a rival street, a rival enterprise and a stranger, against the expectations.

The routes come from the URLconf and the API schema; one without an expectation fails.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from config.api import VERSION, schema
from tests.cast import Cast
from tests.expectations import API, API_PUBLIC, GROUPS, PAGES, PUBLIC
from tests.expectations.language import EVERYBODY, Route, Way
from tests.world import Kwargs, build_world

UNKNOWN, FORBIDDEN, HIDDEN, WRONG_METHOD, BROKEN = 401, 403, 404, 405, 500
SAMPLE = ("head", "safety", "auditor", "rival_officer")
BACKEND = "django.contrib.auth.backends.ModelBackend"


def page_routes(resolver: URLResolver | None = None) -> Iterator[str]:
    """The names of all routes that are not in the API's namespace; an unnamed one is named by its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield entry.name or str(entry.pattern)
        elif entry.namespace != VERSION:
            yield from page_routes(entry)


def api_routes() -> dict[str, set[str]]:
    """Path → methods of the API schema."""
    return {
        path: {m for m in methods if m in ("get", "post", "put", "patch", "delete")}
        for path, methods in schema()["paths"].items()
    }


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    """One signed-in browser per person of the cast."""
    made = {}
    for name, person in cast.people.items():
        made[name] = Client(raise_request_exception=True)
        made[name].force_login(person, backend=BACKEND)
    return made


@pytest.fixture
def world(cast: Cast, photo: Any) -> dict[str, Kwargs]:
    """The records routes are tried on."""
    return build_world(cast, photo)


def status(browser: Client, method: str, address: str) -> tuple[int, str]:
    """The answer's status and target, with everything it wrote undone and the browser still signed in."""
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        response = getattr(browser, method)(address)
        answer = response.status_code, getattr(response, "url", "")
        transaction.set_rollback(True)
    browser.cookies = cookies
    return answer


def complaint(way: Way | None, name: str, code: int) -> str:
    """What is wrong with this answer for this person; empty when it is as expected."""
    if way is None:
        return "" if code in (FORBIDDEN, HIDDEN, WRONG_METHOD) else "method should be refused"
    if name in way.ok:
        return "should be let in" if code in (UNKNOWN, FORBIDDEN, HIDDEN, WRONG_METHOD, BROKEN) else ""
    wanted = HIDDEN if name in way.hidden else FORBIDDEN
    return "" if code == wanted else f"should be {wanted}"


def walk(route: Route, address: str, browsers: dict[str, Client]) -> Iterator[str]:
    """Every answer that is not as expected; of a method nobody may use, those of one person per kind of answer."""
    for method in ("get", "post"):
        way = getattr(route, method)
        for name in browsers if way else SAMPLE:
            code, _ = status(browsers[name], method, address)
            if text := complaint(way, name, code):
                yield f"{method.upper()} {address} as {name}: {code}, {text}"


def address_of(name: str, route: Route, world: dict[str, Kwargs]) -> str:
    """The route's address for its record."""
    return reverse(name, kwargs=world[route.on] if route.on else None)


def api_address(path: str, world: dict[str, Kwargs]) -> str:
    """The path for its record."""
    on = API[path].on
    return path.format(id=world[on]["pk"]) if on else path


def test_every_page_has_an_expectation() -> None:
    assert set(page_routes()) == set(PAGES)


def test_every_api_path_has_an_expectation() -> None:
    assert set(api_routes()) == set(API)
    for path, methods in api_routes().items():
        assert methods == {method for method in ("get", "post") if getattr(API[path], method)}, path


def test_the_expectations_speak_of_the_whole_cast(cast: Cast) -> None:
    assert set(cast.people) == EVERYBODY


@pytest.mark.parametrize("group", GROUPS)
def test_every_page_answers_every_role_as_expected(group: str, browsers: Any, world: Any) -> None:
    wrong = [
        text
        for name, routes in GROUPS[group].items()
        for route in routes
        for text in walk(route, address_of(name, route, world), browsers)
    ]
    assert not wrong, "\n".join(wrong)


def test_a_stranger_is_sent_to_sign_in_from_every_page_that_is_not_public(cast: Cast, world: Any) -> None:
    for name, routes in PAGES.items():
        address = address_of(name, routes[0], world)
        for method in ("get", "post"):
            code, target = status(Client(), method, address)
            sent = code == 302 and target.startswith(f"{reverse('sign-in')}?next=")
            assert sent == (name not in PUBLIC), f"{method} {name}: {code} {target}"


def test_the_api_answers_every_role_as_expected(browsers: Any, world: Any) -> None:
    wrong = [text for path, route in API.items() for text in walk(route, api_address(path, world), browsers)]
    assert not wrong, "\n".join(wrong)


def test_a_stranger_gets_401_from_the_api(cast: Cast, world: Any) -> None:
    for path in API:
        for method in ("get", "post"):
            response = getattr(Client(), method)(api_address(path, world))
            assert (response.status_code == UNKNOWN) == (path not in API_PUBLIC), path
            assert {"code", "message"} <= set(response.json())
