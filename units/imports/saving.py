"""Writes enterprises in bulk: the directory import, and the provisional records other ledgers ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from common import clock
from common.copying import copy_in
from units.imports.directory import Directory, Entry, area_named
from units.imports.rows import Draft
from units.models import Area, Enterprise, Sector, Unit

REMARK_LIMIT = 300


def lock_street(street_path: str) -> None:
    """Until the transaction ends no other import writes in this street, so that no enterprise is created twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"ledger-import:{street_path}"])


def sectors_by_name() -> dict[str, Sector]:
    """Sector name, code word and synonym → sector."""
    named: dict[str, Sector] = {}
    for sector in Sector.objects.all():
        for name in (sector.name, *sector.synonyms.replace("；", ";").split(";")):
            if name.strip():
                named.setdefault(name.strip(), sector)
    return named


def create_provisional(names: Iterable[tuple[str, Area, str]], directory: Directory) -> int:
    """Create an enterprise to confirm (待确认) for each (name, area, remark); returns how many."""
    units = [
        _unit(name, area, standing=Unit.Standing.PROVISIONAL, remark=remark[:REMARK_LIMIT])
        for name, area, remark in names
    ]
    copy_in(units)
    copy_in([Enterprise(unit=unit) for unit in units])
    for unit in units:
        directory.add(Entry(unit.pk, unit.name, unit.area_path, is_provisional=True))
    return len(units)


def create_enterprises(drafts: Sequence[Draft], office_area: Area, areas: dict[str, Area], directory: Directory) -> int:
    """Create the enterprises of the drafts, or complete the provisional record of the same name; returns the count.

    A village the system does not know leaves the enterprise in the office's own area, with a remark.
    """
    sectors = sectors_by_name()
    new: list[tuple[Unit, Enterprise]] = []
    completed: set[int] = set()
    for draft in drafts:
        known = directory.by_name(draft.name)
        unit = _describe(draft, office_area, areas, sectors)
        profile = _profile(draft, unit, sectors)
        if known and known.is_provisional and known.pk not in completed:
            _complete(known.pk, unit, profile)
            completed.add(known.pk)
        else:
            new.append((unit, profile))
    copy_in([unit for unit, _ in new])
    copy_in([profile for _, profile in new])
    for unit, profile in new:
        directory.add(
            Entry(unit.pk, unit.name, unit.area_path, profile.sector_id, has_code=bool(profile.uscc)), profile.uscc
        )
    return len(drafts)


def _unit(name: str, area: Area, code: str = "", **fields: Any) -> Unit:
    unit = Unit(kind=Unit.Kind.ENTERPRISE, name=name, area=area, area_path=area.path, created_at=clock.now(), **fields)
    unit.refresh_search(code)
    return unit


def _describe(draft: Draft, office_area: Area, areas: dict[str, Area], sectors: dict[str, Sector]) -> Unit:
    area = area_named(areas, draft.area) if draft.area else None
    remarks = list(draft.remarks)
    if draft.area and area is None:
        remarks.append(f"台账所在区域：{draft.area}")
    if draft.sector and draft.sector not in sectors:
        remarks.append(f"台账行业领域：{draft.sector}")
    profile = draft.profile
    return _unit(
        draft.name,
        area or office_area,
        draft.uscc or "",
        address=draft.address,
        contact=profile["principal"] or profile["legal_person"] or profile["operator"],
        phone=profile["principal_phone"],
        remark="；".join(remarks)[:REMARK_LIMIT],
    )


def _profile(draft: Draft, unit: Unit, sectors: dict[str, Sector]) -> Enterprise:
    stated = {name: value for name, value in draft.profile.items() if value not in (None, "")}
    return Enterprise(unit=unit, uscc=draft.uscc, sector=sectors.get(draft.sector), updated_at=clock.now(), **stated)


def _complete(pk: int, unit: Unit, profile: Enterprise) -> None:
    """A provisional record becomes the confirmed enterprise it stood for."""
    stored = Unit.objects.select_related("enterprise").get(pk=pk)
    for name in ("name", "area", "address", "contact", "phone", "remark"):
        setattr(stored, name, getattr(unit, name) or getattr(stored, name))
    stored.standing = Unit.Standing.CONFIRMED
    profile.pk, profile.unit = stored.enterprise.pk, stored
    profile.save()
    stored.enterprise = profile
    stored.save()
