"""Shares: which enterprises checked themselves, which were visited, how many closings proved true when looked at again.

Like the figures over hazards: one definition each, 0/0 is none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hazards.models import Hazard
from inspections.models import Inspection, VisitState
from inspections.models.self_checks import OWING, SelfCheck
from inspections.models.spots import SpotCheck
from inspections.queries import self_checks
from reports.statistics.periods import Period
from units.models import Unit
from units.roles import Right


@dataclass(frozen=True)
class Share:
    """A rate: of the records of `base` those with `is_counted`. `badge` names the two in a list."""

    key: str
    label: str
    definition: str
    base: Callable[[Any, Period], QuerySet[Any]]
    badge: str
    unit: str = "家"
    kind: str = "rate"
    higher_is_better: bool = True


@dataclass(frozen=True)
class Counted:
    """What a share came to; None for 0/0."""

    above: int
    below: int

    @property
    def value(self) -> float | None:
        """The ratio."""
        return self.above / self.below if self.below else None


def _firms(user: Any, period: Period) -> QuerySet[Unit]:
    """The enterprises in operation within the reader's scope that were on file when the period ended."""
    reached = Unit.objects.for_user(user, Right.STATISTICS).filter(enterprise__isnull=False)
    return self_checks.operating(reached).filter(created_at__lt=period.end)


def checked_themselves(user: Any, period: Period) -> QuerySet[Unit]:
    """Who owed a self-check by the rules in force at the end; counted: who filed one, zero reports included."""
    owing = Q(pk__in=())
    for rule in self_checks.rules(user.hat.unit.area_path, period.last).values():
        owing |= OWING[rule.applies]
    filed = SelfCheck.objects.filter(unit=OuterRef("pk"), filed_at__gte=period.start, filed_at__lt=period.end)
    return _firms(user, period).filter(owing).annotate(is_counted=Exists(filed))


def visited(user: Any, period: Period) -> QuerySet[Unit]:
    """Every enterprise; counted: who had a finished visit, 复查 left aside."""
    done = Inspection.objects.filter(
        unit=OuterRef("pk"), state=VisitState.DONE, finished_at__gte=period.start, finished_at__lt=period.end
    ).exclude(mode=Inspection.Mode.RECHECK)
    return _firms(user, period).annotate(is_counted=Exists(done))


def proved_true(user: Any, period: Period) -> QuerySet[SpotCheck]:
    """The spot checks concluded in the period, whatever month was drawn from; counted: found true."""
    reached = SpotCheck.objects.filter(hazard__in=Hazard.objects.for_user(user, Right.STATISTICS)).concluded()
    within = reached.filter(done_at__gte=period.start, done_at__lt=period.end)
    return within.annotate(is_counted=Q(state=SpotCheck.State.TRUE))


SHARES: dict[str, Share] = {
    share.key: share
    for share in (
        Share("self_check_rate", "自查率", "应开展自查的在营企业中，统计期内报送过自查（含零隐患）的比例",
              checked_themselves, "self_checked"),
        Share("coverage_rate", "检查覆盖率", "在营企业中，统计期内接受过检查（不含复查）的比例", visited, "visited"),
        Share("spot_true_rate", "抽查属实率", "统计期内办结的销号隐患抽查复核中，整改属实的比例", proved_true, "spot_state", "条"),
    )
}  # fmt: skip


def count(share: Share, user: Any, period: Period) -> Counted:
    """The two numbers, in one query."""
    found = (
        share.base(user, period).order_by().aggregate(below=Count("pk"), above=Count("pk", filter=Q(is_counted=True)))
    )
    return Counted(found["above"], found["below"])
