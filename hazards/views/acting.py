"""Every action on a hazard through one view: the form of its rule, performed by its transition."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.generic import View
from django_htmx.http import HttpResponseClientRedirect

from common.errors import NotInScope, Refused, RuleError, WrongState
from hazards import judging, queries
from hazards.forms import form_for
from hazards.forms.base import HazardForm
from hazards.forms.fields import PhotosFormMixin
from hazards.models import Hazard
from hazards.transitions import LIFECYCLE, allowed_actions, check, perform
from hazards.transitions.access import DECIDE_EXTENSION
from hazards.transitions.rules import RULES
from units.roles import Right


class ActionView(View):
    """GET shows the form of one action, POST performs it.

    What is refused comes back at its field with everything typed and every photo kept; a record somebody else has
    acted on meanwhile comes back with who did what (409) and, while the action is still open, with the new version.
    """

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the rule and the hazard; both 404 when the person cannot know them."""
        super().setup(request, *args, **kwargs)
        self.action: str = kwargs["action"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An action that is not pressed by people does not exist here; without the right it is refused in any state."""
        rule = RULES.get(self.action)
        if rule is None or rule.system:
            raise NotInScope
        self.rule = rule
        self.hazard = queries.one(request.user, kwargs["pk"])
        LIFECYCLE.check_right(self.action, self.hazard, request.user)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """The form, if the action is open to the person now."""
        check(action, self.hazard, request.user)
        return self.show(form_for(action, self.hazard, request.user))

    def post(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        """Perform, or show what was wrong."""
        form = form_for(action, self.hazard, request.user, request.POST, request.FILES)
        if isinstance(form, PhotosFormMixin):
            form.take_in()
        if "search" in request.POST:
            return self.show(self.unchecked(form))
        if not form.is_valid():
            return self.show(form, 422)
        try:
            hazard = perform(action, pk, request.user, form.cleaned_data.get("version"), **form.values())
        except WrongState as error:
            return self.overtaken(form, error)
        except RuleError as error:
            form.refuse(error)
            return self.show(form, error.status)
        return self.done(hazard)

    def unchecked(self, form: HazardForm) -> HazardForm:
        """The form as typed, without complaints: only the criteria were searched."""
        form._errors = {}
        return form

    def overtaken(self, form: HazardForm, error: WrongState) -> HttpResponse:
        """The record moved on: by this person's own first click, or by somebody else."""
        last = self.hazard.events.order_by("-seq").first()
        seen = form.cleaned_data.get("version")
        if (
            last
            and last.actor_id == self.request.user.pk
            and last.action == self.action
            and last.seq == (seen or 0) + 1
        ):
            messages.info(self.request, f"“{self.rule.label}”已经提交，无需重复提交。")
            return self.go(self.hazard)
        form.refuse(Refused(error.message))
        form.data = form.data.copy()
        form.data["version"] = self.hazard.version
        return self.show(form, error.status)

    def done(self, hazard: Hazard) -> HttpResponse:
        """Back to the record, where the new event stands on top."""
        messages.success(
            self.request, f"{hazard.number} 已办理：{self.rule.label}，当前状态“{hazard.get_state_display()}”。"
        )
        return self.go(hazard)

    def go(self, hazard: Hazard) -> HttpResponse:
        """To the record's page, from a fragment too."""
        if self.request.htmx:  # type: ignore[attr-defined]
            return HttpResponseClientRedirect(hazard.get_absolute_url())
        return redirect(hazard)

    def show(self, form: HazardForm, status: int = 200) -> HttpResponse:
        """The form as a page, or alone for htmx."""
        context = {
            "hazard": self.hazard,
            "action": self.action,
            "rule": self.rule,
            "form": form,
            "open_to_me": self.action in allowed_actions(self.hazard, self.request.user),
        }
        if self.rule.form in judging.JUDGING:
            context |= {"leads": judging.leads(self.hazard, self.request.user), "pair": judging.pair(self.hazard)}
        if self.rule.right == Right.APPROVE_PLAN:
            context["plan"] = self.hazard.plans.order_by("-version").first()
        context["decides_extension"] = self.rule.right == DECIDE_EXTENSION
        name = "action_form" if self.request.htmx else "action"  # type: ignore[attr-defined]
        return render(self.request, f"hazards/{name}.html", context, status=status)
