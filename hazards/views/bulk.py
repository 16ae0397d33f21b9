"""Bulk actions of the ledger: each row goes through the same transition as its own button."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

import audit
from audit import actions
from common.errors import NotInScope, RuleError
from common.exports import export_response
from hazards import queries, transitions
from hazards.columns import OFFICE_LAYOUT
from hazards.forms.bulk import AssignForm, PickedForm
from hazards.models import Hazard
from units.access import require
from units.roles import Right


@require_POST
def bulk(request: HttpRequest, action: str) -> HttpResponseBase:
    """`assign` (派发), `urge` (催办) or `export` (导出所选) the rows ticked as `ids`."""
    handlers = {"assign": _assign, "urge": _urge, "export": _export}
    if action not in handlers:
        raise NotInScope
    return handlers[action](request)


def _assign(request: HttpRequest) -> HttpResponse:
    """First the form with what is about to happen, then one `confirm` per hazard; refusals are listed by number."""
    require(request.user, Right.CONFIRM)
    typed = "confirmed" in request.POST
    form = AssignForm(request.POST if typed else None, actor=request.user)
    picked = PickedForm(request.POST, actor=request.user)
    if not picked.is_valid():
        return _sorry(request, picked)
    if not typed or not form.is_valid():
        context = {"form": form, "hazards": picked.cleaned_data["ids"].select_related("unit")}
        return render(request, "hazards/assign.html", context, status=422 if typed else 200)
    done, refused = 0, []
    for hazard in form.cleaned_data["ids"]:
        try:
            transitions.perform("confirm", hazard.pk, request.user, **form.values_for(hazard))
            done += 1
        except RuleError as error:
            refused.append(f"{hazard.number}：{error.message}")
    if done:
        messages.success(request, f"已派发{done}条一般隐患，责任单位已收到整改要求。")
    if refused:
        messages.warning(request, f"{len(refused)}条未派发——" + "；".join(refused))
    return redirect("hazard-list")


def _urge(request: HttpRequest) -> HttpResponse:
    """Remind the responsible units of those still being rectified; once per hazard and day."""
    require(request.user, Right.CONFIRM)
    picked = PickedForm(request.POST, actor=request.user)
    if not picked.is_valid():
        return _sorry(request, picked)
    within = Hazard.objects.for_user(request.user, Right.CONFIRM).filter(pk__in=picked.cleaned_data["ids"])
    urged = transitions.urge(request.user, within)
    if urged:
        messages.success(request, f"已对{urged}条隐患发出催办。")
    else:
        messages.info(request, "没有发出催办：所选隐患不在整改中，或今天已经催办过。")
    return redirect("workbench" if request.POST.get("next") == reverse("workbench") else "hazard-list")


def _export(request: HttpRequest) -> HttpResponseBase:
    """The ticked rows in the office layout."""
    require(request.user, Right.READ_HAZARD)
    picked = PickedForm(request.POST, actor=request.user)
    if not picked.is_valid():
        return _sorry(request, picked)
    rows = list(queries.ledger_with_grounds(picked.cleaned_data["ids"]))
    audit.record(actions.EXPORT, Hazard, after={"title": "隐患台账（所选）", "rows": len(rows)})
    return export_response("xlsx", "隐患台账（所选）", OFFICE_LAYOUT, rows)


def _sorry(request: HttpRequest, form: PickedForm) -> HttpResponse:
    messages.error(request, "；".join(text for errors in form.errors.values() for text in errors))
    return redirect("hazard-list")
