"""Which form belongs to which action: the `form` of a rule names it."""

from __future__ import annotations

from typing import Any

from hazards.forms import handling, rectifying
from hazards.forms.base import HazardForm
from hazards.models import Hazard
from hazards.transitions.rules import RULES

FORMS: dict[str, type[HazardForm]] = {
    "": HazardForm,
    "confirm": handling.ConfirmForm,
    "fix_on_spot": handling.FixOnSpotForm,
    "dismiss": handling.DismissForm,
    "file_plan": rectifying.PlanForm,
    "opinion": handling.OpinionForm,
    "reason": handling.ReasonForm,
    "progress": rectifying.ProgressForm,
    "request_extension": rectifying.RequestExtensionForm,
    "grant_extension": handling.GrantExtensionForm,
    "rectification": rectifying.RectificationForm,
    "pass_review": handling.PassReviewForm,
    "fail_review": handling.FailReviewForm,
    "change_level": handling.ChangeLevelForm,
    "cite_criterion": handling.CiteCriterionForm,
    "mark_campaign": handling.MarkCampaignForm,
    "correct_deadline": handling.CorrectDeadlineForm,
    "reopen": handling.ReopenForm,
    "transfer": handling.TransferForm,
}


def form_for(action: str, hazard: Hazard, actor: Any, *bound: Any) -> HazardForm:
    """The form of `action` on `hazard` for `actor`; `bound` are the request's data and files."""
    return FORMS[RULES[action].form](*bound, record=hazard, actor=actor)
