"""A paper as a download."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from common.errors import NotInScope
from common.papers import Paper, render_docx, render_pdf

TYPES = {
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", render_docx),
    "pdf": ("application/pdf", render_pdf),
}


def paper_response(paper: Paper, name: str, kind: str) -> HttpResponse:
    """`paper` as `name`.docx or .pdf; any other kind does not exist."""
    if kind not in TYPES:
        raise NotInScope
    content_type, render = TYPES[kind]
    response = HttpResponse(render(paper), content_type=content_type)
    # A PDF opens in the browser for printing; a .docx is for editing.
    response["Content-Disposition"] = content_disposition_header(kind == "docx", f"{name}.{kind}") or ""
    return response
