"""Exactly the actions a person can carry through on a hazard now, each saying what it will do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from common import clock
from hazards.models import CampaignMark, Extension, Hazard, TreatmentPlan
from hazards.models.hazard import Level
from hazards.transitions import allowed_actions
from hazards.transitions.guards import extension_window, limit_of_extensions
from hazards.transitions.rules import RULES

ICONS = {
    "submit_report": "send",
    "confirm": "check",
    "fix_on_spot": "check-circle",
    "dismiss": "close",
    "file_plan": "document",
    "approve_plan": "stamp",
    "return_plan": "undo",
    "report_progress": "chart-line",
    "request_extension": "calendar",
    "grant_extension": "stamp",
    "refuse_extension": "close",
    "submit_rectification": "upload",
    "pass_review": "shield-check",
    "fail_review": "undo",
    "sign_off": "stamp",
    "return_to_review": "undo",
    "change_level": "flag",
    "cite_criterion": "book",
    "mark_campaign": "bookmark",
    "correct_deadline": "clock",
    "reopen": "refresh",
    "transfer": "external",
}


@dataclass(frozen=True)
class Button:
    """One action as the page offers it."""

    action: str
    label: str
    effect: str
    tone: str
    icon: str
    url: str


def _pending_plan(hazard: Hazard) -> bool:
    return any(plan.state == TreatmentPlan.State.FILED for plan in hazard.plans.all())


def _decides_extension(hazard: Hazard, actor: Any) -> bool:
    pending = [row for row in hazard.extensions.all() if row.state == Extension.State.PENDING]
    return bool(pending) and pending[0].requested_by_id != actor.pk


def _asks_extension(hazard: Hazard, actor: Any) -> bool:
    if any(row.state == Extension.State.PENDING for row in hazard.extensions.all()):
        return False
    opens, closes = extension_window(hazard)
    return hazard.extensions_granted < limit_of_extensions(hazard) and opens <= clock.now() <= closes


def _signs_off(hazard: Hazard, actor: Any) -> bool:
    passed = [e for e in hazard.events.all() if e.action == "pass_review" and e.round == hazard.round]
    reviewers = max(passed, key=lambda event: event.seq).data.get("reviewers", []) if passed else []
    return not hazard.listed_as and actor.pk not in reviewers


def _has_campaigns(hazard: Hazard, actor: Any) -> bool:
    return hazard.campaign_id is not None or CampaignMark.objects.reaching(hazard.area_path).exists()


def _did_not_rectify(hazard: Hazard, actor: Any) -> bool:
    return bool(actor.pk != hazard.submitted_by_id)


# What a guard would refuse whatever is typed; the guard stays the judge, this only spares the person the try.
_OPEN: dict[str, Callable[[Hazard, Any], bool]] = {
    "fix_on_spot": lambda hazard, actor: hazard.level == Level.GENERAL,
    "file_plan": lambda hazard, actor: not _pending_plan(hazard),
    "approve_plan": lambda hazard, actor: _pending_plan(hazard),
    "return_plan": lambda hazard, actor: _pending_plan(hazard),
    "request_extension": _asks_extension,
    "grant_extension": _decides_extension,
    "refuse_extension": _decides_extension,
    "pass_review": _did_not_rectify,
    "fail_review": _did_not_rectify,
    "sign_off": _signs_off,
    "cite_criterion": lambda hazard, actor: hazard.level == Level.MAJOR,
    "mark_campaign": _has_campaigns,
    "transfer": lambda hazard, actor: not hazard.listed_as,
}


def pressable(hazard: Hazard, actor: Any) -> list[str]:
    """The actions open to `actor` now, in table order. Reads plans, extensions and events, prefetched or not."""
    allowed = allowed_actions(hazard, actor)
    return [action for action in allowed if action not in _OPEN or _OPEN[action](hazard, actor)]


def buttons(hazard: Hazard, actor: Any) -> list[Button]:
    """`pressable` as buttons, what moves the hazard on first, the side roads (secondary) after it."""
    names = sorted(pressable(hazard, actor), key=lambda action: RULES[action].tone == "secondary")
    return [
        Button(
            action,
            RULES[action].label,
            RULES[action].effect,
            RULES[action].tone,
            ICONS.get(action, "check"),
            reverse("hazard-action", args=[hazard.pk, action]),
        )
        for action in names
    ]
