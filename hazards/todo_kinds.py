"""Which groups of hazards wait on a workbench: whom each concerns, which hazards, and the one action due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q

from common import clock
from common.wording import SOON_DAYS
from hazards.models import Extension, TreatmentPlan
from hazards.models.hazard import TIMED, Level, State
from units.roles import OFFICE, Right, Role

_FILED = Q(plans__state=TreatmentPlan.State.FILED)
_WAITS = Q(state=State.RECTIFYING, extensions__state=Extension.State.PENDING)


@dataclass(frozen=True)
class Kind:
    """One group: whom it concerns (`right`), which hazards, in which order, and what is due on each.

    `term` is the time limit of the step and `since` what it runs from; `due` names a stored moment instead. Without
    either, the rectification deadline is shown.
    """

    key: str
    title: str
    right: str
    where: Callable[[Any], Q]
    query: str
    order: int
    action: str = ""
    label: str = ""
    by: tuple[str, ...] = ("due_at", "pk")
    tone: str = "plain"
    icon: str = "inbox"
    excluded: Q | None = None
    roles: frozenset[str] | None = None
    urges: bool = False
    term: str = ""
    since: str = ""
    due: str = ""


def _overdue(user: Any) -> Q:
    return TIMED & Q(due_at__lt=clock.now())


def _soon(user: Any) -> Q:
    return TIMED & Q(due_at__gte=clock.now(), due_at__lt=clock.now() + timedelta(days=SOON_DAYS))


def _extension_to_decide(user: Any) -> Q:
    """The requests this person is asked to decide on now: silence may have carried them to the head or the leader."""
    first, head, leader = Q(extensions__decider=""), Q(extensions__decider="head"), Q(extensions__decider="leader")
    if user.role == Role.LEADER:
        return _WAITS & leader
    if user.role == Role.HEAD:
        return _WAITS & (first | head | leader)
    return _WAITS & first & Q(listed_as="")


def _to_review(user: Any) -> Q:
    mine = Q(state=State.SUBMITTED)
    return mine & Q(level=Level.GENERAL) if user.role == Role.GRID else mine


def _state(state: str) -> Callable[[Any], Q]:
    return lambda user: Q(state=state)


_OLDEST = ("reported_at", "pk")
_OVERSEERS = frozenset({Role.OFFICER, Role.HEAD, Role.DEPARTMENT, Role.GRID, Role.LEADER})
KINDS = (
    Kind(
        "rectify-late",
        "已逾期，请立即整改",
        Right.RECTIFY,
        _overdue,
        "overdue=yes",
        10,
        "",
        "去办理",
        tone="red",
        icon="alert",
    ),
    Kind(
        "plan",
        "重大隐患待报治理方案",
        Right.RECTIFY,
        lambda user: Q(state=State.PLANNING) & ~_FILED,
        "state=planning",
        15,
        "file_plan",
        "报送方案",
        tone="orange",
        icon="document",
    ),
    Kind(
        "rectify",
        "待整改",
        Right.RECTIFY,
        lambda user: Q(state=State.RECTIFYING, due_at__gte=clock.now()),
        "state=rectifying",
        20,
        "submit_rectification",
        "报告整改",
        tone="orange",
        icon="hourglass",
    ),
    Kind(
        "verify",
        "新上报，待核实",
        Right.CONFIRM,
        _state(State.REPORTED),
        "state=reported",
        12,
        "confirm",
        "核实",
        _OLDEST,
        "blue",
        "eye",
        term="hazard.verify",
        since="reported_at",
    ),
    Kind(
        "sign-off",
        "待销号",
        Right.SIGN_OFF,
        _state(State.REVIEWED),
        "state=reviewed",
        14,
        "sign_off",
        "审核销号",
        ("reviewed_at", "pk"),
        "blue",
        "stamp",
        excluded=~Q(listed_as=""),
        term="hazard.sign_off",
        since="reviewed_at",
    ),
    Kind(
        "approve-plan",
        "治理方案待审批",
        Right.APPROVE_PLAN,
        lambda user: Q(state=State.PLANNING) & _FILED,
        "state=planning",
        16,
        "approve_plan",
        "审批方案",
        ("plans__filed_at", "pk"),
        "blue",
        "document",
        term="plan.approve",
        since="plans__filed_at",
    ),
    Kind(
        "extension",
        "延期申请待审批",
        Right.READ_HAZARD,
        _extension_to_decide,
        "state=rectifying",
        17,
        "grant_extension",
        "审批延期",
        ("extensions__decide_by", "pk"),
        "orange",
        "calendar",
        roles=frozenset({*OFFICE, Role.DEPARTMENT, Role.LEADER}),
        due="extensions__decide_by",
    ),
    Kind(
        "review",
        "整改已报告，待复查",
        Right.REVIEW,
        _to_review,
        "state=submitted",
        18,
        "pass_review",
        "复查",
        ("submitted_at", "pk"),
        "blue",
        "search",
        term="hazard.review",
        since="submitted_at",
    ),
    Kind(
        "overdue",
        "逾期未整改",
        Right.READ_HAZARD,
        _overdue,
        "overdue=yes",
        11,
        "",
        "查看",
        tone="red",
        icon="alert",
        roles=_OVERSEERS,
        urges=True,
    ),
    Kind(
        "soon",
        "三日内到期",
        Right.READ_HAZARD,
        _soon,
        "overdue=soon",
        30,
        "",
        "查看",
        tone="orange",
        icon="clock",
        roles=_OVERSEERS,
        urges=True,
    ),
    Kind(
        "major",
        "未销号重大隐患",
        Right.READ_HAZARD,
        lambda user: Q(level=Level.MAJOR, state__in=(State.PLANNING, State.RECTIFYING)),
        "level=major&opened=true",
        35,
        "",
        "查看",
        tone="red",
        icon="flag",
        roles=frozenset({Role.LEADER, Role.HEAD}),
    ),
)
