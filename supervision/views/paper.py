"""Papers of measures and extensions as downloads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from common.errors import NotInScope
from common.paper_pages import paper_response
from common.record_pages import one
from hazards.models import Extension, Hazard
from supervision import archive, case_papers
from supervision.models import Measure
from units.access import require
from units.roles import Right

MEASURE_PAPERS = {
    ("minutes", Measure.Form.TALK): case_papers.talk_minutes,
    ("transfer", Measure.Form.TRANSFER): case_papers.transfer_letter,
}


@require_safe
def measure(request: HttpRequest, pk: int, which: str, kind: str) -> HttpResponse:
    """约谈纪要 or 移送函 of a measure; 404 before it has its number."""
    require(request.user, Right.READ_HAZARD)
    found = one(Measure, request.user, pk)
    make = MEASURE_PAPERS.get((which, found.form))
    if make is None or not found.number:
        raise NotInScope
    signed = archive.kept(which, found) or make(found)
    return paper_response(signed, f"{signed.title.replace(chr(10), '')}{found.number}", kind)


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
