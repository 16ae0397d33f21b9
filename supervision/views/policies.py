"""督办阶梯: what holds now as a picture, the editor, the simulation before anything is switched on, former editions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.errors import RuleError
from common.models import BackgroundWork
from common.typed import id_of, text_of
from hazards.models.hazard import Level
from supervision import queries, unit_rules
from supervision.forms.policies import LadderForm, initial_of
from supervision.forms.unit_rules import KIND as RULE_KIND
from supervision.ladder import Edition, Traits, edition_for
from supervision.ladder_picture import stairs
from supervision.models import LadderPolicy, UnitMonth, UnitRule
from supervision.models.ladder import HAZARD
from supervision.simulation import report, work
from supervision.transitions import policies, tracks
from units.access import holds, require
from units.models import PolicyProposal
from units.roles import Right
from units.transitions.policies import payload_of, propose_policy


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder of every level as a picture, narrower ones, what waits for approval and what held before."""
    require(request.user, Right.READ_LETTER)
    user: Any = request.user
    held = {policy.pk: policy for policy in queries.policies(user)}
    editions = {pk: policies.edition_of(policy) for pk, policy in held.items()}
    general = [edition_for(editions.values(), traits, clock.today()) for traits in _general_traits(user.area_path)]
    others = [each for each in _newest(editions.values()) if each not in general and not _is_general(each)]
    context = {
        "ladders": [_shown(edition, held) for edition in (*general, *others) if edition is not None],
        "history": sorted(editions.values(), key=lambda edition: edition.effective_from, reverse=True),
        "pending": _pending(user).select_related("proposed_by"),
        "unit_rules": unit_rules.in_force(UnitRule.objects.for_user(user), user.area_path, clock.today()).values(),
        "has_months": UnitMonth.objects.for_user(user).exists(),
        "may_propose": holds(user, Right.PROPOSE_POLICY),
    }
    return render(request, "supervision/ladder.html", context)


def _general_traits(area_path: str) -> list[Traits]:
    """A hazard of every level, then one of everything else that climbs."""
    others = [subject for subject, _ in tracks.subjects() if subject != HAZARD]
    return [
        *(Traits(level, area_path) for level in Level.values),
        *(Traits("", area_path, subject=subject) for subject in others),
    ]


def _newest(editions: Any) -> list[Edition]:
    """Of every reach the newest edition, those still to come included."""
    newest = {each.reach: each for each in sorted(editions, key=lambda each: each.effective_from)}
    return list(newest.values())


def _is_general(edition: Edition) -> bool:
    """For a level and nothing narrower, superseded by a nearer one."""
    return edition.effective_from <= clock.today() and not (edition.campaign or edition.sector_id)


def _shown(edition: Edition, held: dict[int, LadderPolicy]) -> dict[str, Any]:
    policy = held[edition.pk]
    return {
        "policy": policy,
        "level": _holds_for(edition),
        "stairs": stairs(edition.rungs),
        "is_to_come": edition.effective_from > clock.today(),
        "edit_url": f"{reverse('ladder-edit')}?{urlencode({'from': edition.pk})}",
    }


def _holds_for(edition: Edition) -> str:
    if edition.subject != HAZARD:
        return dict(tracks.subjects())[edition.subject]
    return str(Level(edition.level).label) if edition.level else "各等级"


def _pending(user: Any) -> Any:
    return PolicyProposal.objects.for_user(user).pending().filter(kind__in=(policies.KIND, RULE_KIND))


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """The editor of a new edition: ?from= fills it in with one that holds, ?again= with a simulated one."""
    require(request.user, Right.PROPOSE_POLICY)
    user: Any = request.user
    if request.method == "POST":
        form = LadderForm(request.POST, area_path=user.area_path)
        if form.is_valid():
            try:
                return redirect("ladder-simulation", work.begin(user, form, payload_of(form)).pk)
            except RuleError as error:
                form.refuse(error)
    else:
        form = _opened(request)
    return render(request, "supervision/ladder_edit.html", {"form": form}, status=422 if form.errors else 200)


def _opened(request: HttpRequest) -> LadderForm:
    user: Any = request.user
    again = id_of(request.GET.get("again"))
    if again:
        return LadderForm(initial=work.of(user, again).params["payload"], area_path=user.area_path)
    asked = id_of(request.GET.get("from"))
    policy = queries.policies(user).filter(pk=asked).first() if asked else None
    edition = policies.edition_of(policy) if policy else None
    initial = initial_of(edition.rungs if edition else ())
    if policy:
        initial |= {name: getattr(policy, name) for name in ("subject", "level", "sector", "campaign", "basis")}
    return LadderForm(initial=initial, area_path=user.area_path)


@require_http_methods(["GET", "HEAD", "POST"])
def simulation(request: HttpRequest, pk: int) -> HttpResponse:
    """What the ladder would have done over the last quarter beside the one in force; POST puts it to the head."""
    require(request.user, Right.PROPOSE_POLICY)
    found = work.of(request.user, pk)
    form = work.form_of(found)
    reason = text_of(request.POST, "reason", 300)
    problem = ""
    if request.method == "POST":
        if reason and form.is_valid():
            propose_policy(policies.KIND, request.user, form, reason)  # type: ignore[arg-type]
            messages.success(request, "阶梯调整建议已提交，待负责人批准后施行。")
            return redirect("ladder-policy")
        problem = "请填写调整理由。" if not reason else "施行日期已过或内容有误，请返回修改。"
    context = {**_simulated(found), "reason": reason, "problem": problem}
    return render(request, "supervision/ladder_simulation.html", context, status=422 if problem else 200)


def _simulated(found: BackgroundWork) -> dict[str, Any]:
    form = work.form_of(found)
    form.full_clean()
    return {
        "work": found,
        "report": report.build(found) if found.result else None,
        "stairs": stairs(form.rungs()),
        "title": found.title.removeprefix("模拟"),
    }


@require_safe
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """What a proposed edition says, as a picture, for whoever decides on it."""
    require(request.user, Right.PROPOSE_POLICY)
    found = _proposal(request, pk)
    form = LadderForm(found.payload, area_path=found.area_path)
    form.full_clean()
    context = {"proposal": found, "stairs": stairs(form.rungs())}
    return render(request, "supervision/ladder_proposal.html", context)


@require_POST
def simulate_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever decides on a proposal sees what it would have done before deciding."""
    require(request.user, Right.PROPOSE_POLICY)
    found = _proposal(request, pk)
    form = LadderForm(found.payload, area_path=found.area_path)
    form.full_clean()
    form.cleaned_data.setdefault("effective_from", clock.today())
    return redirect("ladder-simulation", work.begin(request.user, form, found.payload).pk)


def _proposal(request: HttpRequest, pk: int) -> PolicyProposal:
    mine = PolicyProposal.objects.for_user(request.user).filter(kind=policies.KIND)  # type: ignore[arg-type]
    return get_object_or_404(mine.select_related("proposed_by"), pk=pk)
