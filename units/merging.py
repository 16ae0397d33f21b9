"""Moving everything that refers to one unit over to another. References are found in the models, so none is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, models, transaction

from units.models import Unit

# What stays with the merged unit: its own profile, the tree around it, and its proposals.
_STAYS = {"units.Enterprise.unit", "units.OfficeProfile.unit", "units.Unit.merged_into", "units.UnitProposal.unit"}
_follows: dict[str, str] = {}


def register(model: str, field: str, area: str = "area_path") -> None:
    """Say that rows of `model` ("hazards.Hazard") copy the area path of the unit in `field` into their `area` column."""
    _follows[f"{model}.{field}"] = area


def followers() -> dict[str, str]:
    """ "app.Model.field" → the column that copies the area path of that unit."""
    return dict(_follows)


def references() -> Iterator[tuple[type[models.Model], str]]:
    """Every (model, field) that refers to a unit and moves with it; of many-to-many fields the joining table."""
    for relation in Unit._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        field = relation.field
        if _name(relation.related_model, field.name) not in _STAYS:
            yield relation.related_model, field.name


def move_references(source: Unit, target: Unit) -> dict[str, int]:
    """Point every reference to `source` at `target`; returns how many rows moved, by "app.Model.field".

    A row that would double one the target already has (the same notice signed for, say) stays where it is.
    """
    moved: dict[str, int] = {}
    for model, field in references():
        changes: dict[str, Any] = {field: target}
        if area := _follows.get(_name(model, field)):
            changes[area] = target.area_path
        count = _move(model._base_manager.filter(**{field: source}), changes)
        if count:
            moved[_name(model, field)] = count
    return moved


def _move(rows: models.QuerySet[Any], changes: dict[str, Any]) -> int:
    if not rows.exists():
        return 0
    try:
        with transaction.atomic():
            return rows.update(**changes)
    except IntegrityError:
        keys = list(rows.values_list("pk", flat=True))
        return sum(_move_one(rows.model._base_manager.filter(pk=pk), changes) for pk in keys)


def _move_one(row: models.QuerySet[Any], changes: dict[str, Any]) -> int:
    try:
        with transaction.atomic():
            return row.update(**changes)
    except IntegrityError:
        return 0


def _name(model: type[models.Model], field: str) -> str:
    return f"{model._meta.label}.{field}"
