"""Units: created, changed, confirmed, merged, taken out of use. Every change is audited with before and after."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

import audit
from common import clock
from common.errors import Forbidden, Refused, WrongState
from units import dossier, merging
from units.access import require
from units.models import Area, Enterprise, Unit, User
from units.roles import Right

Values = Mapping[str, Any]
_HIDDEN = {"search_text", "search_grams"}


@transaction.atomic
def create_unit(actor: User, values: Values, profile: Values | None = None) -> Unit:
    """Store a new unit, with its enterprise profile when `profile` is given.

    `values` and `profile` are cleaned field values. Raises `Forbidden` outside the actor's area, `Refused` for a name
    the street already has.
    """
    require(actor, Right.EDIT_UNIT)
    _check_area(actor, values["area"])
    unit = Unit(**_without_sectors(values))
    _check_name(unit)
    unit.save()
    if "sectors" in values:
        unit.sectors.set(values["sectors"])
    if profile is not None:
        _store_profile(unit, profile)
    audit.record("units.created", unit, actor=actor, after=_picture(unit))
    return unit


@transaction.atomic
def change_unit(
    unit: Unit, actor: User, values: Values, profile: Values | None = None, right: str = Right.EDIT_UNIT
) -> Unit:
    """Store changed fields of a unit and its profile; `right` is the right the actor acts by (office or own profile)."""
    unit = lock_unit(unit, actor, right)
    _check_open(unit)
    before, former = _picture(unit), unit.name
    if "area" in values:
        _check_area(actor, values["area"])
    for name, value in _without_sectors(values).items():
        setattr(unit, name, value)
    if "name" in values:
        _check_name(unit)
    if unit.name != former:
        unit.aliases = _with_alias(unit, former)  # documents and ledgers of before the change keep finding it
    if profile is not None:
        _store_profile(unit, profile)
    unit.save()
    if "sectors" in values:
        unit.sectors.set(values["sectors"])
    audit.record("units.changed", unit, actor=actor, before=before, after=_picture(unit))
    return unit


@transaction.atomic
def confirm_unit(unit: Unit, actor: User) -> Unit:
    """Make a provisional unit (named by an import or a report) a confirmed one."""
    unit = lock_unit(unit, actor)
    if unit.standing != Unit.Standing.PROVISIONAL:
        raise WrongState(f"“{unit.name}”不是待确认单位，无须确认。")
    unit.standing = Unit.Standing.CONFIRMED
    unit.save()
    audit.record("units.confirmed", unit, actor=actor)
    return unit


@transaction.atomic
def merge_units(source: Unit, target: Unit, actor: User, reason: str) -> Unit:
    """Merge `source` into `target`: hazards, letters, people and all other references move; returns the target.

    Both lie in the actor's area and are of one kind. The source stays as a pointer, its name becomes an alias.
    """
    first, second = sorted((source, target), key=lambda unit: unit.pk)
    held = {unit.pk: lock_unit(unit, actor) for unit in (first, second)}
    source, target = held[source.pk], held[target.pk]
    _check_mergeable(source, target)
    moved = merging.move_references(source, target)
    source.standing, source.merged_into, source.is_active = Unit.Standing.MERGED, target, False
    source.save()
    target.aliases = _with_alias(target, source.name)
    target.save()
    audit.record("units.merged", source, actor=actor, reason=reason, after={"merged_into": str(target), "moved": moved})
    return target


@transaction.atomic
def set_active(unit: Unit, actor: User, active: bool, reason: str) -> Unit:
    """Take a unit out of use, or back. Refuses while upper apps know an obstacle (open hazards, unanswered letters)."""
    unit = lock_unit(unit, actor)
    if unit.is_active == active:
        raise WrongState(f"“{unit.name}”已经是{'启用' if active else '停用'}状态。")
    _check_open(unit)
    if not active and (found := dossier.obstacles(unit)):
        raise Refused("；".join(found) + "，暂不能停用。")
    unit.is_active = active
    unit.save()
    audit.record("units.reactivated" if active else "units.deactivated", unit, actor=actor, reason=reason)
    return unit


def lock_unit(unit: Unit, actor: User, right: str = Right.EDIT_UNIT) -> Unit:
    """The locked, current row; `Forbidden` unless the actor reaches it with `right`."""
    require(actor, right)
    if not Unit.objects.for_user(actor, right).filter(pk=unit.pk).exists():
        raise Forbidden
    return Unit.objects.select_for_update(no_key=True, of=("self",)).select_related("area").get(pk=unit.pk)


def _check_open(unit: Unit) -> None:
    if unit.standing == Unit.Standing.MERGED:
        raise WrongState(f"“{unit.name}”已合并到“{unit.merged_into}”，不能再修改。")


def _check_area(actor: User, area: Area) -> None:
    if not actor.area_path or not area.path.startswith(actor.area_path):
        raise Refused("所在区域不在您的管辖范围内。", {"area": "所在区域不在您的管辖范围内。"})


def _check_name(unit: Unit) -> None:
    same = Unit.objects.active().filter(name=unit.name, kind=unit.kind, area_path__startswith=unit.area.street_path)
    if same.exclude(pk=unit.pk).exists():
        text = "本街道已有同名单位，请核对是否重复建档。"
        raise Refused(text, {"name": text})


def _check_mergeable(source: Unit, target: Unit) -> None:
    if source.pk == target.pk:
        raise Refused("不能合并到自身。")
    if source.kind != target.kind:
        raise Refused("只能合并到同一类型的单位。")
    if Unit.Standing.MERGED in (source.standing, target.standing):
        raise WrongState("该单位已经合并过。")


def _store_profile(unit: Unit, values: Values) -> None:
    profile = getattr(unit, "enterprise", None) or Enterprise(unit=unit)
    for name, value in values.items():
        setattr(profile, name, value)
    profile.updated_at = clock.now()
    profile.save()
    unit.refresh_search(profile.uscc or "")
    unit.save(update_fields=["search_text", "search_grams"])


def _without_sectors(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name != "sectors"}


def _with_alias(target: Unit, name: str) -> str:
    known = [alias for alias in target.aliases.split(";") if alias]
    limit = Unit._meta.get_field("aliases").max_length or 0
    joined = ";".join([*known, name]) if name not in (*known, target.name) else target.aliases
    return joined if len(joined) <= limit else target.aliases


def _picture(unit: Unit) -> dict[str, Any]:
    """The stored values of a unit and its profile, for before and after."""
    values = {name: value for name, value in audit.snapshot(unit).items() if name not in _HIDDEN}
    profile = Enterprise.objects.filter(unit_id=unit.pk).first()
    if profile:
        values |= {
            f"enterprise.{name}": value for name, value in audit.snapshot(profile).items() if name != "updated_at"
        }
    values["sectors"] = sorted(unit.sectors.values_list("name", flat=True))
    return values
