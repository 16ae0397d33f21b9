"""导入任务台账: check a file, bring it in, and see row by row what was refused and why."""

from __future__ import annotations

import io

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import RuleError
from common.exports import XLSX
from common.spreadsheets import template_xlsx
from tasks import imports
from tasks.forms.importing import ImportForm
from tasks.models import Plan
from tasks.sheet_progress import TaskOutcome
from tasks.transitions.plans import create_plan
from units.access import require
from units.roles import Right


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """The form; with `check` the file is only looked at."""
    require(request.user, Right.MANAGE_TASK)
    typed = request.method == "POST"
    initial = {"plan": request.GET.get("plan")}
    form = ImportForm(*((request.POST, request.FILES) if typed else ()), actor=request.user, initial=initial)
    context: dict[str, object] = {"form": form, "checked": "check" in request.POST}
    if typed and form.is_valid():
        try:
            plan, outcome = _run(request, form)
        except RuleError as error:
            form.refuse(error)
        else:
            outcome.notes.sort(key=lambda note: note[0])
            context |= {"plan": plan, "outcome": outcome, "rejected": sorted(outcome.rejected, key=lambda row: row.row)}
    return render(request, "tasks/import.html", context, status=422 if form.errors else 200)


def _run(request: HttpRequest, form: ImportForm) -> tuple[Plan | None, TaskOutcome]:
    """Check or bring in; a new plan is kept only where a task came with it."""
    check, file = "check" in request.POST, form.cleaned_data["file"]
    table = imports.open_tasks(file, file.name)
    with transaction.atomic():
        known = form.cleaned_data["plan"]
        plan = known or create_plan(request.user, title=form.cleaned_data["title"], source=Plan.Source.LEDGER)
        outcome = imports.bring_in(request.user, plan.pk, table, check_only=check)
        kept = known is not None or (not check and outcome.accepted > 0)
        transaction.set_rollback(not kept)
    if not check and outcome.accepted:
        messages.success(request, f"已导入{outcome.accepted}项任务，请在方案页面核对后下达。")
    if not check and (outcome.progress or outcome.completions):
        messages.success(request, f"已导入进展{outcome.progress}条、完成报告{outcome.completions}条，完成报告待审核。")
    return (plan if kept else None), outcome


@require_safe
def template(request: HttpRequest) -> FileResponse:
    """An empty ledger in the office's layout."""
    require(request.user, Right.MANAGE_TASK)
    file = io.BytesIO()
    template_xlsx(file, "任务台账", imports.FIELDS)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="任务台账模板.xlsx", content_type=XLSX)
