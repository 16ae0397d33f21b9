"""The hazard groups of the workbench: what waits for the person's hat, each row with the one action due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from common import clock
from common.paging import bounded_count
from common.wording import SOON_DAYS, cn_date
from hazards.models import Extension, Hazard, TreatmentPlan
from hazards.models.hazard import TIMED, Level, State
from hazards.workbench import Group, Todo, group
from units.access import holds
from units.roles import Right, Role

SHOWN = 5
_FILED = Q(plans__state=TreatmentPlan.State.FILED)
_PENDING = Q(extensions__state=Extension.State.PENDING)


@dataclass(frozen=True)
class _Kind:
    """One group: whom it concerns (`right`), which hazards, in which order, and what is due on each."""

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


def _overdue(user: Any) -> Q:
    return TIMED & Q(due_at__lt=clock.now())


def _soon(user: Any) -> Q:
    return TIMED & Q(due_at__gte=clock.now(), due_at__lt=clock.now() + timedelta(days=SOON_DAYS))


def _to_review(user: Any) -> Q:
    mine = Q(state=State.SUBMITTED)
    return mine & Q(level=Level.GENERAL) if user.role == Role.GRID else mine


def _state(state: str) -> Callable[[Any], Q]:
    return lambda user: Q(state=state)


_OLDEST = ("reported_at", "pk")
_OVERSEERS = frozenset({Role.OFFICER, Role.HEAD, Role.DEPARTMENT, Role.GRID, Role.LEADER})
_KINDS = (
    _Kind(
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
    _Kind(
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
    _Kind(
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
    _Kind(
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
    ),
    _Kind(
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
    ),
    _Kind(
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
    ),
    _Kind(
        "extension",
        "延期申请待审批",
        Right.APPROVE_PLAN,
        lambda user: Q(state=State.RECTIFYING) & _PENDING,
        "state=rectifying",
        17,
        "grant_extension",
        "审批延期",
        ("extensions__decide_by", "pk"),
        "orange",
        "calendar",
    ),
    _Kind(
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
    ),
    _Kind(
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
    _Kind(
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
    _Kind(
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


def _build(kind: _Kind, user: Any) -> Group | None:
    if not holds(user, kind.right) or (kind.roles is not None and user.role not in kind.roles):
        return None
    found = Hazard.objects.for_user(user, kind.right).filter(kind.where(user))
    if kind.excluded is not None:
        found = found.exclude(kind.excluded)
    rows = [_todo(kind, hazard, user) for hazard in _first(found, kind.by)]
    url = f"{reverse('hazard-list')}?{kind.query}"
    return Group(kind.key, kind.title, bounded_count(found), rows, url, kind.order, kind.tone, kind.icon)


def _first(found: QuerySet[Hazard], by: tuple[str, ...]) -> QuerySet[Hazard]:
    return found.select_related("unit").order_by(*by)[:SHOWN]


def _todo(kind: _Kind, hazard: Hazard, user: Any) -> Todo:
    page = reverse("hazard-detail", args=[hazard.pk])
    if kind.urges and holds(user, Right.CONFIRM):
        return Todo(
            *_said(hazard),
            page,
            "催办",
            reverse("hazard-bulk", args=["urge"]),
            hazard.due_at,
            hazard.level,
            _picked(hazard),
        )
    act = reverse("hazard-action", args=[hazard.pk, kind.action]) if kind.action else page
    timed = hazard.due_at if hazard.state in (State.PLANNING, State.RECTIFYING) else None
    return Todo(*_said(hazard), page, kind.label, act, timed, hazard.level)


def _said(hazard: Hazard) -> tuple[str, str]:
    words = hazard.description if len(hazard.description) <= 50 else hazard.description[:49] + "…"
    return words, f"{hazard.number} · {hazard.unit.name} · {cn_date(hazard.reported_at)}上报"


def _picked(hazard: Hazard) -> tuple[tuple[str, str], ...]:
    return (("ids", str(hazard.pk)), ("next", reverse("workbench")))


def _drafts(user: Any) -> Group | None:
    if not holds(user, Right.REPORT_HAZARD):
        return None
    found = Hazard.objects.filter(reported_by=user, state=State.DRAFT)
    rows = [
        Todo(
            draft.description[:50] or "（未填写描述）",
            f"{draft.unit.name} · {cn_date(draft.created_at)}保存",
            url,
            "继续填写",
            url,
        )
        for draft in _first(found, ("-updated_at", "-pk"))
        if (url := reverse("hazard-draft", args=[draft.pk]))
    ]
    return Group("drafts", "我的草稿", bounded_count(found), rows, rows[0].url if rows else "", 60, "plain", "edit")


def _notified(user: Any) -> Group | None:
    """重大隐患 a principal has been told of and not yet opened."""
    if not holds(user, Right.RECTIFY):
        return None
    found = Hazard.objects.for_user(user).filter(
        principal_notifications__user=user, principal_notifications__read_at__isnull=True
    )
    rows = [
        Todo(
            hazard.description[:50],
            f"{hazard.number} · 请作为主要负责人或实际控制人阅知",
            page,
            "阅知",
            page,
            hazard.due_at,
            hazard.level,
        )
        for hazard in _first(found, ("pk",))
        if (page := reverse("hazard-detail", args=[hazard.pk]))
    ]
    url = f"{reverse('hazard-list')}?level=major"
    return Group("notified", "重大隐患告知，待阅知", bounded_count(found), rows, url, 9, "red", "bell")


def register() -> None:
    """Add the groups of this app; called when the app is ready."""
    for kind in _KINDS:
        group(_builder(kind))
    group(_drafts)
    group(_notified)


def _builder(kind: _Kind) -> Callable[[Any], Group | None]:
    return lambda user: _build(kind, user)
