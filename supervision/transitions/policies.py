"""The ladder as policy: which edition holds, what an edition must look like, and putting an approved one in force.

Proposing and approving under four eyes is `units.transitions.policies`; this app only brings the kind "ladder".
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Prefetch

from common.errors import Refused
from common.snapshot import Snapshot
from supervision.ladder import ORDER, Edition, Rung
from supervision.models import LadderPolicy, LadderStep
from supervision.models.ladder import HAZARD
from units.models import PolicyProposal

KIND = "ladder"
FARTHEST = 365  # days from the deadline
_D = LadderStep.Document
LETTERS_ONLY = (_D.NONE, _D.REMINDER, _D.URGE)
WITHOUT_PROPOSALS = (*LETTERS_ONLY, _D.NOTICE)  # what a step may draft where the record is no hazard
# What each step may draft: nobody is exposed by a reminder.
DOCUMENTS_OF: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("remind_1", "remind_2", "remind_3"), (_D.NONE, _D.REMINDER)),
    **dict.fromkeys(("overdue", "urge"), LETTERS_ONLY),
    "notice": (_D.NONE, _D.NOTICE),
    "talk": (_D.NONE, _D.TALK),
    "list": (_D.NONE, _D.LIST),
    "publish": (_D.NONE, _D.PUBLISH),
}


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


def step_troubles(rung: Rung, subject: str) -> dict[str, str]:
    """What is wrong with a step besides its day, by part: the document must fit step and subject; somebody is told."""
    if rung.document not in DOCUMENTS_OF[rung.code] or (subject != HAZARD and rung.document not in WITHOUT_PROPOSALS):
        return {"document": "该步骤不能出具这种文书。"}
    if not rung.document and not rung.audience:
        return {"audience": "只发消息的步骤至少要告知一方。"}
    return {}


def put_in_force(proposal: PolicyProposal, form: Any) -> None:
    """The approved `form` becomes an edition of the proposer's street from its day on; former ones are the history."""
    edition: Edition = form.edition(proposal.area_path)
    fields = ("subject", "level", "area_path", "sector_id", "campaign", "effective_from")
    same = {name: getattr(edition, name) for name in fields}
    if LadderPolicy.objects.filter(**same).exists():
        raise Refused("同一天已有施行的阶梯，请更换施行日期。")
    policy = LadderPolicy.objects.create(name=edition.name, basis=edition.basis, proposal=proposal, **same)
    LadderStep.objects.bulk_create(
        LadderStep(
            policy=policy, code=rung.code, offset=rung.offset, person_decides=rung.person_decides, decider=rung.decider,
            unit=LadderStep.Unit.WORKING if rung.working else LadderStep.Unit.NATURAL,
            document=rung.document, audience=list(rung.audience),
        )
        for rung in edition.rungs
    )  # fmt: skip
    editions.invalidate()
