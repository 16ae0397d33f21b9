"""What the 安全管理员 does: unlock an account, end sessions."""

from __future__ import annotations

from axes.utils import reset
from django.db import transaction

import audit
from units.access import require
from units.models import User, UserSession
from units.roles import Right


@transaction.atomic
def unlock(username: str, actor: User) -> int:
    """Forget the failed attempts of a user name; returns how many records there were."""
    require(actor, Right.SECURITY_SETTINGS)
    count: int = reset(username=username)
    account = User.objects.filter(username=username).first()
    audit.record("units.unlocked", account or User, actor=actor, after={"username": username})
    return count


@transaction.atomic
def end_sessions(user: User, actor: User, session: UserSession | None = None) -> int:
    """Sign a person out everywhere, or out of one session; returns how many ended."""
    require(actor, Right.SECURITY_SETTINGS)
    chosen = user.sessions.filter(pk=session.pk) if session else user.sessions.all()
    count, _ = chosen.delete()
    audit.record("units.sessions_ended", user, actor=actor, after={"sessions": count})
    return count
