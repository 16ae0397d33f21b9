"""Proposed changes of a unit's record: made by department or village, decided by the office."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

import audit
from common import clock
from common.errors import Forbidden, Refused, WrongState
from units.forms.units import EnterpriseForm
from units.models import ProposalState, Unit, UnitProposal, User
from units.models.proposals import Proposal
from units.roles import Right
from units.transitions.units import change_unit, lock_unit


@transaction.atomic
def propose_change(unit: Unit, actor: User, changes: Mapping[str, Any], reason: str) -> UnitProposal:
    """Put a proposal to the office; an earlier one of the same person that still waits is replaced."""
    unit = lock_unit(unit, actor, Right.PROPOSE_UNIT)
    if not changes:
        raise Refused("没有修改任何内容。")
    UnitProposal.objects.pending().filter(unit=unit, proposed_by=actor).delete()
    proposal = UnitProposal.objects.create(
        unit=unit, area_path=unit.area_path, changes=dict(changes), reason=reason, proposed_by=actor
    )
    audit.record("units.change_proposed", unit, actor=actor, after=dict(changes), reason=reason)
    return proposal


@transaction.atomic
def decide_change(proposal: UnitProposal, actor: User, accept: bool, opinion: str = "") -> UnitProposal:
    """Accept (the record changes as if the office had typed it) or return with an opinion.

    Raises `Refused` when the proposed values no longer fit the record, for example a code taken meanwhile.
    """
    proposal = (
        UnitProposal.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=proposal.pk)
    )
    unit = lock_unit(proposal.unit, actor)
    close_proposal(proposal, actor, accept, opinion)
    if accept:
        form = filled_form(proposal, unit, actor)
        if not form.is_valid():
            texts = [str(text) for errors in form.errors.values() for text in errors]
            raise Refused("建议的内容已不能采用：" + "；".join(texts))
        change_unit(unit, actor, form.unit_values(), form.profile_values())
    outcome = {"state": proposal.state, "changes": proposal.changes}
    audit.record("units.change_decided", unit, actor=actor, after=outcome, reason=opinion)
    return proposal


def filled_form(proposal: UnitProposal, unit: Unit, user: User) -> EnterpriseForm:
    """The office's form for the unit with the proposed values typed in."""
    present = EnterpriseForm(user=user, unit=unit)
    values = {name: present[name].value() for name in present.fields} | proposal.changes
    posted = {name: value for name, value in values.items() if value is not None and value is not False}
    return EnterpriseForm(posted, user=user, unit=unit)


def close_proposal(proposal: Proposal, actor: User, accept: bool, opinion: str) -> None:
    """Write the decision on a locked proposal; nobody decides on their own, a return says why."""
    if not proposal.is_pending:
        raise WrongState(f"该建议已由{proposal.decided_by}审核（{proposal.get_state_display()}），不能重复审核。")
    if proposal.proposed_by_id == actor.pk:
        raise Forbidden("不能审核本人提出的建议。")
    if not accept and not opinion.strip():
        raise Refused("退回须填写意见。", {"reason": "退回须填写意见。"})
    proposal.state = ProposalState.ACCEPTED if accept else ProposalState.RETURNED
    proposal.decided_by, proposal.decided_at, proposal.opinion = actor, clock.now(), opinion
    proposal.save()
