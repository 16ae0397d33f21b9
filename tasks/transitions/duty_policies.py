"""Putting an approved edition of a duty in force; proposing and approving is `units.transitions.policies`."""

from __future__ import annotations

from typing import Any

from common.errors import Refused
from tasks.duties.standings import recount
from tasks.duties.subjects import street_of
from tasks.models import Duty
from units.models import PolicyProposal

KIND = "duty"
_PLAIN = (
    "name", "basis", "audience", "posts", "committee_only", "risk", "bearer", "kinds", "high_risk_places", "times",
    "period", "due_month", "due_day", "distinct_by", "effective_from", "is_active",
)  # fmt: skip


def put_in_force(proposal: PolicyProposal, form: Any) -> None:
    """The approved `form` becomes an edition of the proposer's street; `Refused` where that day has one already."""
    data = form.cleaned_data
    code = data["code"] or f"own-{proposal.pk}"
    same = {"code": code, "area_path": proposal.area_path, "effective_from": data["effective_from"]}
    if Duty.objects.filter(**same).exists():
        raise Refused("同一天已有施行的版本，请更换施行日期。")
    values = {name: data[name] for name in _PLAIN} | {"distinct": data["distinct"] or 0}
    duty = Duty.objects.create(code=code, area_path=proposal.area_path, proposal=proposal, **values)
    duty.people.set(data["people"])
    duty.units.set(data["units"])
    duty.sectors.set(data["sectors"])
    recount(street_of(proposal.area_path))
