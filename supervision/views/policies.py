"""督办阶梯: what holds now as one table of days, what waits for approval, and former editions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common import clock
from hazards.models.hazard import Level
from supervision import queries
from supervision.ladder import ORDER, Edition, Traits, edition_for
from supervision.letter_texts import label_of
from supervision.transitions import policies
from units.access import holds, require
from units.models import PolicyProposal
from units.roles import Right


@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """The ladder of every level, with the way to propose a change for those who may."""
    require(request.user, Right.READ_LETTER)
    user: Any = request.user
    editions = [policies.edition_of(policy) for policy in queries.policies(user)]
    current = {level: edition_for(editions, Traits(level, user.area_path), clock.today()) for level in Level.values}
    context = {
        "levels": [(Level(level).label, _change_url(level, edition)) for level, edition in current.items()],
        "rows": _table(current),
        "history": sorted(editions, key=lambda edition: edition.effective_from, reverse=True),
        "pending": PolicyProposal.objects.for_user(user)
        .pending()
        .filter(kind=policies.KIND)
        .select_related("proposed_by"),
        "may_propose": holds(user, Right.PROPOSE_POLICY),
    }
    return render(request, "supervision/ladder.html", context)


def _change_url(level: str, edition: Edition | None) -> str:
    """The form of a change, filled in with what holds now."""
    days = {f"step_{rung.code}": rung.offset for rung in edition.rungs} if edition else {}
    return f"{reverse('policy-propose', args=[policies.KIND])}?{urlencode({'level': level, **days})}"


def _table(current: dict[str, Edition | None]) -> list[dict[str, Any]]:
    """One row per step: its name, and the day of each level."""
    rows = []
    for code in ORDER:
        rungs = [_rung(edition, code) for edition in current.values()]
        decides = any(rung.person_decides for rung in rungs if rung)
        rows.append({"label": label_of(code), "days": rungs, "person_decides": decides})
    return rows


def _rung(edition: Edition | None, code: str) -> Any:
    return next((rung for rung in edition.rungs if rung.code == code), None) if edition else None
