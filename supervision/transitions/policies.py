"""The ladder as policy: which edition holds, what an edition must look like, and putting an approved one in force.

Proposing and approving under four eyes is `units.transitions.policies`; this app only brings the kind "ladder".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from common.errors import Refused
from common.snapshot import Snapshot
from hazards.models.hazard import Level
from supervision.ladder import ORDER, Edition, Rung
from supervision.ladder_defaults import PERSON_DECIDES
from supervision.models import LadderPolicy, LadderStep
from units.models import PolicyProposal

KIND = "ladder"
FARTHEST = 365  # days from the deadline


def _load() -> tuple[Edition, ...]:
    policies = LadderPolicy.objects.prefetch_related(Prefetch("steps", LadderStep.objects.order_by("offset", "pk")))
    return tuple(edition_of(policy) for policy in policies)


def edition_of(policy: LadderPolicy) -> Edition:
    """A policy row with its steps as the ladder reckons with it."""
    rungs = tuple(
        Rung(
            step.code, step.offset, step.unit == LadderStep.Unit.WORKING, step.person_decides,
            step.document, tuple(step.audience), step.decider,
        )
        for step in policy.steps.all()
    )  # fmt: skip
    return Edition(
        policy.pk, policy.name, policy.level, policy.area_path, policy.effective_from, policy.basis, rungs,
        policy.subject, policy.sector_id, policy.campaign,
    )  # fmt: skip


editions: Snapshot[tuple[Edition, ...]] = Snapshot(_load)


def troubles(offsets: Mapping[str, int]) -> dict[str, str]:
    """What is wrong with the days of an edition, by step code; an empty key stands for the whole.

    Reminders do not lie after the deadline, the other steps not before it, and each lies after the one before.
    """
    if not offsets:
        return {"": "阶梯至少要有一个步骤。"}
    found: dict[str, str] = {}
    last: int | None = None
    for code in (code for code in ORDER if code in offsets):
        days = offsets[code]
        if abs(days) > FARTHEST:
            found[code] = f"距期限不能超过{FARTHEST}天。"
        elif code.startswith("remind") and days > 0:
            found[code] = "提醒应在期限之前，填负数或0。"
        elif not code.startswith("remind") and days <= 0:
            found[code] = "应在期限之后，填大于0的天数。"
        elif last is not None and days <= last:
            found[code] = f"应晚于前一步骤（{last}）。"
        last = days
    return found


def put_in_force(proposal: PolicyProposal, form: Any) -> None:
    """The approved `form` becomes an edition of the proposer's street from its day on; former ones are the history."""
    data = form.cleaned_data
    same = {"level": data["level"], "area_path": proposal.area_path, "effective_from": data["effective_from"]}
    if LadderPolicy.objects.filter(**same).exists():
        raise Refused("同一天已有施行的阶梯，请更换施行日期。")
    name = f"{Level(data['level']).label}隐患督办阶梯（{data['effective_from']}起）"
    policy = LadderPolicy.objects.create(name=name, basis=data["basis"], proposal=proposal, **same)
    LadderStep.objects.bulk_create(
        LadderStep(policy=policy, code=code, offset=days, unit=data["unit"], person_decides=code in PERSON_DECIDES)
        for code, days in form.offsets().items()
    )
    editions.invalidate()
