"""Password rules of GB/T 22239 level 2 as this system applies them."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from common import clock

REMEMBERED = 5
_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
# Without the characters people misread when a one-time password is copied from a slip of paper.
_ALPHABETS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
_ONE_TIME_LENGTH = 12


class CharacterClassesValidator:
    """At least three of lower case, upper case, digits and signs."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise when fewer than three classes are used."""
        if sum(bool(re.search(pattern, password)) for pattern in _CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="password_classes")

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码须包含大写字母、小写字母、数字、符号中的至少三类。"


class HistoryValidator:
    """Not one of the last five."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise when the password was used recently."""
        if user is None or not user.pk:
            return
        former = user.former_passwords.values_list("password", flat=True)[:REMEMBERED]
        if any(check_password(password, encoded) for encoded in [user.password, *former]):
            raise ValidationError(self.get_help_text(), code="password_reused")

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"不能使用最近{REMEMBERED}次用过的密码。"


def is_due(user: Any) -> bool:
    """Whether the person must set a new password before doing anything else: first sign-in, reset, or 90 days old."""
    age = clock.now() - user.password_changed_at
    return user.must_change_password or age > timedelta(days=settings.PASSWORD_MAX_AGE_DAYS)


def one_time() -> str:
    """A random password of three classes to be handed over once and changed at the first sign-in."""
    chosen = [secrets.choice(alphabet) for alphabet in _ALPHABETS]
    chosen += [secrets.choice("".join(_ALPHABETS)) for _ in range(_ONE_TIME_LENGTH - len(chosen))]
    secrets.SystemRandom().shuffle(chosen)
    return "".join(chosen)
