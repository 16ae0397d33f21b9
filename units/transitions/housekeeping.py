"""What the system does by itself for whoever guards it: the daily check of the audit chain, the end of old sessions."""

from __future__ import annotations

from datetime import datetime, time

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from audit import actions, chain
from audit.models import AuditEntry
from audit.recorder import record
from common import clock
from messaging.transitions import notify
from units.models import Membership, User, UserSession
from units.roles import Role

SHOWN = 100  # breaks kept in the record; `manage.py verify_audit` lists all of them


def check_chain() -> int | None:
    """Verify the whole audit chain once a day, from the head the last check noted on; the number of breaks, None when
    today's check was done already.

    The result is an entry of the record itself, which the auditor's page shows; a break is told to every auditor.
    """
    today = timezone.make_aware(datetime.combine(clock.today(), time.min))
    checks = AuditEntry.objects.filter(action=actions.AUDIT_VERIFY, actor__isnull=True)
    with transaction.atomic():
        _wait_for_others()
        if checks.filter(at__gte=today).exists():
            return None
        last = checks.order_by("-at", "-pk").first()
        noted = (last.after or {}).get("head") if last else None
        head = chain.head()
        broken = [found.as_dict() for found in chain.verify(chain.Head(**noted) if noted else None)]
        result = {"checked": head.position, "broken": len(broken), "first": broken[:SHOWN], "head": head.as_dict()}
        record(actions.AUDIT_VERIFY, after=result)
        if broken:
            _alarm(len(broken))
    return len(broken)


def _wait_for_others() -> None:
    """One check at a time; who waited finds the other's result and does nothing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", ["audit-check-chain"])


def _alarm(count: int) -> None:
    auditors = User.objects.filter(
        is_active=True, memberships__in=Membership.objects.in_force().filter(role=Role.AUDITOR)
    ).distinct()
    notify(
        auditors,
        kind="units.audit_broken",
        title=f"审计链校验发现{count}处异常",
        body="审计记录可能被改动，请立即查看并报告单位负责人。",
        url=reverse("audit-chain"),
        key=f"audit_broken:{clock.today()}",
        why="您是审计员，系统每天校验审计链。",
        urgent=True,
    )


def end_old_sessions() -> int:
    """Delete sessions past their end, signed in or not; how many."""
    return UserSession.objects.filter(expire_date__lt=clock.now()).delete()[0]
