"""What the phone of an enterprise takes along: the self-checks it owes this week and the checklist they are made from."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch

from common import clock
from inspections import cadence as spans
from inspections.cadence import Span
from inspections.field_pack import checklist_of
from inspections.models import ChecklistItem, ChecklistVersion, SelfCheck, SelfCheckRule
from inspections.queries import self_checks as queries
from inspections.transitions.self_checks import may_sign, version_for

AHEAD = timedelta(days=7)  # how long the phone may do without a signal


def pack_of_firm(user: Any) -> dict[str, Any]:
    """Account, own checklist, and every check that may be filed within a week; nothing of any other enterprise."""
    unit = user.hat.unit
    items = Prefetch("items", ChecklistItem.objects.select_related("criterion__standard").order_by("number"))
    version = ChecklistVersion.objects.select_related("checklist").prefetch_related(items).get(pk=version_for(unit).pk)
    account = {"id": user.pk, "name": user.name, "unit": unit.name, "hat": str(user.hat)}
    return {
        "now": clock.now().isoformat(),
        "account": account | {"carries": False, "begins": False},
        "checklists": [checklist_of(version)],
        "checks": _owed(user, version),
        **{name: [] for name in ("modes", "units", "campaigns", "people", "visits")},
        "criteria": "",
    }


def _owed(user: Any, version: ChecklistVersion) -> list[dict[str, Any]]:
    unit, found = user.hat.unit, []
    for rule in queries.owed_by(unit):
        found += [(rule, span) for span in _coming(rule)]
    firsts = {span.first for _, span in found}
    filed = SelfCheck.objects.filter(unit=unit, first_on__in=firsts).values_list("cadence", "first_on")
    done = set(filed)
    return [_check(user, rule, span, version) for rule, span in found if (rule.cadence, span.first) not in done]


def _coming(rule: SelfCheckRule) -> list[Span]:
    """The spans that may be filed in time between now and a week from now, in order."""
    today, now = clock.today(), clock.now()
    span, coming = spans.before(rule.cadence, spans.span_of(rule.cadence, today)), []
    while span.first <= today + AHEAD:
        if queries.due_at(span.last) >= now and queries.is_owed_on(rule.cadence, span.first):
            coming.append(span)
        span = spans.span_of(rule.cadence, span.last + timedelta(days=1))
    return coming


def _check(user: Any, rule: SelfCheckRule, span: Span, version: ChecklistVersion) -> dict[str, Any]:
    return {
        "key": f"{rule.cadence}-{span.first}",
        "cadence": rule.cadence,
        "title": rule.get_cadence_display(),
        "label": spans.label(rule.cadence, span),
        "first": span.first.isoformat(),
        "due": queries.due_at(span.last).isoformat(),
        "signer": rule.get_signer_display(),
        "mine": may_sign(user, rule),
        "checklist": version.pk,
    }
