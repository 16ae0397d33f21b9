"""The groups the office side adds to the workbench."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from common import clock
from common.workbench import Group, Todo
from inspections.models.spots import SpotCheck
from inspections.queries import spots
from inspections.todos import group_of


def _spot(check: SpotCheck) -> Todo:
    url = check.get_absolute_url()
    note = f"{check.hazard.unit.name}：{check.hazard.description[:40]}"
    return Todo(str(check.hazard.number), note, url, "复核", url, clock.end_of(check.due_on))


def spots_waiting(user: Any) -> Group | None:
    """抽查复核: closed hazards the person was drawn to look at again."""
    url = f"{reverse('spot-check-list')}?mine=true&state=waiting"
    return group_of("spot-checks", "抽查复核", spots.waiting_for(user), _spot, url=url, order=26)
