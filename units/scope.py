"""The one read scope: which rows a person may see, as one indexed comparison on the row's own columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q

from units.roles import Scope, scope_of

if TYPE_CHECKING:
    from units.models import Membership, User

NOTHING = Q(pk__in=())


def reach(
    user: User,
    right: str,
    *,
    area: str = "area_path",
    unit: str = "unit_id",
    department: str = "department_id",
    sector: str = "sector_id",
    named: Q | None = None,
) -> Q:
    """The filter for rows the user's hat reaches with `right`.

    The keyword arguments name the columns that hold the row's area path, responsible unit, supervising
    department and sector; `named` is what names the person or unit (scope N, and added to scope D).
    """
    hat = getattr(user, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return NOTHING
    return _scope_filter(hat, scope, {"area": area, "unit": unit, "department": department, "sector": sector}, named)


def _scope_filter(hat: Membership, scope: Scope, columns: dict[str, str], named: Q | None) -> Q:
    own_area = Q(**{f"{columns['area']}__startswith": hat.unit.area_path})
    if scope == Scope.ALL:
        return ~NOTHING
    if scope in (Scope.STREET, Scope.VILLAGE):
        return own_area
    if scope == Scope.OWN:
        return Q(**{columns["unit"]: hat.unit_id})
    if scope == Scope.NAMED:
        return named if named is not None else Q(**{columns["unit"]: hat.unit_id})
    supervised = Q(**{columns["department"]: hat.unit_id})
    sectors = sector_ids(hat)
    if sectors:
        supervised |= own_area & Q(**{f"{columns['sector']}__in": sectors})
    return supervised | named if named is not None else supervised


def sector_ids(hat: Membership) -> list[int]:
    """The sectors the hat's department supervises, children included; read once per hat."""
    if not hasattr(hat, "_sector_ids"):
        own = hat.unit.sectors.values_list("pk", "children__pk")
        hat._sector_ids = sorted({pk for pair in own for pk in pair if pk})
    return hat._sector_ids


def reaches(user: Any, right: str, record: Any, *, named: bool = False, **columns: str) -> bool:
    """Whether the hat's `right` reaches this loaded record (same rule as `reach`, without a query on the row).

    `columns` renames the record's attributes as in `reach`; `named` says whether the record names the person.
    """
    hat = getattr(user, "hat", None)
    scope = scope_of(hat.role, right) if hat else None
    if hat is None or scope is None:
        return False

    def value(name: str, default: str) -> Any:
        return getattr(record, columns.get(name, default), None)

    in_area = str(value("area", "area_path") or "").startswith(hat.unit.area_path)
    if scope == Scope.ALL:
        return True
    if scope in (Scope.STREET, Scope.VILLAGE):
        return in_area
    if scope == Scope.OWN:
        return value("unit", "unit_id") == hat.unit_id
    if scope == Scope.NAMED:
        return named or value("unit", "unit_id") == hat.unit_id
    supervised = value("department", "department_id") == hat.unit_id
    return named or supervised or (in_area and value("sector", "sector_id") in sector_ids(hat))
