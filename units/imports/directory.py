"""The enterprises of a street as an import sees them: found by credit code, by name, or by the one safe near name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from units.imports.names import is_near, key, take_apart
from units.models import Area, Enterprise, Unit


@dataclass(frozen=True)
class Entry:
    """What an import needs to know of an enterprise."""

    pk: int
    name: str
    area_path: str
    sector_id: int | None = None
    department_id: int | None = None
    is_provisional: bool = False
    has_code: bool = False

    @cached_property
    def unit(self) -> Unit:
        """A reference to the unit without reading it; only key and name are set."""
        return Unit(pk=self.pk, name=self.name)


class Directory:
    """All enterprises at or below `area_path`, merged ones leading to what they were merged into."""

    def __init__(self, area_path: str) -> None:
        self.area_path = area_path
        self._by_pk: dict[int, Entry] = {}
        self._by_code: dict[str, Entry] = {}
        self._by_name: dict[str, list[Entry]] = defaultdict(list)
        self._by_stem: dict[str, list[Entry]] = defaultdict(list)
        self._near: dict[str, Entry | None] = {}
        self._load()

    def _load(self) -> None:
        units = Unit.objects.enterprises().filter(area_path__startswith=self.area_path)
        columns = ("pk", "name", "short_name", "aliases", "area_path", "standing", "merged_into_id", "enterprise__uscc")
        rows = list(units.values_list(*columns, "enterprise__sector_id", "enterprise__department_id").order_by("pk"))
        successor = {row[0]: row[6] for row in rows if row[6]}
        for row in rows:
            if row[0] not in successor:
                provisional = row[5] == Unit.Standing.PROVISIONAL
                self._by_pk[row[0]] = Entry(row[0], row[1], row[4], row[8], row[9], provisional, bool(row[7]))
        for row in rows:
            if entry := self._by_pk.get(_last(successor, row[0])):
                self._index(entry, [row[1], row[2], *row[3].replace("；", ";").split(";")], row[7])

    def _index(self, entry: Entry, names: Iterable[str], code: str | None) -> None:
        for name in filter(None, (name.strip() for name in names)):
            _append(self._by_name[key(name)], entry)
            _append(self._by_stem[take_apart(name).stem], entry)
        if code:
            self._by_code[code] = entry

    def add(self, entry: Entry, code: str | None = None) -> None:
        """Make a newly created enterprise known."""
        self._by_pk[entry.pk] = entry
        self._index(entry, [entry.name], code)
        self._near.clear()

    def by_code(self, code: str | None) -> Entry | None:
        """The enterprise with this credit code."""
        return self._by_code.get(code) if code else None

    def by_name(self, name: str, area_path: str = "") -> Entry | None:
        """The enterprise of exactly this name, brackets and spaces aside; of several the only one in the area."""
        return _only(self._by_name.get(key(name), []), area_path)

    def find(self, name: str, code: str | None = None, area_path: str = "") -> Entry | None:
        """By code, else by name, else by the one name near enough that it cannot mean another; None when unsure."""
        found = self.by_code(code) or self.by_name(name, area_path)
        if found or self._by_name.get(key(name)):
            return found
        return self._nearest(name, area_path)

    def _nearest(self, name: str, area_path: str) -> Entry | None:
        """Same stem and no contradiction about the branch, or a stem that merely leaves plain characters out."""
        wanted = take_apart(name)
        same = self._by_stem.get(wanted.stem, [])
        if same:
            fitting = [entry for entry in same if _branches_agree(wanted.branch, take_apart(entry.name).branch)]
            return (
                fitting[0] if len(fitting) == len(same) == 1 else _only_same_branch(fitting, wanted.branch, area_path)
            )
        if wanted.full not in self._near:
            self._near[wanted.full] = self._near_stem(wanted.stem, wanted.branch)
        return self._near[wanted.full]

    def _near_stem(self, stem: str, branch: str) -> Entry | None:
        near = {
            entry.pk: entry
            for other, entries in self._by_stem.items()
            if other[:2] == stem[:2] and is_near(stem, other)
            for entry in entries
        }
        found = list(near.values())
        return found[0] if len(found) == 1 and take_apart(found[0].name).branch == branch else None


def area_named(areas: dict[str, Area], text: str) -> Area | None:
    """The area a ledger means by "甲村", "甲村村民委员会" or "××街道甲村"."""
    name = _compared(text)
    for ending in ("村民委员会", "居民委员会", "村委会", "居委会", "委员会"):
        name = name.removesuffix(ending) if name.endswith(ending) else name
    exact = areas.get(name) or areas.get(f"{name}村") or areas.get(f"{name}社区")
    if exact:
        return exact
    ending_so = [area for known, area in areas.items() if len(known) > 1 and name.endswith(known)]
    return ending_so[0] if len(ending_so) == 1 else None


def areas_below(area_path: str) -> dict[str, Area]:
    """Compared name → area, for villages and grids at or below the path, found by their own names and by the name,
    short name and aliases of the village's unit. A name that could mean two is left out; an area's own name comes first.
    """
    areas = {area.pk: area for area in Area.objects.below(area_path)}
    own: dict[str, set[int]] = defaultdict(set)
    other: dict[str, set[int]] = defaultdict(set)
    for area in areas.values():
        own[_compared(area.name)].add(area.pk)
    villages = Unit.objects.active().filter(kind=Unit.Kind.VILLAGE, area__in=areas)
    for pk, *names, aliases in villages.values_list("area_id", "name", "short_name", "aliases"):
        for name in filter(None, map(_compared, (*names, *aliases.replace("；", ";").split(";")))):
            other[name].add(pk)
    return {name: areas[min(pks)] for name, pks in (other | own).items() if len(pks) == 1}


def _compared(name: str) -> str:
    return key(name).rstrip("#")


def codes_in_use(codes: Iterable[str]) -> set[str]:
    """Which of the credit codes some enterprise already has, in whatever street."""
    return set(Enterprise.objects.filter(uscc__in=[code for code in codes if code]).values_list("uscc", flat=True))


def _last(successor: dict[int, int], pk: int) -> int:
    seen = set()
    while pk in successor and pk not in seen:
        seen.add(pk)
        pk = successor[pk]
    return pk


def _append(entries: list[Entry], entry: Entry) -> None:
    if entry not in entries:
        entries.append(entry)


def _only(entries: list[Entry], area_path: str) -> Entry | None:
    if len(entries) > 1 and area_path:
        entries = [entry for entry in entries if entry.area_path.startswith(area_path)]
    return entries[0] if len(entries) == 1 else None


def _only_same_branch(entries: list[Entry], branch: str, area_path: str) -> Entry | None:
    return _only([entry for entry in entries if take_apart(entry.name).branch == branch], area_path)


def _branches_agree(one: str, other: str) -> bool:
    return not one or not other or one == other
