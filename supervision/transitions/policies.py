"""The ladder as policy: which edition holds, and how a change of it is proposed and decided."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from audit.recorder import record
from common import clock
from common.errors import Forbidden, NotInScope, Refused, WrongState
from common.snapshot import Snapshot
from hazards.models.hazard import Level
from supervision.ladder import ORDER, Edition, Rung
from supervision.ladder_defaults import PERSON_DECIDES
from supervision.models import LadderPolicy, LadderStep
from units.models import PolicyProposal, ProposalState
from units.roles import Right
from units.scope import reaches

KIND = "ladder"
FARTHEST = 365  # natural days from the deadline


def _load() -> tuple[Edition, ...]:
    policies = LadderPolicy.objects.prefetch_related(Prefetch("steps", LadderStep.objects.order_by("offset", "pk")))
    return tuple(edition_of(policy) for policy in policies)


def edition_of(policy: LadderPolicy) -> Edition:
    """A policy row with its steps as the ladder reckons with it."""
    rungs = tuple(
        Rung(step.code, step.offset, step.unit == LadderStep.Unit.WORKING, step.person_decides)
        for step in policy.steps.all()
    )
    return Edition(
        policy.pk, policy.name, policy.level, policy.area_path, policy.effective_from, policy.basis, rungs
    )


editions: Snapshot[tuple[Edition, ...]] = Snapshot(_load)


def check_offsets(offsets: Mapping[str, int]) -> None:
    """Reminders do not lie after the deadline, the other steps not before it, and each lies after the one before.

    `offsets` are days by step code; a step left out does not exist. `Refused` names the step.
    """
    if not offsets:
        raise Refused("阶梯至少要有一个步骤。")
    last: int | None = None
    for code in (code for code in ORDER if code in offsets):
        days, label = offsets[code], LadderStep.Code(code).label
        if abs(days) > FARTHEST:
            raise Refused(f"“{label}”距期限不能超过{FARTHEST}天。", {code: f"不能超过{FARTHEST}天。"})
        if code.startswith("remind") and days > 0:
            raise Refused(f"“{label}”应在期限之前。", {code: "应为负数或0。"})
        if not code.startswith("remind") and days <= 0:
            raise Refused(f"“{label}”应在期限之后。", {code: "应大于0。"})
        if last is not None and days <= last:
            raise Refused(f"“{label}”应晚于前一步骤。", {code: f"应大于{last}。"})
        last = days


def propose_change(
    actor: Any, *, level: str, effective_from: date, offsets: Mapping[str, int], unit: str, reason: str, basis: str = ""
) -> PolicyProposal:
    """A new edition of the ladder of a level for the actor's street, waiting for another person's approval.

    `offsets` are days from the deadline by step code, in `unit` (natural or working days).
    """
    area_path = actor.hat.unit.area_path if getattr(actor, "hat", None) else ""
    if not reaches(actor, Right.PROPOSE_POLICY, _At(area_path)):
        raise Forbidden
    check_offsets(offsets)
    if effective_from <= clock.today():
        raise Refused("施行日期应晚于今天：正在计算的期限不受影响。", {"effective_from": "应晚于今天。"})
    if not reason.strip():
        raise Refused("请填写调整理由。", {"reason": "请填写调整理由。"})
    with transaction.atomic():
        proposal = PolicyProposal.objects.create(
            kind=KIND,
            area_path=area_path,
            summary=f"{Level(level).label}隐患督办阶梯，{effective_from}起施行",
            reason=reason[:300],
            proposed_by=actor,
            payload={
                "level": level,
                "effective_from": effective_from.isoformat(),
                "offsets": dict(offsets),
                "unit": unit,
                "basis": basis[:300],
            },
        )
        record("supervision.ladder_proposed", proposal, actor=actor, after=proposal.payload, reason=reason)
    return proposal


def decide_change(actor: Any, pk: int, *, approve: bool, opinion: str = "") -> PolicyProposal:
    """Approve a proposed edition, which then holds from its day on, or return it with a reason.

    `Forbidden` for the proposer and without the right; `WrongState` when somebody decided already.
    """
    with transaction.atomic():
        found = PolicyProposal.objects.for_user(actor).filter(kind=KIND, pk=pk).select_for_update(of=("self",))
        proposal = found.first()
        if proposal is None:
            raise NotInScope
        if not reaches(actor, Right.APPROVE_POLICY, proposal) or proposal.proposed_by_id == actor.pk:
            raise Forbidden("阶梯调整须由提出人以外的负责人审批。")
        if not proposal.is_pending:
            raise WrongState(f"该建议{proposal.get_state_display()}。")
        if not approve and not opinion.strip():
            raise Refused("请填写不同意的理由。", {"opinion": "请填写不同意的理由。"})
        proposal.state = ProposalState.ACCEPTED if approve else ProposalState.RETURNED
        proposal.decided_by, proposal.decided_at, proposal.opinion = actor, clock.now(), opinion[:300]
        proposal.save()
        if approve:
            _put_in_force(proposal)
        record("supervision.ladder_decided", proposal, actor=actor, after={"state": proposal.state}, reason=opinion)
    return proposal


def _put_in_force(proposal: PolicyProposal) -> LadderPolicy:
    payload = proposal.payload
    day = date.fromisoformat(payload["effective_from"])
    if day <= clock.today():
        raise Refused("施行日期已过，请退回后重新提出。")
    same = {"level": payload["level"], "area_path": proposal.area_path, "effective_from": day}
    if LadderPolicy.objects.filter(**same).exists():
        raise Refused("同一天已有施行的阶梯，请更换施行日期。")
    name = f"{Level(payload['level']).label}隐患督办阶梯（{day}起）"
    policy = LadderPolicy.objects.create(name=name, basis=payload["basis"], proposal=proposal, **same)
    LadderStep.objects.bulk_create(
        LadderStep(policy=policy, code=code, offset=days, unit=payload["unit"], person_decides=code in PERSON_DECIDES)
        for code, days in payload["offsets"].items()
    )
    editions.invalidate()
    return policy


class _At:
    """A place without a record, for the scope check."""

    def __init__(self, area_path: str) -> None:
        self.area_path = area_path
