"""What a monthly rule would have done with the last three months: judged and drafted by the code that runs it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from common.models import BackgroundWork
from supervision import unit_rules
from supervision.forms.unit_rules import UnitRuleForm
from supervision.models import UnitRule
from supervision.simulation.replay import Tally, summary
from supervision.transitions.unit_months import months_of
from supervision.transitions.unit_track import UNITS, judged_at
from units.models import Unit

KIND = "unit-rule-simulation"
MONTHS = 3


def months_before(today: date, count: int = MONTHS) -> list[date]:
    """The first days of the last `count` whole months, oldest first."""
    found, first = [], today.replace(day=1)
    for _ in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def replay(office: Unit, months: Iterable[date], rules: Sequence[UnitRule]) -> Tally:
    """What the given editions would have brought about in these months; units and people are those of today."""
    tally = Tally()
    for month in months:
        rows = list(months_of(office, month, unit_rules.figures_of(office, month)))
        peers = {(office.pk, month): [unit_rules.figures_in(row) for row in rows]}
        moves = list(UNITS.judged(rows, peers, rules, judged_at(month)))
        tally.records = max(tally.records, len(rows))
        tally.add(moves, UNITS.outcome(moves))
    return tally


def form_of(work: BackgroundWork) -> UnitRuleForm:
    """What was typed, as a bound form."""
    return UnitRuleForm(work.params["payload"])


def result(work: BackgroundWork) -> dict[str, Any]:
    """The counts of a simulation: with the candidate in the place of its rule, and with the rules in force."""
    form, area = form_of(work), work.params["area_path"]
    form.full_clean()  # its day may have come meanwhile; the rule counts all the same
    data = {name: value for name, value in form.cleaned_data.items() if name != "effective_from"}
    held = list(UnitRule.objects.all())
    candidate = UnitRule(**data, area_path=area, effective_from=date.max)
    others = [rule for rule in held if rule.code != candidate.code]
    candidate.effective_from = unit_rules.FROM_THE_BEGINNING
    office, months = Unit.objects.office_of(area), [date.fromisoformat(month) for month in work.params["months"]]
    return {
        "would": summary(replay(office, months, [*others, candidate])),
        "now": summary(replay(office, months, held)),
        "message": "模拟已完成。",
        "url": reverse("unit-rule-simulation", args=[work.pk]),
    }
