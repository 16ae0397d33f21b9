"""What the unit names of a document mean in this office: remembered, matched, or still to be said by a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tasks.models import DraftTask, PlanDraft, UnitWording
from tasks.plans.matching import Candidate, Match, match
from units.models import Unit

SEPARATORS = ";；、,，"
_KINDS = (Unit.Kind.OFFICE, Unit.Kind.DEPARTMENT, Unit.Kind.VILLAGE, Unit.Kind.EXPERT)


@dataclass(frozen=True)
class Meant:
    """A wording of a draft: how often it stands there, what it means, and how that is known."""

    wording: str
    count: int
    match: Match
    remembered: UnitWording | None
    units: tuple[Unit, ...]

    @property
    def is_settled(self) -> bool:
        """Nobody needs to be asked: remembered, or the very name of a unit."""
        return self.remembered is not None or self.match.is_sure

    @property
    def choice(self) -> str:
        """The value of the form's choice: unit:12, a group, nobody, or nothing."""
        if self.remembered:
            kept = self.remembered
            return f"unit:{kept.unit_id}" if kept.unit_id else kept.meaning
        return f"unit:{self.match.key}" if self.match.key else self.match.meaning


class Wordings:
    """The names of one owner's street; one query for the units, one for what is remembered."""

    def __init__(self, owner: Unit) -> None:
        self.owner = owner
        self.units = {unit.pk: unit for unit in units_near(owner).prefetch_related("sectors")}
        kept = UnitWording.objects.filter(owner=owner).select_related("unit")
        self.remembered = {each.wording: each for each in kept}
        self.candidates = [Candidate(unit.pk, names_of(unit)) for unit in self.units.values()]
        self.place = owner.area.name

    def of(self, rows: Iterable[DraftTask]) -> list[Meant]:
        """Every wording of the rows that are to be imported; what a person must settle comes first."""
        counts = Counter(name for row in rows if not row.is_left_out for name in dict.fromkeys(row.names))
        meant = [self.meant(wording, count) for wording, count in counts.items()]
        return sorted(meant, key=lambda each: (each.is_settled, -each.count))

    def meant(self, wording: str, count: int = 1) -> Meant:
        """What one wording means."""
        kept = self.remembered.get(wording)
        found = Match() if kept else match(wording, self.candidates, self.place)
        units = (
            self._expanded(kept.meaning, kept.unit)
            if kept
            else self._expanded(found.meaning, self.units.get(found.key or 0))
        )
        return Meant(wording, count, found, kept, tuple(units))

    def _expanded(self, meaning: str, unit: Unit | None) -> list[Unit]:
        if meaning == UnitWording.Meaning.UNIT:
            unit = unit.merged_into if unit and unit.merged_into else unit
            return [unit] if unit else []
        return [each for each in self.units.values() if _belongs(each, meaning)]


def _belongs(unit: Unit, meaning: str) -> bool:
    is_department = unit.kind == Unit.Kind.DEPARTMENT
    if meaning == UnitWording.Meaning.VILLAGES:
        return unit.kind == Unit.Kind.VILLAGE
    if meaning == UnitWording.Meaning.MEMBERS:
        return unit.is_committee_member
    if meaning == UnitWording.Meaning.SUPERVISORS:
        return is_department and bool(unit.sectors.all())
    return is_department and meaning == UnitWording.Meaning.DEPARTMENTS


def units_near(owner: Unit) -> QuerySet[Unit]:
    """The units a plan of this owner may name: office, departments, villages and experts of its area."""
    street = owner.area.street_path
    near = Unit.objects.active().filter(area_path__startswith=street, kind__in=_KINDS)
    return near.select_related("area").order_by("kind", "pk")


def names_of(unit: Unit) -> tuple[str, ...]:
    """Every name a unit goes by, former ones among the aliases; the present one first."""
    aliases = unit.aliases
    for sign in SEPARATORS[1:]:
        aliases = aliases.replace(sign, SEPARATORS[0])
    names = [unit.name, unit.short_name, *aliases.split(SEPARATORS[0])]
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))


def of_draft(draft: PlanDraft, rows: Iterable[DraftTask] | None = None) -> list[Meant]:
    """The wordings of a draft."""
    return Wordings(draft.owner).of(draft.rows.all() if rows is None else rows)


def choices(owner: Unit) -> list[Any]:
    """What a wording can mean, grouped for a select."""
    units = [(f"unit:{unit.pk}", unit.name) for unit in units_near(owner)]
    groups = [(value, label) for value, label in UnitWording.Meaning.choices if value != UnitWording.Meaning.UNIT]
    return [("", "请选择"), ("统称", groups[:-1]), ("单位", units), ("其他", groups[-1:])]
