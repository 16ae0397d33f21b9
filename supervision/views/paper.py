"""Papers of measures and extensions as downloads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from common.errors import NotInScope
from common.paper_pages import paper_response
from common.record_pages import one
from hazards.models import Extension, Hazard
from supervision import archive, case_papers, papers
from supervision.models import Measure
from supervision.transitions import summons
from supervision.transitions.measures import paper_of
from units.access import require
from units.roles import Right
from units.scope import reaches

MEASURE_PAPERS = {
    ("minutes", Measure.Form.TALK): case_papers.talk_minutes,
    ("transfer", Measure.Form.TRANSFER): case_papers.transfer_letter,
}


@require_safe
def measure(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """约谈纪要 or 移送函 of a measure; 404 before it has its number. Drafts only for who prepares or decides."""
    require(request.user, Right.READ_HAZARD)
    found = one(Measure, request.user, pk)
    if which == draft_of(found, request.user):
        made = (
            papers.letter_paper(summons.draft(found)) if which == summons.KIND else case_papers.transfer_letter(found)
        )
        return paper_response(replace(made, mark="草稿"), f"{made.title.replace(chr(10), '')}（草稿）", kind)
    make = MEASURE_PAPERS.get((which, found.form))
    if make is None or not found.number:
        raise NotInScope
    signed = archive.kept(which, found) or make(found)
    return paper_response(signed, f"{signed.title.replace(chr(10), '')}{found.number}", kind)


def draft_of(measure: Measure, user: Any) -> str:
    """The paper a decision may sign, while nobody has decided and the reader prepares or decides; else empty."""
    rights = (Right.SERVE_LISTING, Right.DECIDE_MEASURE)
    if measure.state != Measure.State.PROPOSED or not any(reaches(user, right, measure) for right in rights):
        return ""
    return paper_of(measure)


@require_safe
def extension(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """延期申请审批表 of a decided request."""
    require(request.user, Right.READ_HAZARD)
    decided = Extension.objects.exclude(state=Extension.State.PENDING).filter(pk=pk).first()
    if decided is None:
        raise NotInScope
    one(Hazard, request.user, decided.hazard_id)
    signed = archive.kept("extension", decided)
    if signed is None:
        signed = case_papers.extension_form(decided)
        archive.keep("extension", decided, signed)
    return paper_response(signed, signed.title, kind)
