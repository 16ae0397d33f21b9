"""Reads across visits and papers."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from common import clock
from hazards.models import Hazard
from hazards.models.hazard import State
from inspections.models import Inspection, InspectionPaper, PaperState, ResultPhoto, Signature, VisitState
from units.access import holds
from units.roles import Right


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that stand in a visit within the user's read scope."""
    seen = Inspection.objects.for_user(user).order_by().values("pk")
    photos = ResultPhoto.objects.filter(attachment_id__in=ids, result__inspection__in=seen)
    marks = Signature.objects.filter(picture_id__in=ids, inspection__in=seen)
    found = set(photos.values_list("attachment_id", flat=True))
    return found | {pk for pk in marks.values_list("picture_id", flat=True) if pk is not None}


def visits_due(user: Any) -> QuerySet[Inspection]:
    """Planned visits of the person up to today, and those they have under way, oldest first."""
    if not holds(user, Right.CARRY_OUT):
        return Inspection.objects.none()
    due = Q(state=VisitState.RUNNING) | Q(state=VisitState.PLANNED, planned_on__lte=clock.today())
    return Inspection.objects.named_in(user).filter(due).select_related("unit").order_by("planned_on", "pk")


def papers_to_serve(user: Any) -> QuerySet[InspectionPaper]:
    """Issued by the person's team and not served yet, or drafted and not issued."""
    if not holds(user, Right.ISSUE_PAPER):
        return InspectionPaper.objects.none()
    mine = InspectionPaper.objects.filter(inspection__in=Inspection.objects.named_in(user).values("pk"))
    waiting = mine.filter(state__in=(PaperState.DRAFT, PaperState.ISSUED)).exclude(kind=InspectionPaper.Kind.PATROL)
    return waiting.select_related("unit").order_by("drafted_at", "pk")


def visits_of_hazard(hazard: Hazard, user: Any) -> QuerySet[Inspection]:
    """The visits that found the hazard or looked at it again, newest first."""
    return Inspection.objects.for_user(user).filter(results__hazard=hazard).distinct().order_by("-created_at")


PUT_RIGHT = (State.SUBMITTED, State.REVIEWED, State.CLOSED)


def loop_of(visit: Inspection, user: Any) -> dict[str, Any]:
    """“五见” of a concluded visit (茂林 18): its problems, the orders, who signed, what was put right, what was accepted."""
    rows = visit.results.filter(outcome="bad", hazard__isnull=False).select_related("hazard").order_by("pk")
    hazards = list({row.hazard.pk: row.hazard for row in rows if row.hazard}.values())
    follow_ups = Inspection.objects.for_user(user).filter(follows__inspection=visit)
    return {
        "orders": visit.papers.for_user(user).live().filter(kind__in=("order", "decision")).order_by("pk"),
        "site": visit.signatures.filter(party=Signature.Party.SITE).last(),
        "hazards": hazards,
        "put_right": sum(hazard.state in PUT_RIGHT for hazard in hazards),
        "accepted": sum(hazard.state == State.CLOSED for hazard in hazards),
        "rechecks": follow_ups.exclude(state=VisitState.CANCELLED).order_by("pk"),
        "reviews": InspectionPaper.objects.for_user(user)
        .live()
        .filter(about__inspection=visit, kind="review")
        .order_by("pk"),
    }
