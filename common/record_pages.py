"""What the pages of a record with a lifecycle share: finding it, its buttons, its timeline, the page of an action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from common.actions import ActionPage
from common.errors import NotInScope
from common.forms import RecordForm
from common.lifecycle import Lifecycle

_TONES = {"primary": "blue", "success": "green", "danger": "red", "secondary": "grey"}


def one(model: Any, user: Any, pk: int) -> Any:
    """The record in the reader's scope; `NotInScope` otherwise."""
    found = model.objects.for_user(user).filter(pk=pk).first()
    if found is None:
        raise NotInScope
    return found


class RecordActionPage(ActionPage):
    """The page of every action on a record; a subclass says model, lifecycle and forms (by the `form` of the rule)."""

    model: Any
    forms: Mapping[str, type[RecordForm]]

    def find(self, user: Any, pk: int) -> Any:
        """The record in scope."""
        return one(self.model, user, pk)

    def build_form(self, data: Any = None, files: Any = None) -> RecordForm:
        """The form of the action."""
        return self.forms[self.rule.form](data, files, record=self.record, actor=self.request.user)


def buttons(lifecycle: Lifecycle, record: Any, user: Any, route: str) -> list[dict[str, str]]:
    """The actions the user may press on the record now, each saying what it does."""
    return [
        {
            "label": lifecycle.rules[action].label,
            "effect": lifecycle.rules[action].effect,
            "tone": lifecycle.rules[action].tone,
            "url": reverse(route, args=[record.pk, action]),
        }
        for action in lifecycle.allowed(record, user)
    ]


def timeline(lifecycle: Lifecycle, events: Any, files: Mapping[int, Any]) -> list[dict[str, Any]]:
    """The events, newest first, as `parts/timeline.html` reads them; `files` are the record's attachments by id."""
    shown = []
    for event in sorted(events, key=lambda event: -event.pk):
        rule = lifecycle.rules.get(event.action)
        used = [files[pk] for pk in event.data.get("files") or () if pk in files]
        shown.append(
            {
                "at": event.at,
                "title": event.label,
                "actor": event.actor_name,
                "unit": event.actor_hat,
                "text": event.note,
                "icon": "dot",
                "tone": _TONES.get(rule.tone, "blue") if rule else "blue",
                "files": [{"url": file.url, "name": file.name} for file in used],
            }
        )
    return shown
