"""Every address that takes input gets all kinds of bad input from somebody who may use it.

The answer is never a defect of ours; a refusal is in Chinese and leaves nothing written; a page that refuses keeps what
was typed. The addresses come from the expectations, so that a new one is tried as soon as it exists.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction
from django.forms import BaseForm, DateInput, NumberInput, PasswordInput, Textarea, TextInput
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.probe import payloads, targets
from tests.probe.judging import api_complaints, page_complaints
from tests.probe.targets import Target
from tests.world import build_world

Browsers = dict[str, Client]
TYPED = (TextInput, Textarea, DateInput, NumberInput)


@pytest.fixture
def world(cast: Cast, photo: Any) -> Any:
    """The records the addresses are about."""
    return build_world(cast, photo)


@pytest.fixture
def browsers(cast: Cast) -> dict[str, Client]:
    """One signed-in browser per person, which reports a defect as status 500."""
    made = {}
    for name, person in cast.people.items():
        made[name] = Client(raise_request_exception=False)
        made[name].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return made


def post(browsers: Browsers, target: Target, sent: dict[str, Any]) -> tuple[Any, list[dict[str, str]]]:
    """The answer and the statements it took, with everything undone and the browser still signed in."""
    browser = browsers[target.who]
    cookies = copy.deepcopy(browser.cookies)
    with transaction.atomic():
        target.prepare()
        with CaptureQueriesContext(connection) as caught:
            response = browser.post(target.address, **sent)
        transaction.set_rollback(True)
    browser.cookies = cookies
    return response, caught.captured_queries


def forgets(response: Any, sent: Any) -> bool:
    """Whether a refusing page has a field to type in and shows none of what was typed."""
    form = (response.context or {}).get("form") if response.context else None
    if response.status_code != 422 or not isinstance(form, BaseForm):
        return False
    shown = [bound.field.widget for bound in form.visible_fields()]
    typed = any(isinstance(one, TYPED) and not isinstance(one, PasswordInput) for one in shown)
    return typed and payloads.ODD not in response.content.decode()


def page_faults(browsers: Browsers, target: Target, fields: frozenset[str]) -> Iterator[str]:
    """Everything wrong with the answers of one page."""
    for kind, sent in payloads.forms(fields):
        response, queries = post(browsers, target, sent)
        for text in page_complaints(response, queries):
            yield f"{target.address} ({target.who}), {kind}: {text}"
        if kind == "unknown choice" and forgets(response, sent):
            yield f"{target.address} ({target.who}): forgets what was typed"


def test_no_page_breaks_on_bad_input(cast: Cast, world: Any, browsers: Any, monkeypatch: Any) -> None:
    faults: list[str] = []
    for target in targets.pages(cast, world):
        with transaction.atomic():
            target.prepare()
            fields = targets.fields_of(browsers[target.who], target.address, monkeypatch)
            transaction.set_rollback(True)
        faults += page_faults(browsers, target, fields)
    assert not faults, "\n".join(faults)


def test_no_path_of_the_api_breaks_on_bad_input(cast: Cast, world: Any, browsers: Any) -> None:
    faults = []
    for target in targets.apis(cast, world):
        for kind, sent in payloads.bodies(target.fields):
            response, queries = post(browsers, target, sent)
            faults += [f"{target.address} ({target.who}), {kind}: {text}" for text in api_complaints(response, queries)]
    assert not faults, "\n".join(faults)
