"""Which person holds which right over this very letter, listing or measure (permission matrix)."""

from __future__ import annotations

from typing import Any

from common.errors import Forbidden
from supervision.models import LadderStep, Letter, Listing, ListingBatch, Measure
from units.roles import Right, Role, scope_of
from units.scope import reaches

# Rights of this app that depend on the record; resolved to rows of the matrix.
EDIT_LETTER = "letter.edit"
DELIST = "listing.delist"
UNPUBLISH = "listing.unpublish"
FOLLOW_UP = "measure.follow_up"
EDIT_PAPER = "measure.edit_paper"


def may_letter(actor: Any, right: str, letter: Letter) -> bool:
    """Whether `actor` holds `right` over `letter`.

    Only the receiving unit signs for and answers it. The drafting department edits its own drafts and judges the answers
    to its own letters; the office does so for every letter it sends.
    """
    hat = getattr(actor, "hat", None)
    if hat is None:
        return False
    if right == Right.ANSWER_LETTER:
        return scope_of(hat.role, right) is not None and hat.unit_id == letter.to_unit_id
    if right in (EDIT_LETTER, Right.DRAFT_LETTER):
        if hat.role == Role.LEADER:
            return bool(letter.kind == Letter.Kind.INSTRUCTION and letter.drafted_by_id == actor.pk)
        if hat.role == Role.DEPARTMENT:
            return bool(letter.drafted_unit_id == hat.unit_id)
        return reaches(actor, Right.DRAFT_LETTER, letter)
    return reaches(actor, right, letter, unit="to_unit_id")


def may_listing(actor: Any, right: str, listing: Listing) -> bool:
    """Whether `actor` holds `right` over `listing`. Delisting closes the hazard, so it needs the right to sign off too."""
    if getattr(actor, "hat", None) is None:
        return False
    if right == DELIST:
        return reaches(actor, Right.APPROVE_LISTING, listing) and reaches(actor, Right.SIGN_OFF, listing.hazard)
    if right == UNPUBLISH:
        return listing.is_public and reaches(actor, Right.SERVE_LISTING, listing)
    return reaches(actor, right, listing)


def may_measure(actor: Any, right: str, measure: Measure) -> bool:
    """Whether `actor` holds `right` over `measure`; there is something to follow up only while something is owed."""
    if getattr(actor, "hat", None) is None:
        return False
    if right == FOLLOW_UP:
        return measure.owes_follow_up and reaches(actor, Right.SERVE_LISTING, measure)
    if right == EDIT_PAPER:
        return measure.kind != Measure.Kind.RAISE and reaches(actor, Right.SERVE_LISTING, measure)
    return reaches(actor, right, measure)


def may_batch(actor: Any, right: str, batch: ListingBatch) -> bool:
    """Whether `actor` holds `right` over the office's batch."""
    return reaches(actor, right, batch, unit="office_id", department="office_id")


def check_decider(record: Letter | Listing | Measure, actor: Any) -> None:
    """What a step of the ladder drafted is decided by whom its policy names, where it names one."""
    if record.decider and actor.role != record.decider:
        raise Forbidden(f"按督办阶梯的规定，该事项由{LadderStep.Decider(record.decider).label}决定。")
