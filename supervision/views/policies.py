"""督办阶梯: what holds, its history, a change proposed and decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common import clock
from common.errors import Forbidden, NotInScope, RuleError, WrongState
from hazards.models.hazard import Level
from supervision import queries
from supervision.forms.policies import DecisionForm, PolicyForm
from supervision.ladder import ORDER, Edition, edition_for
from supervision.letter_texts import label_of
from supervision.transitions import policies
from units.access import holds, require
from units.models import PolicyProposal
from units.roles import Right


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder of every level as one table of days, proposals waiting, and former editions."""
    require(request.user, Right.READ_LETTER)
    user: Any = request.user
    editions = [policies.edition_of(policy) for policy in queries.policies(user)]
    current = {level: _current(editions, user, level) for level in Level.values}
    pending = PolicyProposal.objects.for_user(user).pending().filter(kind=policies.KIND).select_related("proposed_by")
    context = {
        "levels": [(Level(level).label, level, edition) for level, edition in current.items()],
        "rows": _table(current),
        "history": sorted(editions, key=lambda edition: edition.effective_from, reverse=True),
        "pending": [(proposal, _offsets(proposal), DecisionForm(prefix=str(proposal.pk))) for proposal in pending],
        "may_propose": holds(user, Right.PROPOSE_POLICY),
        "may_decide": holds(user, Right.APPROVE_POLICY),
    }
    return render(request, "supervision/ladder.html", context)


def _current(editions: list[Edition], user: Any, level: str) -> Edition | None:
    return edition_for(editions, level, user.hat.unit.area_path, clock.today())


def _table(current: dict[str, Edition | None]) -> list[dict[str, Any]]:
    """One row per step: its name, and the day of each level."""
    rows = []
    for code in ORDER:
        rungs = [next((rung for rung in edition.rungs if rung.code == code), None) if edition else None for edition in current.values()]
        decides = any(rung.person_decides for rung in rungs if rung)
        rows.append({"label": label_of(code), "days": rungs, "person_decides": decides})
    return rows


def _offsets(proposal: PolicyProposal) -> list[tuple[str, int]]:
    offsets = proposal.payload["offsets"]
    return [(label_of(code), offsets[code]) for code in ORDER if code in offsets]


@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: HttpRequest, level: str) -> HttpResponse:
    """Propose a new edition of the ladder of `level`."""
    require(request.user, Right.PROPOSE_POLICY)
    user: Any = request.user
    if level not in Level.values:
        raise NotInScope
    edition = _current(list(policies.editions.get()), user, level)
    form = PolicyForm(*([request.POST] if request.method == "POST" else []), edition=edition)
    if request.method == "POST" and form.is_valid():
        try:
            policies.propose_change(user, **form.values())
        except Forbidden:
            raise
        except RuleError as error:
            form.refuse(_placed(error))
        else:
            messages.success(request, "调整建议已提交，待负责人审批。")
            return redirect("ladder-policy")
    context = {"form": form, "level_label": Level(level).label}
    return render(request, "supervision/ladder_propose.html", context, status=422 if form.errors else 200)


def _placed(error: RuleError) -> RuleError:
    """A refusal that names a step, at the field of that step."""
    error.fields = {f"step_{name}" if name in ORDER else name: text for name, text in error.fields.items()}
    return error


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or return a proposed edition."""
    require(request.user, Right.APPROVE_POLICY)
    form = DecisionForm(request.POST, prefix=str(pk))
    if not form.is_valid():
        messages.error(request, "请选择批准或退回。")
        return redirect("ladder-policy")
    approve = form.cleaned_data["decision"] == "approve"
    try:
        policies.decide_change(request.user, pk, approve=approve, opinion=form.cleaned_data["opinion"])
    except (Forbidden, NotInScope, WrongState):
        raise
    except RuleError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "已批准，按施行日期生效。" if approve else "已退回。")
    return redirect("ladder-policy")
