"""Which person holds which right over this very visit or paper (permission matrix)."""

from __future__ import annotations

from typing import Any

from inspections.models import Inspection, InspectionMember, InspectionPaper
from units.roles import Right, Role, scope_of
from units.scope import reaches

# Rights of this room that depend on the record; resolved to rows of the matrix.
COMPLETE_VISIT = "inspection.complete"
KEEP_PAPER = "inspection.keep_paper"


def on_team(actor: Any, inspection: Inspection) -> bool:
    """Whether the team names the person and their hat lets them carry out visits."""
    if scope_of(getattr(actor, "role", None), Right.CARRY_OUT) is None:
        return False
    return InspectionMember.objects.filter(inspection_id=inspection.pk, user_id=actor.pk).exists()


def may_visit(actor: Any, right: str, inspection: Inspection) -> bool:
    """Whether `actor` holds `right` over `inspection`: only its team carries it out; experts do not conclude it."""
    if getattr(actor, "hat", None) is None:
        return False
    if right == Right.CARRY_OUT:
        return on_team(actor, inspection)
    if right == COMPLETE_VISIT:
        return actor.role != Role.EXPERT and on_team(actor, inspection)
    return reaches(actor, right, inspection, named=on_team(actor, inspection))


def may_paper(actor: Any, right: str, paper: InspectionPaper) -> bool:
    """Whether `actor` holds `right` over `paper`.

    Papers are kept by the team; enforcement papers only by its department people (domain-rules §1).
    """
    if getattr(actor, "hat", None) is None:
        return False
    if right == KEEP_PAPER:
        if paper.kind == InspectionPaper.Kind.PATROL:
            return actor.role != Role.EXPERT and on_team(actor, paper.inspection)
        return scope_of(actor.role, Right.ISSUE_PAPER) is not None and on_team(actor, paper.inspection)
    return reaches(actor, right, paper)
