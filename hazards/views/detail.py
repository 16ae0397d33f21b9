"""隐患详情: one hazard from discovery to closure on one page, and its dossier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hazards import judging, queries, timeline
from hazards.buttons import buttons
from hazards.models import HazardEvidence
from hazards.models.hazard import State
from hazards.panels import panels_of
from hazards.transitions import telling
from units.roles import Right
from units.scope import reaches

STAGES = (HazardEvidence.Stage.BEFORE, HazardEvidence.Stage.AFTER, HazardEvidence.Stage.REVIEW)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The hazard `pk` if it is in the reader's scope; a principal who opens it has read the notification."""
    hazard = queries.one(request.user, pk)
    if hazard.state == State.DRAFT:
        return redirect(hazard)
    telling.mark_read(hazard, request.user)
    plans = list(hazard.plans.all())
    photos = {row.attachment_id: row.attachment for row in hazard.evidence.all()}
    judges = hazard.state in (State.SUBMITTED, State.REVIEWED) and reaches(request.user, Right.REVIEW, hazard)
    panels = panels_of(hazard, request.user)
    context = {
        "hazard": hazard,
        "steps": timeline.steps(hazard),
        "events": timeline.timeline(hazard, photos),
        "buttons": buttons(hazard, request.user),
        "pair": judging.pair(hazard),
        "stages": [(stage.label, judging.photos(hazard, stage)) for stage in STAGES],
        "files": [row for row in hazard.evidence.all() if not row.attachment.is_image],
        "plan": plans[-1] if plans else None,
        "former_plans": plans[:-1][::-1],
        "leads": judging.leads(hazard, request.user) if judges else [],
        "panels": panels["main"],
        "side_panels": panels["side"],
    }
    return render(request, "hazards/detail.html", context)
