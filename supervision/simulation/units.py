"""What a monthly rule would have done with the last three months: judged and drafted by the code that runs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse

from common import clock, workdays
from common.models import BackgroundWork
from supervision import unit_rules
from supervision.forms.unit_rules import UnitRuleForm
from supervision.models import UnitRule
from supervision.transitions import unit_triggers
from supervision.transitions.unit_triggers import Outcome
from units.models import Unit

KIND = "unit-rule-simulation"
MONTHS = 3


@dataclass
class RuleTally:
    """What would have been drafted and sent, by rule, unit and person."""

    units_looked_at: int = 0
    fired: Counter[str] = field(default_factory=Counter)
    letters: Counter[str] = field(default_factory=Counter)
    letter_units: set[tuple[str, int]] = field(default_factory=set)
    units: Counter[int] = field(default_factory=Counter)
    waiting: int = 0
    proposals: int = 0
    told: Counter[int] = field(default_factory=Counter)
    told_on: Counter[tuple[int, date]] = field(default_factory=Counter)

    def add(self, code: str, unit: Unit, found: Outcome, at: datetime) -> None:
        """Count one push."""
        self.fired[code] += 1
        self.proposals += found.measure is not None
        if found.letter is not None:
            self.letters[found.letter.kind] += 1
            self.letter_units.add((found.letter.kind, unit.pk))
            self.units[unit.pk] += 1
            self.waiting += found.letter.state == "draft"
        for person in {user.pk for user in found.people if user.is_active}:
            self.told[person] += 1
            self.told_on[person, clock.local(at).date()] += 1

    def summary(self) -> dict[str, Any]:
        """The counts as plain JSON, named as a ladder's."""
        units = Counter(kind for kind, _ in self.letter_units)
        return {
            "hazards": self.units_looked_at,
            "steps": dict(self.fired),
            "letters": {kind: [count, units[kind]] for kind, count in self.letters.items()},
            "waiting": self.waiting,
            "notices": 0,
            "proposals": {"unit": self.proposals} if self.proposals else {},
            "messages": sum(self.told.values()),
            "people": len(self.told),
            "top_people": self.told.most_common(10),
            "top_units": self.units.most_common(10),
            "busiest": [[person, on.isoformat(), count] for (person, on), count in self.told_on.most_common(1)],
        }


def months_before(today: date, count: int = MONTHS) -> list[date]:
    """The first days of the last `count` whole months, oldest first."""
    found, first = [], today.replace(day=1)
    for _ in range(count):
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def replay(office: Unit, months: Iterable[date], rules: Iterable[UnitRule]) -> RuleTally:
    """What the given editions would have brought about in these months; units and people are those of today."""
    tally, among = RuleTally(), list(rules)
    for month in months:
        figures = unit_rules.figures_of(office, month)
        held = unit_rules.in_force(among, office.area_path, month)
        units = Unit.objects.active().in_bulk([each.unit_id for each in figures])
        tally.units_looked_at = max(tally.units_looked_at, len(units))
        at = _judged_at(month)
        for each in figures:
            unit = units.get(each.unit_id)
            verdict = unit_triggers.judge(held, unit, month, (each, figures)) if unit else None
            if unit and verdict:
                push = unit_triggers.push_of(office, unit, month, verdict, at)
                tally.add(verdict.top.code, unit, unit_triggers.outcome(push), at)
    return tally


def _judged_at(month: date) -> datetime:
    """When the month is judged: on the first working day of the next."""
    after = (month + timedelta(days=31)).replace(day=1)
    return clock.midnight(workdays.first_workday_of_month(after.year, after.month))


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
        "would": replay(office, months, [*others, candidate]).summary(),
        "now": replay(office, months, held).summary(),
        "message": "模拟已完成。",
        "url": reverse("unit-rule-simulation", args=[work.pk]),
    }
