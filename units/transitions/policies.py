"""Policy changes under four eyes: one person of the office proposes, another with the right approves."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.forms import ModelMultipleChoiceField, MultipleChoiceField

import audit
from common.errors import Forbidden, Refused
from units import policies
from units.access import require
from units.models import PolicyProposal, Unit, User
from units.roles import Right
from units.transitions.proposals import close_proposal


@transaction.atomic
def propose_policy(code: str, actor: User, form: Any, reason: str) -> PolicyProposal:
    """Put the valid, bound `form` of the policy kind `code` to the head of the actor's office."""
    require(actor, Right.PROPOSE_POLICY)
    proposal = PolicyProposal.objects.create(
        kind=policies.kind_of(code).code,
        area_path=actor.area_path,
        summary=form.summary(),
        payload=payload_of(form),
        reason=reason,
        proposed_by=actor,
    )
    audit.record("units.policy_proposed", proposal, actor=actor, after=proposal.payload, reason=reason)
    return proposal


def payload_of(form: Any) -> dict[str, Any]:
    """What was typed into the form's fields, as JSON; fields of several choices keep them all."""

    def typed(name: str) -> Any:
        several = isinstance(form.fields[name], MultipleChoiceField | ModelMultipleChoiceField)
        return form.data.getlist(name) if several and hasattr(form.data, "getlist") else form.data[name]

    return {name: typed(name) for name in form.fields if name in form.data}


@transaction.atomic
def decide_policy(proposal: PolicyProposal, actor: User, accept: bool, opinion: str = "") -> PolicyProposal:
    """Approve (it takes effect at once, or on its own date) or return; never by the person who proposed it."""
    require(actor, Right.APPROVE_POLICY)
    if not PolicyProposal.objects.for_user(actor).filter(pk=proposal.pk).exists():
        raise Forbidden
    proposal = PolicyProposal.objects.select_for_update(no_key=True, of=("self",)).get(pk=proposal.pk)
    close_proposal(proposal, actor, accept, opinion)
    if accept:
        kind = policies.kind_of(proposal.kind)
        form = kind.form(proposal.payload, **kind.opened(Unit.objects.office_of(proposal.area_path)))
        if not form.is_valid():
            texts = [text for errors in form.errors.values() for text in errors]
            raise Refused("建议的内容已不能施行：" + "；".join(texts))
        kind.apply(proposal, form)
    after = {"state": proposal.state, "summary": proposal.summary, **proposal.payload}
    audit.record("units.policy_decided", proposal, actor=actor, after=after, reason=opinion)
    return proposal
