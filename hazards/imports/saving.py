"""From understood rows to hazards: which enterprise, which department, which words are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db import transaction

from common import clock
from hazards import criteria
from hazards.imports.rows import Draft
from hazards.models import CriterionItem, Hazard
from hazards.models.hazard import Level
from hazards.transitions.importing import Brought, bring_in
from units.imports.directory import Directory, Entry, area_named, areas_below
from units.imports.names import key
from units.imports.saving import create_provisional, lock_street
from units.models import Area, Unit

LAST_STOCK_YEAR = 2023  # 存量: found by the end of 2023 (domain-rules §9)


@dataclass
class Importer:
    """Who imports: the unit the ledger came from, and the person, None at the console."""

    unit: Unit
    actor: Any = None

    @cached_property
    def area(self) -> Area:
        """The area the import reaches: enterprises outside it are not touched."""
        return self.unit.area

    @cached_property
    def street_path(self) -> str:
        """The street within which a ledger is known again and imports wait for each other."""
        return self.area.street_path

    @cached_property
    def areas(self) -> dict[str, Area]:
        """Villages and grids by name."""
        return areas_below(self.area.path)

    @cached_property
    def departments(self) -> dict[str, int]:
        """Departments of the street by name, short name and alias."""
        found: dict[str, int] = {}
        units = Unit.objects.active().filter(kind=Unit.Kind.DEPARTMENT, area_path__startswith=self.street_path)
        for pk, name, short_name, aliases in units.values_list("pk", "name", "short_name", "aliases"):
            for text in (name, short_name, *aliases.replace("；", ";").split(";")):
                if text.strip():
                    found.setdefault(key(text), pk)
        return found

    def department_of(self, draft: Draft, enterprise: Entry) -> int | None:
        """The enterprise's own department, else the one the ledger names, else the importing one."""
        named = self.departments.get(key(draft.found_unit)) if draft.found_unit else None
        own = self.unit.pk if self.unit.kind == Unit.Kind.DEPARTMENT else None
        return enterprise.department_id or named or own

    @cached_property
    def general(self) -> CriterionItem:
        """The clause a ground in the ledger's own words stands on."""
        return criteria.general()

    def cited(self, draft: Draft) -> CriterionItem | None:
        """The criterion of a 重大 whose ledger gives a ground: the clause it names, else the general one."""
        if draft.level != Level.MAJOR or not draft.ground:
            return None
        return criteria.cited_in(draft.ground) or self.general


def save(
    importer: Importer, keyed: Sequence[tuple[str, Draft]], source: str, *, dry_run: bool
) -> tuple[int, int, list]:
    """Write one piece of a ledger, all or nothing: (accepted, enterprises created, notes by row).

    Rows whose fingerprint is stored already are left out; what is written with them counts on the lock of the
    street, so that two imports at once cannot both believe a row to be new.
    """
    with transaction.atomic():
        lock_street(importer.street_path)
        known = set(
            Hazard.objects.filter(import_key__in=[each for each, _ in keyed]).values_list("import_key", flat=True)
        )
        fresh = [(each, draft) for each, draft in keyed if each not in known]
        directory = Directory(importer.area.path)
        unknown = _unknown(importer, directory, [draft for _, draft in fresh])
        if dry_run:
            notes = _notes(
                importer, [draft for _, draft in fresh], {row for rows, _ in unknown.values() for row in rows}
            )
            return len(fresh), len(unknown), notes
        created = create_provisional((provisional for _, provisional in unknown.values()), directory)
        new_rows = {row for rows, _ in unknown.values() for row in rows}
        brought = [_build(importer, directory, fingerprint, draft, source) for fingerprint, draft in fresh]
        bring_in(brought, importer.unit, importer.actor)
        return len(brought), created, _notes(importer, [draft for _, draft in fresh], new_rows)


Unknown = dict[str, tuple[list[int], tuple[str, Area, str]]]


def _unknown(importer: Importer, directory: Directory, drafts: Sequence[Draft]) -> Unknown:
    """The enterprises to create as provisional: compared name → (rows, (name, area, remark))."""
    unknown: Unknown = {}
    for draft in drafts:
        if _find(importer, directory, draft) is not None:
            continue
        rows, _ = unknown.setdefault(key(draft.enterprise), ([], _provisional(importer, draft)))
        rows.append(draft.number)
    return unknown


def _find(importer: Importer, directory: Directory, draft: Draft) -> Entry | None:
    area = area_named(importer.areas, draft.area) if draft.area else None
    return directory.find(draft.enterprise, draft.uscc, area.path if area else "")


def _provisional(importer: Importer, draft: Draft) -> tuple[str, Area, str]:
    area = area_named(importer.areas, draft.area) if draft.area else None
    remarks = ["台账导入时新建，请核对后确认"]
    if draft.area and area is None:
        remarks.append(f"台账所在村（社区）：{draft.area}")
    if draft.uscc:
        remarks.append(f"台账统一社会信用代码：{draft.uscc}")
    return draft.enterprise, area or importer.area, "；".join(remarks)


def _build(importer: Importer, directory: Directory, fingerprint: str, draft: Draft, source: str) -> Brought:
    enterprise = _find(importer, directory, draft) or directory.by_name(draft.enterprise)
    if enterprise is None:
        raise LookupError(f"enterprise of row {draft.number} neither found nor created")
    found_on = draft.found_on or clock.today()
    cited = importer.cited(draft)
    hazard = Hazard(
        import_key=fingerprint,
        level=draft.level,
        category=draft.category,
        description=draft.description,
        place="" if key(draft.place) == key(draft.enterprise) else draft.place,
        unit=enterprise.unit,
        area_path=enterprise.area_path,
        sector_id=enterprise.sector_id,
        department_id=importer.department_of(draft, enterprise),
        responsible_person=draft.person,
        responsible_phone=draft.phone,
        criterion=cited,
        level_reason=criteria.beside(cited, draft.ground),
        suggestion=draft.suggestion,
        found_on=found_on,
        found_by=" ".join(filter(None, (draft.found_unit, draft.found_by)))[:60],
        spent=draft.spent,
        is_stock=found_on.year <= LAST_STOCK_YEAR,
    )
    kept = {
        "file": source,
        "row": draft.number,
        "enterprise": draft.enterprise,
        "area": draft.area,
        "remark": draft.remark,
    }
    return Brought(hazard, draft.due_on, draft.done_on, draft.is_closed, list(draft.notes), kept)


def _notes(importer: Importer, drafts: Sequence[Draft], new_rows: set[int]) -> list[tuple[int, str]]:
    """What a person should look at afterwards, by row of the sheet."""
    notes = []
    for draft in drafts:
        notes.extend((draft.number, note) for note in draft.notes)
        if draft.number in new_rows:
            notes.append((draft.number, f"“{draft.enterprise}”尚未建档，按待确认企业导入"))
        if draft.area and area_named(importer.areas, draft.area) is None:
            notes.append((draft.number, f"所在村（社区）“{draft.area}”未识别，归入{importer.area.name}"))
    return notes
