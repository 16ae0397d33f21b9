"""Every action on a letter, a listing or a measure through one view: the form of its rule, performed by its lifecycle."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.generic import View

from common.errors import NotInScope, Refused, RuleError, WrongState
from common.lifecycle import Lifecycle
from hazards.forms.fields import PhotosFormMixin
from supervision.forms.base import RecordForm


def one(model: Any, user: Any, pk: int) -> Any:
    """The record in the reader's scope; `NotInScope` otherwise."""
    found = model.objects.for_user(user).filter(pk=pk).first()
    if found is None:
        raise NotInScope
    return found


class RecordActionView(View):
    """GET shows the form of one action, POST performs it.

    What is refused comes back at its field with everything typed and every file kept; a record somebody else has acted
    on meanwhile comes back with who did what (409) and, while the action is still open, with the new version.
    """

    model: Any
    lifecycle: Lifecycle
    forms: Mapping[str, type[RecordForm]]
    action_url = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for what is not pressed by people or lies out of scope, 403 without the right, before anything is typed."""
        self.action: str = kwargs["action"]
        rule = self.lifecycle.rules.get(self.action)
        if rule is None or rule.system:
            raise NotInScope
        self.rule = rule
        self.record = one(self.model, request.user, kwargs["pk"])
        self.lifecycle.check_right(self.action, self.record, request.user)
        return super().dispatch(request, *args, **kwargs)

    def form(self, *bound: Any) -> RecordForm:
        """The form of the action."""
        return self.forms[self.rule.form](*bound, record=self.record, actor=self.request.user)

    def get(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """The form, if the action is open to the person now."""
        self.lifecycle.check(action, self.record, request.user)
        return self.show(self.form())

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Perform, or show what was wrong."""
        form = self.form(request.POST, request.FILES)
        if isinstance(form, PhotosFormMixin):
            self.lifecycle.check(action, self.record, request.user)
            form.take_in()
        if not form.is_valid():
            return self.show(form, 422)
        try:
            record = self.lifecycle.perform(
                action, pk, request.user, form.cleaned_data.get("version"), **form.values()
            )
        except WrongState as error:
            return self.overtaken(form, error)
        except RuleError as error:
            form.refuse(error)
            return self.show(form, error.status)
        messages.success(request, f"已办理：{self.rule.label}，当前状态“{record.get_state_display()}”。")
        return redirect(record)

    def overtaken(self, form: RecordForm, error: WrongState) -> HttpResponse:
        """The record moved on: by this person's own first click, or by somebody else."""
        self.record.refresh_from_db()
        last = self.record.events.order_by("-pk").first()
        if last and last.actor_id == self.request.user.pk and last.action == self.action:
            messages.info(self.request, f"“{self.rule.label}”已经提交，无需重复提交。")
            return redirect(self.record)
        form.refuse(Refused(error.message))
        form.data = form.data.copy()
        form.data["version"] = self.record.version
        return self.show(form, error.status)

    def show(self, form: RecordForm, status: int = 200) -> HttpResponse:
        """The form as a page."""
        context = {
            "record": self.record,
            "action": self.action,
            "rule": self.rule,
            "form": form,
            "open_to_me": self.action in self.lifecycle.allowed(self.record, self.request.user),
        }
        return render(self.request, "supervision/action.html", context, status=status)


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


_TONES = {"primary": "blue", "success": "green", "danger": "red", "secondary": "grey"}


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
