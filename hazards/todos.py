"""The hazard groups of the workbench: what waits for the person's hat, each row with the one action due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse

from common.limits import limit
from common.paging import bounded_count
from common.wording import cn_date
from common.workbench import Group, Todo, group
from hazards.models import Hazard
from hazards.models.hazard import State
from hazards.todo_kinds import KINDS, Kind
from units.access import holds
from units.roles import Right

SHOWN = 5
LOOKING = 60  # what a person can only look at stands under what waits for them


def _build(kind: Kind, user: Any) -> Group | None:
    if not holds(user, kind.right) or (kind.roles is not None and user.role not in kind.roles):
        return None
    found = Hazard.objects.for_user(user, kind.right).filter(kind.where(user))
    if kind.excluded is not None:
        found = found.exclude(kind.excluded)
    shown = _first(found, kind.by)
    if kind.since or kind.due:
        shown = shown.annotate(moment=F(kind.since or kind.due))
    rows = [_todo(kind, hazard, user) for hazard in shown]
    url = f"{reverse('hazard-list')}?{kind.query}"
    only_looks = kind.urges and not holds(user, Right.CONFIRM)
    order = LOOKING if only_looks else kind.order
    return Group(kind.key, kind.title, bounded_count(found), rows, url, order, kind.tone, kind.icon)


def _first(found: QuerySet[Hazard], by: tuple[str, ...]) -> QuerySet[Hazard]:
    return found.select_related("unit").order_by(*by)[:SHOWN]


def _todo(kind: Kind, hazard: Hazard, user: Any) -> Todo:
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
    return Todo(*_said(hazard), page, kind.label, act, _due(kind, hazard), hazard.level)


def _due(kind: Kind, hazard: Any) -> datetime | None:
    """When this step must be done: its own time limit where it has one, else the rectification deadline."""
    if kind.due:
        return hazard.moment  # type: ignore[no-any-return]
    if kind.term:
        return limit(kind.term, hazard.area_path).after(hazard.moment)
    return hazard.due_at if hazard.state in (State.PLANNING, State.RECTIFYING) else None


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
            limit("hazard.notify_principal", hazard.area_path).after(hazard.moment),
            hazard.level,
        )
        for hazard in _first(found, ("pk",)).annotate(moment=F("principal_notifications__sent_at"))
        if (page := reverse("hazard-detail", args=[hazard.pk]))
    ]
    url = f"{reverse('hazard-list')}?level=major"
    return Group("notified", "重大隐患告知，待阅知", bounded_count(found), rows, url, 9, "red", "bell")


def register() -> None:
    """Add the groups of this app; called when the app is ready."""
    for kind in KINDS:
        group(_builder(kind))
    group(_drafts)
    group(_notified)


def _builder(kind: Kind) -> Callable[[Any], Group | None]:
    return lambda user: _build(kind, user)
