"""Which monthly rules hold for a unit: arithmetic over its figures, no database, no clock."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervision.ladder import Rung
from supervision.models import UnitMonth, UnitRule

RANK = {code: place for place, code in enumerate(UnitRule.Code.values)}
FROM_THE_BEGINNING = date(2000, 1, 1)
BASIS = "街道工作惯例（可按本地规定调整）"
DEFAULTS: tuple[dict[str, Any], ...] = (
    {"code": "low", "below": 90, "document": "reminder"},
    {"code": "poor", "below": 80, "running_below": 90, "document": "urge"},
    {"code": "last", "below": 80, "last_only": True, "document": "proposal"},
    {"code": "false", "document": "proposal"},
)


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """A unit's month: how many of its hazards fell due, how many of them were rectified in time; the month before too.

    `group` is what it is compared within (units of its kind); `false` counts rectifications found to be false.
    """

    unit_id: int
    group: str
    fell_due: int
    on_time: int
    fell_due_before: int = 0
    on_time_before: int = 0
    false: int = 0


FIGURES = ("group", "fell_due", "on_time", "fell_due_before", "on_time_before", "false")


@dataclass(frozen=True, slots=True)
class RuleRung(Rung):
    """A rule as a rung of the ladder; `rule` is its edition."""

    rule: int = 0


_figures: list[Callable[[Any, date], list[MonthFigures]]] = []


def provide(figures: Callable[[Any, date], list[MonthFigures]]) -> None:
    """Let `figures(office, month)` say how the units of an office did in a month; the room above knows."""
    _figures[:] = [figures]


def figures_of(office: Any, month: date) -> list[MonthFigures]:
    """The month (its first day) of every unit of the office."""
    return _figures[0](office, month)


def figures_in(row: UnitMonth) -> MonthFigures:
    """The figures a month was opened with, or last reckoned to."""
    return MonthFigures(row.unit_id, *(getattr(row, name) for name in FIGURES))


def said(figures: MonthFigures) -> dict[str, int]:
    """The counts as plain JSON, for the log."""
    return {name: getattr(figures, name) for name in FIGURES[1:]}


def in_words(counts: dict[str, int]) -> str:
    """到期隐患…项，按期整改…项，上月到期…项、按期…项，虚假整改…项."""
    return (
        f"到期隐患{counts['fell_due']}项，按期整改{counts['on_time']}项；上月到期{counts['fell_due_before']}项，"
        f"按期{counts['on_time_before']}项；虚假整改{counts['false']}项"
    )


def rung_of(rule: UnitRule) -> RuleRung:
    """The rule as the ladder carries it out."""
    return RuleRung(rule.code, 0, document=rule.document, rule=rule.pk or 0)


def rate(on_time: int, fell_due: int) -> float | None:
    """The on-time rate; None for 0/0."""
    return on_time / fell_due if fell_due else None


def is_below(on_time: int, fell_due: int, percent: int) -> bool:
    """Whether the rate lies below `percent`, reckoned in whole numbers; never of 0/0."""
    return fell_due > 0 and on_time * 100 < percent * fell_due


def in_force(rules: Iterable[UnitRule], area_path: str, on: date) -> dict[str, UnitRule]:
    """The edition of every rule for an area on a day: the deepest area, then the newest; one switched off is none."""
    found: dict[str, UnitRule] = {}
    fitting = (rule for rule in rules if rule.effective_from <= on and area_path.startswith(rule.area_path))
    for rule in sorted(fitting, key=lambda rule: (len(rule.area_path), rule.effective_from)):
        found[rule.code] = rule
    return {code: rule for code, rule in found.items() if rule.is_on}


def held(rules: dict[str, UnitRule], figures: MonthFigures, all_figures: Sequence[MonthFigures]) -> list[UnitRule]:
    """The rules that hold for the unit, mildest first."""
    holding = [rule for rule in rules.values() if _holds(rule, figures, all_figures)]
    return sorted(holding, key=lambda rule: RANK[rule.code])


def _holds(rule: UnitRule, figures: MonthFigures, all_figures: Sequence[MonthFigures]) -> bool:
    if rule.code == UnitRule.Code.FALSE:
        return figures.false > 0
    if figures.fell_due < rule.least:
        return False
    low = is_below(figures.on_time, figures.fell_due, rule.below)
    running = bool(rule.running_below) and all(
        is_below(on_time, fell_due, rule.running_below)
        for on_time, fell_due in (
            (figures.on_time, figures.fell_due),
            (figures.on_time_before, figures.fell_due_before),
        )
    )
    return (low or running) and (not rule.last_only or _is_last(figures, all_figures, rule.least))


def _is_last(figures: MonthFigures, all_figures: Sequence[MonthFigures], least: int) -> bool:
    """The lowest rate of at least two units of its kind; all that share it are last."""
    peers = [each for each in all_figures if each.group == figures.group and each.fell_due >= least]
    lowest = min((each.on_time / each.fell_due for each in peers if each.fell_due), default=None)
    return len(peers) > 1 and rate(figures.on_time, figures.fell_due) == lowest


def fresh(holding: Sequence[UnitRule], known: Collection[str]) -> list[UnitRule]:
    """Of the rules that hold, those not on record; none unless the hardest is harder than all on record."""
    reached = max((RANK[code] for code in known), default=-1)
    if not holding or RANK[holding[-1].code] <= reached:
        return []
    return [rule for rule in holding if rule.code not in known]


def reason(name: str, month: date, figures: MonthFigures, rule: UnitRule) -> str:
    """Why the rule holds: the unit, the month, the counts, the line."""
    if rule.code == UnitRule.Code.FALSE:
        return f"{name}{month:%Y}年{month.month}月经查实虚假整改{figures.false}项"
    counts = f"到期隐患{figures.fell_due}项，按期整改{figures.on_time}项"
    percent = figures.on_time * 100 / figures.fell_due
    line = f"低于{rule.below}%" if is_below(figures.on_time, figures.fell_due, rule.below) else ""
    running = "" if line else f"连续两月低于{rule.running_below}%"
    last = "，同类单位末位" if rule.last_only else ""
    return f"{name}{month:%Y}年{month.month}月{counts}，按期整改率{percent:.1f}%，{line or running}{last}"


def seed(rules: Any) -> None:
    """Store the starting rules; what is there already stays."""
    for row in DEFAULTS:
        rules.objects.get_or_create(
            code=row["code"], area_path="", effective_from=FROM_THE_BEGINNING, defaults={**row, "basis": BASIS}
        )
