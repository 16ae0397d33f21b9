"""Which rows of the office side a person sees: plans, draws and campaigns belong to the unit that made them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from units.roles import Scope, scope_of
from units.scope import NOTHING

if TYPE_CHECKING:
    from units.models import User


def owned(user: User, right: str, named: Q | None = None) -> Q:
    """Rows with `area_path` and `owner`: the own area for office, leader and village; for a department its own and
    what names it. An enterprise has no such right: what is planned stays unknown to it.
    """
    hat = getattr(user, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return NOTHING
    if scope in (Scope.STREET, Scope.VILLAGE):
        found = Q(area_path__startswith=hat.unit.area_path)
    elif scope == Scope.SECTOR:
        found = Q(owner_id=hat.unit_id)
    else:
        return NOTHING
    return found | named if named is not None else found


def owns(user: User, right: str, record: object) -> bool:
    """Whether the hat's `right` reaches this loaded record (same rule, nobody named)."""
    hat = getattr(user, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return False
    if scope in (Scope.STREET, Scope.VILLAGE):
        return str(getattr(record, "area_path", "")).startswith(hat.unit.area_path)
    return scope == Scope.SECTOR and getattr(record, "owner_id", None) == hat.unit_id
