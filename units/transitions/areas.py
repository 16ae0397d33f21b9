"""The area tree: villages and grids are added below, names corrected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

import audit
from common.errors import Forbidden, Refused
from units.access import require
from units.models import Area, User
from units.roles import Right

_FIELDS = ("name", "code", "level", "path")
_BELOW = {
    Area.Level.CITY: (Area.Level.COUNTY,),
    Area.Level.COUNTY: (Area.Level.STREET,),
    Area.Level.STREET: (Area.Level.VILLAGE,),
    Area.Level.VILLAGE: (Area.Level.GRID,),
}


@transaction.atomic
def create_area(actor: User, parent: Area, values: Mapping[str, Any]) -> Area:
    """Add an area of the next level below `parent`, inside the actor's own area."""
    parent = _locked(actor, parent)
    levels = _BELOW.get(Area.Level(parent.level), ())
    if not levels:
        raise Refused(f"“{parent.name}”已是最末一级，不能再建下级区域。")
    _check_name(parent, values["name"])
    area = Area(parent=parent, level=levels[0], **values)
    area.save()
    audit.record("units.area_created", area, actor=actor, after=audit.snapshot(area, _FIELDS))
    return area


@transaction.atomic
def change_area(area: Area, actor: User, values: Mapping[str, Any]) -> Area:
    """Correct name or code; the place in the tree never changes, because records copy its path."""
    area = _locked(actor, area)
    before = audit.snapshot(area, _FIELDS)
    _check_name(area.parent, values["name"], area.pk)
    for name, value in values.items():
        setattr(area, name, value)
    area.save()
    audit.record("units.area_changed", area, actor=actor, before=before, after=audit.snapshot(area, _FIELDS))
    return area


def _locked(actor: User, area: Area) -> Area:
    """The locked row: two siblings added at once would otherwise get one path."""
    require(actor, Right.EDIT_UNIT)
    if not actor.area_path or not area.path.startswith(actor.area_path):
        raise Forbidden
    return Area.objects.select_for_update(no_key=True, of=("self",)).select_related("parent").get(pk=area.pk)


def _check_name(parent: Area | None, name: str, own: int | None = None) -> None:
    if Area.objects.filter(parent=parent, name=name).exclude(pk=own or 0).exists():
        raise Refused("上级区域下已有同名区域。", {"name": "上级区域下已有同名区域。"})
