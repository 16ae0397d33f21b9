"""The import room: upload, preview with errors in place, background work, result with an error sheet."""

from __future__ import annotations

import io
from functools import partial
from typing import Any

from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import Refused, RuleError
from common.models import BackgroundWork
from common.spreadsheets import template_xlsx
from common.typed import text_of
from hazards.imports import preview as shown
from hazards.imports import works
from hazards.imports.errors_sheet import write_error_sheet
from hazards.imports.forms import MappingForm, UploadForm
from hazards.imports.ledger import FIELDS, KINDS, Ledger, import_ledger
from units.access import require
from units.roles import Right

RECENT = 10
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file; what cannot be read is refused here with the reason."""
    require(request.user, Right.IMPORT_LEDGER)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            work = works.begin(request.user, form.cleaned_data["file"], form.cleaned_data["kind"])
        except Refused as error:
            form.add_error("file", error.message)
        else:
            return redirect("import-preview", work.pk)
    recent = BackgroundWork.objects.for_user(request.user).filter(kind=works.KIND)[:RECENT]
    context = {"form": form, "recent": recent, "kinds": KINDS}
    return render(request, "hazards/imports/start.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What was understood, row by row; POST keeps a corrected mapping."""
    require(request.user, Right.IMPORT_LEDGER)
    work = works.of(request.user, pk)
    if work.params["confirmed"]:
        return redirect("import-result", pk)
    ledger = works.ledger_of(work)
    form = MappingForm(request.POST or None, table=ledger.table, kind=ledger.kind)
    if request.method == "POST" and form.is_valid():
        works.remap(work, ledger.kind, ledger.table.sheet.name, form.mapping())
        return redirect("import-preview", pk)
    context = {"work": work, "form": form, **_understood(request, work, ledger)}
    return render(request, "hazards/imports/preview.html", context, status=422 if form.errors else 200)


def _understood(request: HttpRequest, work: BackgroundWork, ledger: Ledger) -> dict[str, Any]:
    """The dry run and its page of rows; `problem` says why nothing can be imported yet."""
    table = ledger.table
    show = request.GET.get("show", "all")
    context: dict[str, Any] = {
        "ledger_kind": KINDS[ledger.kind],
        "table": table,
        "columns": list(shown.columns(table)),
        "choices": [("", "不导入"), *((each.key, each.label) for each in FIELDS[ledger.kind])],
        "show": show,
    }
    try:
        outcome = import_ledger(ledger, works.importer_of(work), dry_run=True)
    except RuleError as error:
        return {**context, "problem": error.message}
    page = shown.page_of_rows(table, outcome, show, request.GET.get("page"))
    return {**context, "outcome": outcome, "figures": shown.figures(outcome), "page": page}


@require_POST
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at another sheet of the file, or take it as the other kind of ledger; the mapping starts anew."""
    require(request.user, Right.IMPORT_LEDGER)
    work = works.of(request.user, pk)
    kind = request.POST.get("kind") or work.params["kind"]
    if kind not in KINDS:
        raise Refused("请选择台账种类。")
    works.remap(work, kind, text_of(request.POST, "sheet", 200), None)
    return redirect("import-preview", pk)


@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Start the import in the background; a second click changes nothing."""
    require(request.user, Right.IMPORT_LEDGER)
    work = works.of(request.user, pk)
    if works.confirm(work):
        from hazards.jobs import import_ledger as job

        transaction.on_commit(partial(job.delay, work.pk), robust=True)
    return redirect("import-result", pk)


@require_safe
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """Progress while it runs (htmx asks every two seconds), then counts, faulty rows and what to look at."""
    require(request.user, Right.IMPORT_LEDGER)
    work = works.of(request.user, pk)
    if not work.params["confirmed"]:
        return redirect("import-preview", pk)
    running = work.finished_at is None
    if getattr(request, "htmx", False) and running:
        return render(request, "parts/progress.html", {"work": work, "url": request.path})
    notes = shown.grouped(work.result.get("notes", ()))
    context = {"work": work, "result": work.result, "running": running, "notes": notes}
    response = render(request, "hazards/imports/result.html", context)
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


@require_safe
def errors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The rejected rows as they were sent, with a column for the reason, to correct and send again."""
    require(request.user, Right.IMPORT_LEDGER)
    work = works.of(request.user, pk)
    rejected = work.result.get("rejected") or []
    if not rejected:
        raise Http404
    buffer = io.BytesIO()
    write_error_sheet(buffer, works.ledger_of(work).table, rejected)
    buffer.seek(0)
    return FileResponse(
        buffer, as_attachment=True, filename=f"{work.params['name'].rsplit('.', 1)[0]}_错误行.xlsx", content_type=XLSX
    )


@require_safe
def template(request: HttpRequest, kind: str) -> HttpResponseBase:
    """An empty workbook to fill in."""
    require(request.user, Right.IMPORT_LEDGER)
    if kind not in KINDS:
        raise Http404
    buffer = io.BytesIO()
    template_xlsx(buffer, KINDS[kind], FIELDS[kind])
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{KINDS[kind]}模板.xlsx", content_type=XLSX)
