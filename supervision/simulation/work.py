"""A simulation a person asked for: kept with what was typed, counted at once when small, by a job when large."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse

from common import clock
from common.errors import NotInScope
from common.models import BackgroundWork
from hazards.models import Hazard
from supervision.forms.policies import LadderForm
from supervision.forms.unit_rules import UnitRuleForm
from supervision.ladder import Edition, Traits, edition_for
from supervision.ladder_defaults import FROM_THE_BEGINNING
from supervision.models import UnitRule
from supervision.simulation import units
from supervision.simulation.hazard_past import HazardPast
from supervision.simulation.pasts import Past
from supervision.simulation.replay import replay, summary
from supervision.simulation.task_past import AssignmentPast
from supervision.transitions.policies import editions

KIND = "ladder-simulation"
QUARTER = timedelta(days=91)
RULE_AT_ONCE = 20_000  # hazards of the street whose months are counted while the person waits
AT_ONCE = 1_000  # hazards counted while the person waits; about two seconds
_log = logging.getLogger(__name__)


def begin(user: Any, form: LadderForm, payload: dict[str, Any]) -> BackgroundWork:
    """Simulate the valid `form` over the last quarter, whatever kind of record it is for."""
    edition = form.edition(user.area_path)
    past = past_of(edition)
    now = clock.now()
    params = {
        "payload": payload,
        "area_path": user.area_path,
        "since": (now - QUARTER).isoformat(),
        "until": now.isoformat(),
    }
    work = BackgroundWork.objects.create(owner=user, kind=KIND, title=f"模拟{edition.name}"[:200], params=params)
    if past.within_reach(edition, now - QUARTER, now)[: AT_ONCE + 1].count() <= AT_ONCE:
        run(work.pk)
        work.refresh_from_db()
    return work


def begin_rule(user: Any, form: UnitRuleForm, payload: dict[str, Any]) -> BackgroundWork:
    """Simulate the valid `form` of a monthly rule over the last three whole months; a job does it."""
    label = UnitRule.Code(form.cleaned_data["code"]).label
    months = [month.isoformat() for month in units.months_before(clock.today())]
    params = {"payload": payload, "area_path": user.area_path, "months": months}
    work = BackgroundWork.objects.create(owner=user, kind=units.KIND, title=f"模拟单位触发规则“{label}”", params=params)
    if Hazard.objects.filter(area_path__startswith=user.area_path)[: RULE_AT_ONCE + 1].count() <= RULE_AT_ONCE:
        run(work.pk)
        work.refresh_from_db()
    return work


def of(user: Any, pk: int, kind: str = KIND) -> BackgroundWork:
    """The user's own simulation; raises `NotInScope`."""
    work = BackgroundWork.objects.for_user(user).filter(pk=pk, kind=kind).first()
    if work is None:
        raise NotInScope
    return work


def form_of(work: BackgroundWork) -> LadderForm:
    """What was typed, as a bound form."""
    return LadderForm(work.params["payload"], area_path=work.params["area_path"])


def past_of(edition: Edition) -> Past:
    """What the edition would have had to work on; every kind of record a ladder can be made for has a past."""
    return PASTS[edition.subject]


def unfinished() -> list[int]:
    """Simulations nobody has finished: what the sweep looks at."""
    return list(
        BackgroundWork.objects.unfinished().filter(kind__in=RESULTS).order_by("pk").values_list("pk", flat=True)
    )


def run(work_id: int) -> bool:
    """Count it to the end; False when another worker is at it or it is finished. A run that died is counted again."""
    with transaction.atomic():
        rows = BackgroundWork.objects.select_for_update(skip_locked=True).filter(pk=work_id, kind__in=RESULTS)
        work = rows.exclude(state__in=("DONE", "FAILED")).first()
        if work is None:
            return False
        try:
            with transaction.atomic():
                result = RESULTS[work.kind](work)
        except Exception:
            _log.exception("simulation %s failed", work_id)
            work.fail("模拟时发生意外错误，请稍后重试。")
        else:
            work.finish(result)
    return True


def _result(work: BackgroundWork) -> dict[str, Any]:
    since, until = (datetime.fromisoformat(work.params[name]) for name in ("since", "until"))
    form = form_of(work)
    form.full_clean()  # its day may have come meanwhile; the steps count all the same
    form.cleaned_data.setdefault("effective_from", clock.today())
    candidate = replace(form.edition(work.params["area_path"]), effective_from=FROM_THE_BEGINNING)
    past = past_of(candidate)
    records = past.within_reach(candidate, since, until)
    held = [edition for edition in editions.get() if edition.reach != candidate.reach]
    would = replay(past, records, [*held, candidate], {candidate.pk}, (since, until))
    now = replay(past, records, editions.get(), _replaced(candidate, until.date()), (since, until))
    return {
        "would": summary(would),
        "now": summary(now),
        "noun": past.noun,
        "message": "模拟已完成。",
        "url": reverse("ladder-simulation", args=[work.pk]),
    }


def _replaced(candidate: Edition, on: date) -> set[int]:
    """The editions whose place the candidate would take: its own former one, else the one that is nearest without it."""
    same = {edition.pk for edition in editions.get() if edition.reach == candidate.reach}
    if same:
        return same
    sectors = (candidate.sector_id,) if candidate.sector_id else ()
    traits = Traits(candidate.level, candidate.area_path, sectors, candidate.campaign, candidate.subject)
    nearest = edition_for(editions.get(), traits, on)
    return {nearest.pk} if nearest else {edition.pk for edition in editions.get()}


PASTS: dict[str, Past] = {past.track.subject: past for past in (HazardPast(), AssignmentPast())}


RESULTS: dict[str, Callable[[BackgroundWork], dict[str, Any]]] = {KIND: _result, units.KIND: units.result}
