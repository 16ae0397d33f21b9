"""Passwords: changed by their owner, reset by whoever keeps the account."""

from __future__ import annotations

from django.db import transaction
from rest_framework.authtoken.models import Token

import audit
from common import clock
from units import passwords
from units.models import PasswordRecord, User
from units.transitions.people import lock_account


@transaction.atomic
def change_password(user: User, new: str) -> None:
    """Store the person's own new, already validated password; the former joins the history, API tokens end."""
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _store(user, new, must_change=False)
    audit.record("units.password_changed", user, actor=user)


@transaction.atomic
def reset_password(user: User, actor: User) -> str:
    """Give the account a one-time password and return it; it must be changed at the first sign-in.

    Sessions and API tokens of the account end at once. `Forbidden` unless the actor keeps the account.
    """
    user = lock_account(user, actor)
    given = passwords.one_time()
    _store(user, given, must_change=True)
    user.sessions.all().delete()
    audit.record("units.password_reset", user, actor=actor)
    return given


def _store(user: User, new: str, *, must_change: bool) -> None:
    if user.has_usable_password():
        PasswordRecord.objects.create(user=user, password=user.password)
    kept = user.former_passwords.values_list("pk", flat=True)[: passwords.REMEMBERED]
    user.former_passwords.exclude(pk__in=list(kept)).delete()
    user.set_password(new)
    user.must_change_password = must_change
    user.password_changed_at = clock.now()
    user.save(update_fields=["password", "must_change_password", "password_changed_at"])
    Token.objects.filter(user=user).delete()
