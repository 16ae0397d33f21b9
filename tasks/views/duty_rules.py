"""履职事项的规则: what holds now, one rule with its editions, and the way to propose another."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common import clock
from common.record_pages import one
from tasks.duties.standings import editions, kind_labels
from tasks.models import Audience, Duty, Post
from tasks.transitions.duty_policies import KIND
from units.access import holds, require
from units.models import PolicyProposal
from units.roles import Right


def whom(duty: Duty) -> str:
    """To whom it applies, in words."""
    labels = {Audience.LEADER: "、".join(Post(post).label for post in duty.posts)}
    labels[Audience.NAMED] = "、".join(person.name for person in duty.people.all())
    words = "；".join(labels.get(Audience(kind)) or Audience(kind).label for kind in duty.audience)
    notes = [duty.get_risk_display()] if duty.risk else []
    notes += ["安委会成员单位"] if duty.committee_only else []
    notes += [sector.name for sector in duty.sectors.all()] + [unit.name for unit in duty.units.all()]
    return words + (f"（{'、'.join(notes)}）" if notes else "")


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every duty that holds in the person's area today."""
    require(request.user, Right.READ_DUTY)
    user: Any = request.user
    held = editions(user.area_path, clock.today())
    pending = PolicyProposal.objects.for_user(user).pending().filter(kind=KIND).select_related("proposed_by")
    context = {
        "rows": [(duty, whom(duty), kind_labels(duty)) for duty in held],
        "pending": pending,
        "may_propose": holds(user, Right.PROPOSE_POLICY),
        "kind": KIND,
    }
    return render(request, "tasks/duties/rules.html", context)


@require_safe
def rule(request: HttpRequest, pk: int) -> HttpResponse:
    """One edition, and the others of the same duty."""
    require(request.user, Right.READ_DUTY)
    duty = one(Duty, request.user, pk)
    others = Duty.objects.for_user(request.user).filter(code=duty.code).order_by("-effective_from", "-area_path")
    context = {
        "duty": duty,
        "whom": whom(duty),
        "kinds": kind_labels(duty),
        "editions": others,
        "may_propose": holds(request.user, Right.PROPOSE_POLICY),
        "kind": KIND,
    }
    return render(request, "tasks/duties/rule.html", context)
