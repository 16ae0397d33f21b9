"""What duties show elsewhere: evidence to whoever sees the record, and a section of a unit's page."""

from __future__ import annotations

from typing import Any

from tasks.models import DutyRecord, DutyStanding, IndicatorValue, Meeting
from units.access import holds
from units.dossier import Section
from units.models import Unit
from units.roles import Right


def visible_attachments(user: Any, ids: set[int]) -> set[int]:
    """Those of the attachments `ids` that stand in a record, a meeting or a value within the user's read scope."""
    records = DutyRecord.attachments.through.objects.filter(
        attachment_id__in=ids, dutyrecord__in=DutyRecord.objects.for_user(user)
    )
    meetings = Meeting.attachments.through.objects.filter(
        attachment_id__in=ids, meeting__in=Meeting.objects.for_user(user)
    )
    values = IndicatorValue.attachments.through.objects.filter(
        attachment_id__in=ids, indicatorvalue__in=IndicatorValue.objects.for_user(user)
    )
    seen = records.values_list("attachment_id", flat=True)
    return set(
        seen.union(meetings.values_list("attachment_id", flat=True), values.values_list("attachment_id", flat=True))
    )


def unit_section(unit: Unit, user: Any) -> Section | None:
    """How the unit stands with its duties in the running periods."""
    if not holds(user, Right.READ_DUTY):
        return None
    rows = DutyStanding.objects.for_user(user).current().filter(unit=unit, person=None)
    found = list(rows.select_related("duty", "person", "unit").order_by("due_on", "code"))
    if not found:
        return None
    return Section("履职事项", "tasks/duties/unit_section.html", {"unit": unit, "standings": found}, 55)
