"""Time limits, working calendar, office settings: shown with their history, changed under four eyes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common import clock, limits, workdays
from common.errors import RuleError
from common.models import CalendarDay, TimeLimit
from common.typed import text_of
from units import policies
from units.access import holds, require
from units.forms.policies import OfficeForm
from units.forms.units import OpinionForm
from units.models import OfficeProfile, PolicyProposal, Unit
from units.models.areas import paths_above
from units.roles import Right
from units.transitions.policies import decide_policy, propose_policy

PROPOSALS_SHOWN = 100


@require_safe
def limit_list(request: HttpRequest) -> HttpResponse:
    """Every day count in force here today, with its basis and former editions."""
    require(request.user, Right.PROPOSE_POLICY)
    path = request.user.area_path
    history: dict[str, list[TimeLimit]] = {}
    for row in TimeLimit.objects.filter(area_path__in=["", *paths_above(path)]).order_by("-effective_from", "-pk"):
        history.setdefault(row.key, []).append(row)
    rows = [
        {"key": key, "label": label, "limit": limits.limit(key, path), "history": history.get(key, [])}
        for key, label in limits.LABELS.items()
    ]
    return render(request, "units/limit_list.html", {"rows": rows, "pending": _pending(request, policies.TIME_LIMIT)})


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Days that differ from the statutory calendar; warns when a year's arrangement is unknown."""
    require(request.user, Right.PROPOSE_POLICY)
    today = clock.today()
    context = {
        "days": CalendarDay.objects.filter(date__year__gte=today.year - 1),
        "missing": workdays.years_missing(today),
        "pending": _pending(request, policies.CALENDAR_DAY, policies.CALENDAR_REMOVAL),
    }
    return render(request, "units/calendar.html", context)


@require_safe
def office_settings(request: HttpRequest) -> HttpResponse:
    """What the office signs as and may issue."""
    require(request.user, Right.PROPOSE_POLICY)
    office = Unit.objects.office_of(request.user.area_path)
    profile = OfficeProfile.objects.filter(unit=office).first() or OfficeProfile(unit=office)
    form = OfficeForm(instance=profile)
    rows = [(bound.label, _setting(profile, bound.name)) for bound in form]
    context = {"office": office, "rows": rows, "pending": _pending(request, policies.OFFICE)}
    return render(request, "units/office_settings.html", context)


def _setting(profile: OfficeProfile, name: str) -> Any:
    value = getattr(profile, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    return getattr(profile, f"get_{name}_display", lambda: value)()


def _pending(request: HttpRequest, *kinds: str) -> list[PolicyProposal]:
    waiting = PolicyProposal.objects.for_user(request.user).pending().filter(kind__in=kinds)
    return list(waiting.select_related("proposed_by"))


def _own_kinds(request: HttpRequest) -> QuerySet[PolicyProposal]:
    """Proposals in scope of the kinds decided on these pages; an app may keep a page of its own for its kind."""
    return PolicyProposal.objects.for_user(request.user).filter(kind__in=policies.codes())


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, kind: str) -> HttpResponse:
    """Fill in a change of the policy `kind`; it waits for another person's approval."""
    require(request.user, Right.PROPOSE_POLICY)
    if kind not in policies.codes():
        raise Http404
    policy = policies.kind_of(kind)
    if policy.editor:
        return redirect(policy.editor)
    opened = policy.opened(Unit.objects.office_of(request.user.area_path))
    initial = {} if opened else {name: value for name, value in request.GET.items() if len(value) <= 60}
    form = policy.form(request.POST or None, **({"initial": initial} if initial else {}), **opened)
    reason = text_of(request.POST, "reason", 300)
    if request.method == "POST" and form.is_valid():
        if reason:
            propose_policy(kind, request.user, form, reason)
            messages.success(request, "调整建议已提交，待负责人批准后生效。")
            return redirect(policy.page)
        form.add_error(None, "请填写调整理由。")
    context = {"form": form, "policy": policy, "reason": reason}
    return render(request, "units/policy_form.html", context)


@require_safe
def proposal_list(request: HttpRequest) -> HttpResponse:
    """Waiting proposals first, then what was decided."""
    require(request.user, Right.PROPOSE_POLICY)
    found = _own_kinds(request).select_related("proposed_by", "decided_by")
    waiting = list(found.pending())
    decided = found.exclude(state="pending").order_by("-decided_at")[:PROPOSALS_SHOWN]
    return render(request, "units/policy_proposal_list.html", {"waiting": waiting, "decided": decided})


@require_http_methods(["GET", "POST"])
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal; the head approves or returns it, unless it is the head's own."""
    require(request.user, Right.PROPOSE_POLICY)
    found = _own_kinds(request).select_related("proposed_by", "decided_by")
    proposed = get_object_or_404(found, pk=pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST":
        require(request.user, Right.APPROVE_POLICY)
    if request.method == "POST" and form.is_valid():
        try:
            accept = request.POST.get("accept") == "1"
            decide_policy(proposed, request.user, accept, form.cleaned_data["reason"])
            messages.success(request, "已批准。" if accept else "已退回。")
            return redirect("policy-proposal-list")
        except RuleError as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
    may_decide = (
        holds(request.user, Right.APPROVE_POLICY) and proposed.is_pending and proposed.proposed_by != request.user
    )
    policy = policies.kind_of(proposed.kind)
    context = {"proposal": proposed, "policy": policy, "form": form, "may_decide": may_decide}
    return render(request, "units/policy_proposal.html", context)
