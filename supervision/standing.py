"""Why a hazard stands on its rung, what comes next and who must act: read for the board and for 督办一览 alike.

An enterprise is told what was decided, never what has been proposed against it, nor what the ladder will do next.
"""

from __future__ import annotations

from typing import Any

from django.db.models import BooleanField, CharField, Exists, F, IntegerField, OuterRef, QuerySet, Subquery, Value

from common.wording import cn_date
from hazards.discretion import is_firm, step_field
from hazards.models import Hazard
from supervision.ladder import PROPOSALS, RANK, Edition, plan
from supervision.letter_texts import label_of
from supervision.models import LadderFiring, Letter, Listing, Measure
from supervision.models.letters import LetterState
from supervision.transitions.hazard_track import HAZARDS
from supervision.transitions.policies import editions
from supervision.transitions.tracks import Editions

_LISTING = {
    "proposed": "负责人：审批督办", "approved": "安委办：送达", "served": "企业：报治理方案", "treating": "企业：整治并报进展",
    "acceptance": "部门：组织验收", "accepted": "负责人：批准解除督办",
}  # fmt: skip


def with_standing(rows: QuerySet[Hazard], user: Any) -> QuerySet[Hazard]:
    """The hazards with the last step that fired and what waits for a person, as far as the user may know; one statement."""
    firm, mine = is_firm(user), {"hazard": OuterRef("pk")}
    fired = LadderFiring.objects.filter(
        hazard=OuterRef("pk"), round=OuterRef("round"), deadline_no=OuterRef("deadline_no"), merged_into=""
    ).order_by("-fired_at", "-pk")
    last = fired.exclude(code__in=PROPOSALS).exclude(document__in=PROPOSALS) if firm else fired
    listing = (Listing.objects.in_force() if firm else Listing.objects.live()).filter(**mine)
    hidden = Value(False, output_field=BooleanField())
    return rows.annotate(
        told_firm=Value(firm, output_field=BooleanField()),
        shown_step=F(step_field(user)),
        fired_reason=Subquery(last.values("reason")[:1], output_field=CharField()),
        fired_policy=Subquery(last.values("policy_id")[:1], output_field=IntegerField()),
        letter_waits=hidden if firm else Exists(Letter.objects.filter(state=LetterState.DRAFT, **mine)),
        answer_waits=Exists(Letter.objects.filter(state=LetterState.ANSWERED, **mine)),
        answer_owed=Exists(Letter.objects.owing().filter(**mine)),
        measure_waits=hidden if firm else Exists(Measure.objects.waiting().filter(**mine)),
        listing_state=Subquery(listing.values("state")[:1]),
        listing_opined=Subquery(listing.values("opinion")[:1]),
    )


def ground(row: Any) -> str:
    """The rule that put it here, without the number and deadline that stand beside it."""
    said = row.fired_reason or ""
    return f"依据{said.partition('；依据')[2]}" if "；依据" in said else said


def next_step(row: Any) -> str:
    """What the ladder does next with the hazard, and when; the enterprise learns of it when it happens."""
    if row.told_firm:
        return "按期完成整改"
    if row.next_step_at is None:
        return "阶梯已走完，等待处置"
    return coming(row, row.fired_policy)


def coming(hazard: Hazard, policy_id: int | None) -> str:
    """The next step with its day, by the policy that fired last, else by the one the present deadline keeps."""
    at = hazard.next_step_at
    if at is None:
        return ""
    edition = next((each for each in editions.get() if each.pk == policy_id), None) or _kept(hazard)
    steps = plan(hazard.due_at, edition.rungs) if edition else []
    reached = RANK.get(hazard.ladder_step, -1)
    above = next((step for step in steps if step.at >= at and RANK[step.code] > reached), None)
    return f"{cn_date(above.at)}{label_of(above.code)}" if above else f"{cn_date(at)}再次检查"


def _kept(hazard: Hazard) -> Edition | None:
    traits, begun = HAZARDS.traits([hazard]), HAZARDS.begun([hazard])
    return Editions()(traits[hazard.pk], begun[hazard.pk])


def waits_for(row: Any) -> str:
    """Who must act now, and what for; the enterprise when nobody else has to."""
    waits = []
    if row.letter_waits:
        waits.append("负责人：签发函件")
    if row.measure_waits:
        waits.append("负责人：决定措施")
    if row.listing_state == "proposed" and not row.listing_opined:
        waits.append("部门：会审意见")
    if row.listing_state:
        waits.append(_LISTING[row.listing_state])
    if row.answer_waits:
        waits.append("安委办：审核回复")
    if row.answer_owed:
        waits.append("企业：逾期未回复函件")
    return "；".join(waits) or "企业：完成整改"
