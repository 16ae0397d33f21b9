"""The notice groups of the workbench: drafts to review, to approve, to issue; notices to sign for."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from common.paging import bounded_count
from common.workbench import Group, Todo, group
from reports import transitions
from reports.models import Notice, NoticeReceipt
from units.access import holds
from units.roles import Right

S = Notice.State
SHOWN = 5


def connect() -> None:
    """Put the groups on the workbench."""
    for build in (to_review, to_approve, to_issue, to_sign):
        group(build)


def to_review(user: Any) -> Group | None:
    """Drafts wait for whoever edits them."""
    if not holds(user, Right.DRAFT_NOTICE) or holds(user, Right.APPROVE_NOTICE):
        return None
    return _notices(user, "notice-review", "通报草稿待审阅修改", S.DRAFTED, S.EDITED, label="审阅修改", order=30)


def to_approve(user: Any) -> Group | None:
    """Drafts wait for the head's approval; not those the head edited."""
    if not holds(user, Right.APPROVE_NOTICE):
        return None
    return _notices(user, "notice-approve", "通报待审签", S.DRAFTED, S.EDITED, label="审签", order=25)


def to_issue(user: Any) -> Group | None:
    """Approved notices wait to be issued."""
    if not holds(user, Right.APPROVE_NOTICE):
        return None
    return _notices(user, "notice-issue", "通报已审签，待印发", S.APPROVED, label="印发", order=24)


def _notices(user: Any, key: str, title: str, *states: str, label: str, order: int) -> Group:
    waiting = Notice.objects.for_user(user).light().filter(state__in=states).order_by("period_to", "pk")
    rows = [
        Todo(notice.headline, notice.get_state_display(), notice.get_absolute_url(), label, notice.get_absolute_url())
        for notice in waiting[:SHOWN]
    ]
    query = "&".join(f"state={state}" for state in states)
    url = f"{reverse('notice-list')}?{query}"
    return Group(key, title, bounded_count(waiting), rows, url, order, "blue", "megaphone")


def to_sign(user: Any) -> Group | None:
    """Issued notices wait for the unit's receipt."""
    if not transitions.may_sign(user):
        return None
    waiting = NoticeReceipt.objects.waiting().filter(unit_id=user.hat.unit_id).order_by("due_at", "pk")
    related = waiting.select_related("notice").defer("notice__sections", "notice__snapshot")
    rows = [_sign_row(receipt) for receipt in related[:SHOWN]]
    count, url = bounded_count(waiting), reverse("notice-list")
    return Group("notice-sign", "通报待签收", count, rows, url, 22, "blue", "megaphone")


def _sign_row(receipt: NoticeReceipt) -> Todo:
    url = receipt.notice.get_absolute_url()
    return Todo(receipt.notice.headline, receipt.notice.number or "", url, "签收", url, due=receipt.due_at)
