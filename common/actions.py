"""The one page per action of a lifecycle: its form, performed by its transition, refusals shown in place."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.generic import View
from django_htmx.http import HttpResponseClientRedirect

from common.errors import NotInScope, Refused, RuleError, WrongState
from common.forms import ActionForm
from common.lifecycle import Lifecycle, Rule


class ActionPage(View):
    """GET shows the form of one action of `lifecycle`, POST performs it; the address carries `pk` and `action`.

    A subclass says `lifecycle`, `find` (the record in the person's scope, or `NotInScope`) and `build_form`; where needed
    `receive`, `done_text`, `get_context`. Without the right it answers 403 in any state. What is refused comes back at
    its field with everything typed; a record somebody else has acted on meanwhile comes back with who did what (409)
    and, while the action is still open, with the new version. A second click on what one has just done is no error.
    """

    lifecycle: Lifecycle
    template_name = "layouts/action.html"
    fragment_name = ""
    rule: Rule
    record: Any

    def find(self, user: Any, pk: int) -> Any:
        """The record in the user's read scope; `NotInScope` otherwise."""
        raise NotImplementedError

    def build_form(self, data: Any = None, files: Any = None) -> ActionForm:
        """The form of `self.action` on `self.record`, bound when `data` is given."""
        raise NotImplementedError

    def receive(self, form: ActionForm) -> None:
        """Keep what came with the form (uploads) before anything is judged."""

    def done_text(self, record: Any) -> str:
        """What the person reads afterwards."""
        return f"已办理：{self.rule.label}，当前状态“{record.get_state_display()}”。"

    def get_context(self) -> dict[str, Any]:
        """What the template of a subclass reads besides the common names."""
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """404 for what is not pressed by people or lies out of scope, 403 without the right, before anything is typed."""
        self.action: str = kwargs["action"]
        rule = self.lifecycle.rules.get(self.action)
        if rule is None or rule.system:
            raise NotInScope
        self.rule = rule
        self.record = self.find(request.user, kwargs["pk"])
        self.lifecycle.check_right(self.action, self.record, request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The form, if the action is open to the person now."""
        self.lifecycle.check(self.action, self.record, request.user)
        return self.show(self.build_form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform, or show what was wrong."""
        form = self.build_form(request.POST, request.FILES)
        self.receive(form)
        if not form.is_valid():
            return self.show(form, 422)
        try:
            version = form.cleaned_data.get("version")
            record = self.lifecycle.perform(self.action, self.record.pk, request.user, version, **form.values())
        except WrongState as error:
            return self.overtaken(form, error)
        except RuleError as error:
            form.refuse(error)
            return self.show(form, error.status)
        messages.success(request, self.done_text(record))
        return self.go(record)

    def overtaken(self, form: ActionForm, error: WrongState) -> HttpResponse:
        """The record moved on: by this person's own first click, or by somebody else."""
        self.record = self.find(self.request.user, self.record.pk)
        last = self.record.events.order_by("-pk").first()
        seen = form.cleaned_data.get("version")
        mine = last is not None and last.actor_id == self.request.user.pk and last.action == self.action
        if mine and seen is not None and self.record.version == seen + 1:
            messages.info(self.request, f"“{self.rule.label}”已经提交，无需重复提交。")
            return self.go(self.record)
        form.refuse(Refused(error.message))
        form.data = form.data.copy()
        form.data["version"] = self.record.version
        return self.show(form, error.status)

    def go(self, record: Any) -> HttpResponse:
        """To the record's page, from a fragment too."""
        if getattr(self.request, "htmx", None):
            return HttpResponseClientRedirect(record.get_absolute_url())
        return redirect(record)

    def show(self, form: ActionForm, status: int = 200) -> HttpResponse:
        """The form as a page, or alone for htmx where the subclass has a fragment."""
        context = {
            "record": self.record,
            "action": self.action,
            "rule": self.rule,
            "form": form,
            "open_to_me": self.action in self.lifecycle.allowed(self.record, self.request.user),
        }
        alone = self.fragment_name and getattr(self.request, "htmx", None)
        name = self.fragment_name if alone else self.template_name
        return render(self.request, name, context | self.get_context(), status=status)
