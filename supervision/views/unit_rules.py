"""单位触发规则: the editor, and what the change would have done with the last three months before it is put to the head."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.typed import id_of, text_of
from supervision.forms.unit_rules import KIND, UnitRuleForm
from supervision.models import UnitRule
from supervision.simulation import report, units, work
from units.access import require
from units.models import PolicyProposal
from units.roles import Right
from units.transitions.policies import payload_of, propose_policy

NAMES = ("code", "is_on", "below", "running_below", "last_only", "least", "document", "basis")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The rule as it is (?from=) or as it was typed before (?again=); POST simulates it."""
    require(request.user, Right.PROPOSE_POLICY)
    if request.method == "POST":
        form = UnitRuleForm(request.POST)
        if form.is_valid():
            return redirect("unit-rule-simulation", work.begin_rule(request.user, form, payload_of(form)).pk)
    else:
        form = UnitRuleForm(initial=_opened(request))
    return render(request, "supervision/unit_rule_edit.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: HttpRequest) -> dict[str, Any]:
    user: Any = request.user
    again, asked = id_of(request.GET.get("again")), id_of(request.GET.get("from"))
    if again:
        return dict(work.of(user, again, units.KIND).params["payload"])
    rule = UnitRule.objects.for_user(user).filter(pk=asked).first() if asked else None
    return {name: getattr(rule, name) for name in NAMES} if rule else {}


@require_http_methods(["GET", "HEAD", "POST"])
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the rules would have done beside what they did; POST puts the change to the head."""
    require(request.user, Right.PROPOSE_POLICY)
    found = work.of(request.user, pk, units.KIND)
    form, reason, problem = units.form_of(found), text_of(request.POST, "reason", 300), ""
    if request.method == "POST":
        if reason and form.is_valid():
            propose_policy(KIND, request.user, form, reason)  # type: ignore[arg-type]
            messages.success(request, "规则调整建议已提交，待负责人批准后施行。")
            return redirect("ladder-policy")
        problem = "请填写调整理由。" if not reason else "施行日期已过或内容有误，请返回修改。"
    context = {
        "work": found,
        "report": report.build_rule(found) if found.result else None,
        "title": found.title.removeprefix("模拟"),
        "reason": reason,
        "problem": problem,
    }
    return render(request, "supervision/unit_rule_simulation.html", context, status=422 if problem else 200)


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What a proposed edition says, for whoever decides on it."""
    require(request.user, Right.PROPOSE_POLICY)
    return render(request, "supervision/unit_rule_proposal.html", {"proposal": _proposal(request, pk)})


def _proposal(request: HttpRequest, pk: int) -> PolicyProposal:
    mine = PolicyProposal.objects.for_user(request.user).filter(kind=KIND)  # type: ignore[arg-type]
    return get_object_or_404(mine.select_related("proposed_by"), pk=pk)


@require_POST
def simulate_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever decides on a proposal sees what it would have done before deciding."""
    require(request.user, Right.PROPOSE_POLICY)
    found = _proposal(request, pk)
    form = UnitRuleForm(found.payload)
    form.full_clean()
    form.cleaned_data.setdefault("effective_from", clock.today())
    return redirect("unit-rule-simulation", work.begin_rule(request.user, form, found.payload).pk)
