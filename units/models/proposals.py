"""What somebody proposes and somebody else decides: changes of a unit's record, changes of policy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from common import clock
from units.roles import Right
from units.scope import reach

if TYPE_CHECKING:
    from units.models.people import User


class ProposalState(models.TextChoices):
    """Where a proposal stands."""

    PENDING = "pending", "待审核"
    ACCEPTED = "accepted", "已采纳"
    RETURNED = "returned", "已退回"


class Proposal(models.Model):
    """What both kinds share. `area_path` is the street the proposal belongs to."""

    area_path = models.CharField(max_length=60, db_collation="C", editable=False)
    state = models.CharField("状态", max_length=10, choices=ProposalState, default=ProposalState.PENDING)
    reason = models.CharField("理由", max_length=300)
    proposed_by = models.ForeignKey("units.User", models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间", default=clock.now)
    decided_by = models.ForeignKey("units.User", models.PROTECT, null=True, related_name="+", verbose_name="审核人")
    decided_at = models.DateTimeField("审核时间", null=True)
    opinion = models.CharField("审核意见", max_length=300, blank=True)

    class Meta:
        abstract = True
        ordering = ("-proposed_at", "-pk")

    @property
    def is_pending(self) -> bool:
        """Whether it still waits for a decision."""
        return self.state == ProposalState.PENDING


class UnitProposalQuerySet(models.QuerySet["UnitProposal"]):
    """Reads over proposed changes of units."""

    def for_user(self, user: User) -> UnitProposalQuerySet:
        """The office sees its street's; everybody else what they proposed themselves."""
        own = Q(proposed_by_id=getattr(user, "pk", None))
        return self.filter(reach(user, Right.EDIT_UNIT) | own)

    def pending(self) -> UnitProposalQuerySet:
        """Waiting for the office."""
        return self.filter(state=ProposalState.PENDING)


class UnitProposal(Proposal):
    """A change of a unit's record proposed by a department or a village: `changes` maps field to its new value."""

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="proposals", verbose_name="单位")
    changes = models.JSONField("修改内容")

    objects = UnitProposalQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = verbose_name_plural = "单位信息修改建议"
        indexes = [models.Index(fields=["area_path", "state"], name="unit_proposal_area_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "proposed_by"], condition=Q(state="pending"), name="unit_proposal_one_pending_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit.name}信息修改建议"


class PolicyProposalQuerySet(models.QuerySet["PolicyProposal"]):
    """Reads over proposed changes of policy."""

    def for_user(self, user: User) -> PolicyProposalQuerySet:
        """Those of the user's own street, for its office."""
        return self.filter(reach(user, Right.PROPOSE_POLICY))

    def pending(self) -> PolicyProposalQuerySet:
        """Waiting for the head."""
        return self.filter(state=ProposalState.PENDING)


class PolicyProposal(Proposal):
    """A change of time limits, calendar or office settings; another person than the proposer approves it.

    `kind` is a code of `units.policies`; `payload` is what its form cleaned, as JSON.
    """

    kind = models.CharField("事项", max_length=40)
    summary = models.CharField("内容", max_length=300)
    payload = models.JSONField("参数")

    objects = PolicyProposalQuerySet.as_manager()

    class Meta(Proposal.Meta):
        verbose_name = verbose_name_plural = "政策调整建议"
        indexes = [models.Index(fields=["area_path", "kind", "state"], name="policy_proposal_area")]

    def __str__(self) -> str:
        return self.summary
