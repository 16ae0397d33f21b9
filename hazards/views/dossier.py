"""隐患档案: a page to print, and the same as PDF or .docx."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

import audit
from common.papers import render_docx, render_pdf
from hazards import judging, queries, timeline
from hazards.dossier import paper
from hazards.models import HazardEvidence

_FORMATS = {
    "pdf": (render_pdf, "application/pdf"),
    "docx": (render_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


@require_safe
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier of a hazard in the reader's scope; ?format=pdf or docx is the paper, its taking audited."""
    hazard = queries.one(request.user, pk)
    kind = request.GET.get("format", "")
    if kind not in _FORMATS:
        photos = {row.attachment_id: row.attachment for row in hazard.evidence.all()}
        stages = [(stage.label, judging.photos(hazard, stage)) for stage in HazardEvidence.Stage]
        context = {
            "hazard": hazard,
            "steps": timeline.steps(hazard),
            "events": timeline.timeline(hazard, photos)[::-1],
            "plans": hazard.plans.all(),
            "stages": [(label, found) for label, found in stages if found],
        }
        return render(request, "hazards/dossier.html", context)
    write, mime = _FORMATS[kind]
    audit.record("hazards.dossier", hazard, after={"format": kind})
    response = HttpResponse(write(paper(hazard)), content_type=mime)
    response["Content-Disposition"] = (
        content_disposition_header(True, f"隐患档案 {hazard.number or hazard.pk}.{kind}") or ""
    )
    return response
