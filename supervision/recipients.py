"""Whom the ladder tells, for a whole batch of hazards in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from hazards.models import Hazard
from supervision.models import LadderStep
from units.models import Membership, User
from units.models.areas import paths_above
from units.roles import FIRM, Role

Audience = LadderStep.Audience


class Recipients:
    """The people around the given hazards, read once."""

    def __init__(self, hazards: Sequence[Hazard]) -> None:
        paths = {path for hazard in hazards for path in paths_above(hazard.area_path)}
        units = {hazard.unit_id for hazard in hazards}
        departments = {hazard.department_id for hazard in hazards if hazard.department_id}
        held = Membership.objects.in_force().filter(
            Q(unit_id__in=units, role__in=FIRM)
            | Q(unit_id__in=departments, role=Role.DEPARTMENT)
            | Q(unit__area_path__in=paths, role__in=(Role.GRID, Role.OFFICER, Role.HEAD, Role.LEADER)),
            user__is_active=True,
        )
        self._of_unit: dict[int, list[Membership]] = defaultdict(list)
        self._of_area: dict[tuple[str, str], list[Membership]] = defaultdict(list)
        for membership in held.select_related("user", "unit"):
            self._of_unit[membership.unit_id].append(membership)
            self._of_area[membership.role, membership.unit.area_path].append(membership)

    def group(self, audience: str, hazard: Hazard) -> list[User]:
        """The people a step's audience stands for: of offices the nearest one, of villages every one above the place."""
        if audience == Audience.FIRM:
            return _users(self._of_unit[hazard.unit_id], FIRM)
        if audience == Audience.DEPARTMENT:
            return _users(self._of_unit[hazard.department_id or 0], (Role.DEPARTMENT,))
        if audience == Audience.VILLAGE:
            return [user for path in paths_above(hazard.area_path) for user in self._in_area(Role.GRID, path)]
        if audience == Audience.OFFICE:
            return self._nearest(Role.OFFICER, hazard.area_path)
        return self._nearest(Role.HEAD if audience == Audience.HEAD else Role.LEADER, hazard.area_path)

    def _nearest(self, role: str, area_path: str) -> list[User]:
        found = (self._in_area(role, path) for path in sorted(paths_above(area_path), key=len, reverse=True))
        return next((users for users in found if users), [])

    def _in_area(self, role: str, path: str) -> list[User]:
        return [membership.user for membership in self._of_area[role, path]]


def _users(held: Iterable[Membership], roles: Any) -> list[User]:
    return [membership.user for membership in held if membership.role in roles]
