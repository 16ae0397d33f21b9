"""Bulk actions of the task ledger: each row goes through the same transition as its own button."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

import audit
from audit import actions
from common.errors import NotInScope
from common.exports import export_response
from tasks import layout
from tasks.forms.bulk import CancelManyForm, DeadlineManyForm, PickedForm
from tasks.models import Assignment
from tasks.transitions.assignments import RULES
from tasks.transitions.many import perform_many
from units.access import require
from units.roles import Right

# The steps that may be taken on many at once; those with a form of their own ask first.
STEPS: dict[str, tuple[str, type[PickedForm] | None]] = {
    "remind": ("remind", None),
    "deadline": ("change_deadline", DeadlineManyForm),
    "cancel": ("cancel", CancelManyForm),
}
NAMED = 10  # refusals named one by one


@require_POST
def bulk(request: HttpRequest, action: str) -> HttpResponseBase:
    """`remind` (催办), `deadline` (调整时限), `cancel` (取消任务) or `export` (导出所选) the rows ticked as `ids`."""
    if action not in (*STEPS, "export"):
        raise NotInScope
    right = Right.READ_TASK if action == "export" else Right.MANAGE_TASK
    require(request.user, right)
    picked = PickedForm(request.POST, actor=request.user, right=right)
    if not picked.is_valid():
        messages.error(request, "；".join(text for errors in picked.errors.values() for text in errors))
        return redirect(_list(request))
    ids = picked.cleaned_data["ids"]
    return _export(request, ids) if action == "export" else _step(request, action, picked)


def _list(request: HttpRequest) -> str:
    """The ledger as it was filtered when the rows were ticked."""
    came_from = urlsplit(request.POST.get("back") or request.headers.get("Referer", ""))
    ledger = reverse("assignment-list")
    return f"{ledger}?{came_from.query}" if came_from.path == ledger and came_from.query else ledger


def _step(request: HttpRequest, action: str, picked: PickedForm) -> HttpResponse:
    name, kind = STEPS[action]
    form = picked
    if kind is not None:
        typed = "confirmed" in request.POST
        form = kind(request.POST if typed else None, actor=request.user, right=Right.MANAGE_TASK)
        if not typed or not form.is_valid():
            return _ask(request, action, form, picked)
    done, refused = perform_many(request.user, form.cleaned_data["ids"], name, **form.values())
    label = RULES[name].label
    if done:
        messages.success(request, f"已{label}{done}项，承办单位已收到消息。")
    if refused:
        more = f"；另有{len(refused) - NAMED}项" if len(refused) > NAMED else ""
        messages.warning(request, f"{len(refused)}项未{label}——{'；'.join(refused[:NAMED])}{more}。")
    return redirect(_list(request))


def _ask(request: HttpRequest, action: str, form: PickedForm, picked: PickedForm) -> HttpResponse:
    rows = (
        Assignment.objects.filter(pk__in=picked.cleaned_data["ids"]).select_related("task", "unit").order_by("due_at")
    )
    context = {"form": form, "rows": rows, "rule": RULES[STEPS[action][0]], "action": action, "back": _list(request)}
    return render(request, "tasks/bulk.html", context, status=422 if form.errors else 200)


def _export(request: HttpRequest, ids: list[int]) -> HttpResponseBase:
    rows = list(layout.rows(request.user, Assignment.objects.filter(pk__in=ids)))
    audit.record(actions.EXPORT, Assignment, after={"title": "任务台账（所选）", "rows": len(rows)})
    return export_response("xlsx", "任务台账（所选）", layout.COLUMNS, rows)
