"""How a plan is laid out: how many visits, in which months, by whom. Pure functions: the same input gives the same plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

YEAR = 12
RANKS = {"red": 0, "orange": 1, "yellow": 2, "blue": 3}


@dataclass(frozen=True)
class Object:
    """An enterprise as the plan sees it: visits a year by policy, its colour, how many days since it was last visited,
    and whether it is under 差异化管理.
    """

    pk: int
    visits: int
    risk: str
    days_unvisited: int
    is_watched: bool = False


@dataclass(frozen=True)
class Slot:
    """One planned visit; `inspector` is None where nobody has room left or everybody must keep away."""

    unit: int
    month: int
    inspector: int | None = None


def sampled(objects: Iterable[Object], percent: int) -> list[Object]:
    """The share to be visited, rounded up: who is under 差异化管理 first, then the redder, then the longest unvisited, then by number."""
    ordered = sorted(objects, key=lambda each: (not each.is_watched, RANKS[each.risk], -each.days_unvisited, each.pk))
    return ordered[: ceil(len(ordered) * percent / 100)]


def months_of(each: Object, times: int, first: int = 1) -> list[int]:
    """`times` months from `first` to December, evenly apart; enterprises begin in different months so that work is spread."""
    span = YEAR - first + 1
    times = min(times, span)
    if times <= 0:
        return []
    step = span / times
    shift = each.pk % max(1, int(step))
    return sorted({first + min(span - 1, int(turn * step) + shift) for turn in range(times)})


def assigned(
    slots: Sequence[Slot], people: Sequence[int], apart: set[tuple[int, int]], most_a_month: int
) -> list[Slot]:
    """Every slot with the person who has least to do that month, then least in all; nobody gets more than `most_a_month`."""
    monthly: dict[tuple[int, int], int] = {}
    total = dict.fromkeys(people, 0)
    done = []
    for slot in sorted(slots, key=lambda slot: (slot.month, slot.unit)):
        free = [
            person
            for person in people
            if (slot.unit, person) not in apart and monthly.get((person, slot.month), 0) < most_a_month
        ]
        chosen = min(
            free, key=lambda person: (monthly.get((person, slot.month), 0), total[person], person), default=None
        )
        if chosen is not None:
            monthly[chosen, slot.month] = monthly.get((chosen, slot.month), 0) + 1
            total[chosen] += 1
        done.append(Slot(slot.unit, slot.month, chosen))
    return done


def within_cap(times: int, already: int, cap: int) -> int:
    """Visits that may still be planned when the year allows `cap` and `already` are planned or done."""
    return max(0, min(times, cap - already))


def loads(slots: Iterable[Slot]) -> Mapping[tuple[int, int], int]:
    """(inspector, month) → visits."""
    counted: dict[tuple[int, int], int] = {}
    for slot in slots:
        if slot.inspector is not None:
            counted[slot.inspector, slot.month] = counted.get((slot.inspector, slot.month), 0) + 1
    return counted
