"""上报隐患 and one's own drafts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

import audit
from common.errors import NotInScope, RuleError
from common.typed import id_of
from hazards import transitions
from hazards.forms.reporting import ReportForm
from hazards.models import Hazard
from hazards.models.hazard import State
from units.access import require
from units.models import Unit
from units.roles import Right


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Report a hazard, or keep it as a draft; ?unit= (from a QR code or an enterprise's page) and ?campaign= fill in theirs."""
    require(request.user, Right.REPORT_HAZARD)
    if request.method == "POST":
        return _take(request, None)
    return _show(request, ReportForm(actor=request.user, initial=_asked(request)))


@require_http_methods(["GET", "POST"])
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own draft `pk`: go on writing, keep, or report it. What has been reported leads to its page."""
    hazard = (
        Hazard.objects.for_user(request.user).filter(pk=pk, reported_by=request.user).select_related("unit").first()
    )
    if hazard is None:
        raise NotInScope
    if hazard.state != State.DRAFT:
        return redirect(hazard)
    if request.method == "POST":
        return _take(request, hazard)
    return _show(request, ReportForm(actor=request.user, draft=hazard))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete one's own draft."""
    transitions.discard_draft(request.user, pk)
    audit.record("hazards.draft_discarded", Hazard, after={"id": pk})
    messages.success(request, "草稿已删除。")
    return redirect("workbench")


def _asked(request: HttpRequest) -> dict[str, Any]:
    asked = id_of(request.GET.get("unit"))
    unit = Unit.objects.for_user(request.user, Right.REPORT_HAZARD).filter(pk=asked).select_related("area").first()
    campaign = id_of(request.GET.get("campaign"))
    return ({"unit": unit} if unit else {}) | ({"campaign": campaign} if campaign else {})


def _take(request: HttpRequest, hazard: Hazard | None) -> HttpResponse:
    """Keep the photos first, then judge the words; what is refused comes back with everything typed."""
    form = ReportForm(request.POST, request.FILES, actor=request.user, draft=hazard)
    form.take_in()
    if "search" in request.POST:
        form._errors = {}
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, 422)
    submit = request.POST.get("save") != "draft"
    try:
        kept = _store(request, form, hazard, submit)
    except RuleError as error:
        form.refuse(error)
        return _show(request, form, error.status)
    if submit:
        messages.success(request, f"已上报，隐患编号{kept.number}。核实后会通知您。")
        return redirect("hazard-detail", kept.pk)
    messages.success(request, "草稿已保存，可在工作台继续填写。")
    return redirect("hazard-draft", kept.pk)


def _store(request: HttpRequest, form: ReportForm, hazard: Hazard | None, submit: bool) -> Hazard:
    if hazard is not None:
        return transitions.revise_draft(request.user, hazard.pk, submit=submit, **form.values())
    return transitions.report(request.user, submit=submit, once=form.cleaned_data["once"], **form.values())


def _show(request: HttpRequest, form: ReportForm, status: int = 200) -> HttpResponse:
    return render(request, "hazards/report.html", {"form": form, "draft": form.draft}, status=status)
