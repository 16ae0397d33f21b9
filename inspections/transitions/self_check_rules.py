"""自查要求 as policy: what an approved proposal does. Proposing and approving is `units.transitions.policies`."""

from __future__ import annotations

from typing import Any

from inspections.models.self_checks import SelfCheckRule
from units.models import PolicyProposal

KIND = "self_check_rule"


def put_in_force(proposal: PolicyProposal, form: Any) -> None:
    """Store the approved rule for the proposer's area; one of the same day is replaced."""
    values = dict(form.cleaned_data)
    signed = f"{proposal.proposed_by}提出，{proposal.decided_by}批准"
    SelfCheckRule.objects.update_or_create(
        area_path=proposal.area_path,
        cadence=values.pop("cadence"),
        effective_from=values.pop("effective_from"),
        defaults={**values, "set_by": signed},
    )
