"""Sign-in, sign-out, failed sign-in and lock-out, heard from the signals of Django and axes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from axes.signals import user_locked_out
from django.contrib.auth.signals import (
    user_logged_in,
    user_logged_out,
    user_login_failed,
)

from audit import actions
from audit.recorder import record


def connect() -> None:
    """Listen from now on; repeated calls change nothing."""
    user_logged_in.connect(_signed_in, dispatch_uid="audit.signed_in")
    user_logged_out.connect(_signed_out, dispatch_uid="audit.signed_out")
    user_login_failed.connect(_failed, dispatch_uid="audit.failed")
    user_locked_out.connect(_locked_out, dispatch_uid="audit.locked_out")


def _signed_in(sender: Any, *, user: Any, **kwargs: Any) -> None:
    record(actions.SIGN_IN, user, actor=user)


def _signed_out(sender: Any, *, user: Any, **kwargs: Any) -> None:
    if user is not None and user.pk:
        record(actions.SIGN_OUT, user, actor=user)


def _failed(sender: Any, *, credentials: Mapping[str, Any], **kwargs: Any) -> None:
    record(actions.SIGN_IN_FAILED, actor_name=str(credentials.get("username", "")))


def _locked_out(sender: Any, *, username: str | None = None, **kwargs: Any) -> None:
    record(actions.LOCKED_OUT, actor_name=username or "")
