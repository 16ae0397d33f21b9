"""Every action on a hazard through one view: the form of its rule, performed by its transition."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from common.actions import ActionPage
from common.forms import ActionForm
from evidence.forms import PhotosFormMixin
from hazards import judging, queries
from hazards.forms import form_for
from hazards.forms.base import HazardForm
from hazards.models import Hazard
from hazards.transitions import LIFECYCLE
from hazards.transitions.access import DECIDE_EXTENSION
from units.roles import Right


class ActionView(ActionPage):
    """The page of one action on a hazard; photos are kept whatever is refused, criteria can be searched without scripts."""

    lifecycle = LIFECYCLE
    template_name = "hazards/action.html"
    fragment_name = "hazards/action_form.html"

    def find(self, user: Any, pk: int) -> Hazard:
        """The hazard in scope, whole."""
        return queries.one(user, pk)

    def build_form(self, data: Any = None, files: Any = None) -> HazardForm:
        """The form of the action."""
        return form_for(self.action, self.record, self.request.user, data, files)

    def receive(self, form: ActionForm) -> None:
        """Photos survive a form that must be corrected."""
        if isinstance(form, PhotosFormMixin):
            form.take_in()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Perform; or, where only the criteria were searched, show the form as typed without complaints."""
        if "search" not in request.POST:
            return super().post(request, *args, **kwargs)
        form = self.build_form(request.POST, request.FILES)
        self.receive(form)
        form._errors = {}
        return self.show(form)

    def done_text(self, record: Hazard) -> str:
        """The number, what was done and what the hazard is now."""
        return f"{record.number} {super().done_text(record)}"

    def get_context(self) -> dict[str, Any]:
        """What the form is decided on: the hazard, likeness of photos, plan or extension."""
        context: dict[str, Any] = {"hazard": self.record, "decides_extension": self.rule.right == DECIDE_EXTENSION}
        if self.rule.form in judging.JUDGING:
            context |= {"leads": judging.leads(self.record, self.request.user), "pair": judging.pair(self.record)}
        if self.rule.right == Right.APPROVE_PLAN:
            context["plan"] = self.record.plans.order_by("-version").first()
        return context
