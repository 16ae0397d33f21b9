"""The addresses that take input, found in the expectations, with somebody who may send it and the fields it reads."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse

from common import clock
from common.lifecycle import Lifecycle
from config.api import schema
from hazards.models import Hazard
from hazards.models.hazard import State
from tests.cast import Cast
from tests.expectations import API, PAGES
from tests.expectations.language import Route
from tests.probe.payloads import FORM
from tests.world import Kwargs

# Rooms whose records hold together in any state; elsewhere an action is tried from the state its record is in.
MOVED = ("hazards", "reports")
CREDENTIALS = {"/api/v1/token/"}


@dataclass(frozen=True)
class Target:
    """An address and who posts to it; `record` is brought into `state` first where an action needs one."""

    address: str
    who: str
    fields: frozenset[str] = frozenset()
    record: Any = None
    state: str = ""
    is_api: bool = field(default=False, kw_only=True)

    def prepare(self) -> None:
        """Bring the record into the state."""
        if self.state:
            type(self.record)._default_manager.filter(pk=self.record.pk).update(state=self.state, **self._moments())

    def _moments(self) -> dict[str, Any]:
        """What the table demands of a hazard in the state."""
        if not isinstance(self.record, Hazard):
            return {}
        moments = {"closed_at": clock.now() if self.state == State.CLOSED else None}
        if self.state not in (State.DRAFT, State.REPORTED):
            moments |= {"confirmed_at": clock.now(), "due_at": clock.now() + timedelta(days=9)}
        return moments


def pages(cast: Cast, world: dict[str, Kwargs]) -> Iterator[Target]:
    """Every page route somebody may post to; of a lifecycle every form, on the page of the first action that has it."""
    shown: set[tuple[int, str]] = set()
    for name, routes in PAGES.items():
        for route in routes:
            kwargs = world[route.on] if route.on else {}
            address = reverse(name, kwargs=kwargs or None)
            lifecycle = _lifecycle(address)
            if lifecycle and "action" in kwargs:
                yield from _forms_of(cast, lifecycle, name, kwargs, shown)
            elif route.post and route.post.ok:
                yield Target(address, _who(route))


def _forms_of(
    cast: Cast, lifecycle: Lifecycle, name: str, kwargs: Kwargs, shown: set[tuple[int, str]]
) -> Iterator[Target]:
    """The page of the first action with each form not yet `shown`."""
    for action, rule in lifecycle.rules.items():
        if (id(lifecycle), rule.form) not in shown:
            shown.add((id(lifecycle), rule.form))
            yield from _action(cast, lifecycle, action, kwargs["pk"], reverse(name, kwargs=kwargs | {"action": action}))


def apis(cast: Cast, world: dict[str, Kwargs]) -> Iterator[Target]:
    """Every path of the API somebody may post to."""
    described = schema()
    for path, route in API.items():
        operation = described["paths"][path].get("post")
        if operation is None:
            continue
        names = _properties(described, operation)
        pk = world[route.on]["pk"] if route.on else None
        address = path.format(id=pk) if pk else path
        lifecycle, action = _lifecycle(address), address.rstrip("/").rsplit("/", 1)[-1]
        if lifecycle and "/actions/" in path:
            yield from _action(cast, lifecycle, action, pk, address, names, is_api=True)
        elif path in CREDENTIALS or (route.post and route.post.ok):
            who = "officer" if path in CREDENTIALS else _who(route)
            yield Target(address, who, names, is_api=True)


def _who(route: Route) -> str:
    assert route.post
    return min(route.post.ok)


def _lifecycle(address: str) -> Lifecycle | None:
    view = resolve(address).func
    found = getattr(getattr(view, "view_class", getattr(view, "cls", None)), "lifecycle", None)
    return found if isinstance(found, Lifecycle) else None


def _action(
    cast: Cast,
    lifecycle: Lifecycle,
    action: str,
    pk: int,
    address: str,
    names: frozenset[str] = frozenset(),
    **rest: Any,
) -> Iterator[Target]:
    """The action on the record, in the first state from which somebody of the cast may press it."""
    record = lifecycle.model._default_manager.get(pk=pk)
    moves = lifecycle.model._meta.app_label in MOVED
    for state in lifecycle.rules[action].sources if moves else (record.state,):
        record.state = state
        for who in cast.people:
            if action in lifecycle.allowed(record, cast.fresh(who)):
                yield Target(address, who, names, record, str(state) if moves else "", **rest)
                return


def _properties(described: Any, operation: Any) -> frozenset[str]:
    content = operation.get("requestBody", {}).get("content", {})
    found: set[str] = set()
    for body in content.values():
        name = body["schema"].get("$ref", "").rsplit("/", 1)[-1]
        found |= set(described["components"]["schemas"].get(name, {}).get("properties", {}))
    return frozenset(found)


class Listening(QueryDict):
    """A posted form that remembers which of its fields were asked for."""

    asked: set[str] = set()

    def get(self, key: Any, default: Any = None) -> Any:
        """As in a `QueryDict`."""
        self.asked.add(str(key))
        return super().get(key, default)

    def getlist(self, key: Any, default: Any = None) -> Any:
        """As in a `QueryDict`."""
        self.asked.add(str(key))
        return super().getlist(key, default)


def fields_of(browser: Client, address: str, monkeypatch: Any) -> frozenset[str]:
    """The fields a page reads from what is posted to it."""
    Listening.asked = set()
    with monkeypatch.context() as patched:
        patched.setattr("django.http.request.QueryDict", Listening)
        browser.post(address, "version=", content_type=FORM)
    return frozenset(Listening.asked - {"csrfmiddlewaretoken"})
