"""Password rules of GB/T 22239 level 2 as this system applies them."""

from __future__ import annotations

import re
import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import password_validation
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

from common import clock

REMEMBERED = 5
_CLASSES = (r"[a-z]", r"[A-Z]", r"\d", r"[^A-Za-z0-9]")
# Without the characters people misread when a one-time password is copied from a slip of paper.
_ALPHABETS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789")
_ONE_TIME_LENGTH = 12


class LengthValidator(password_validation.MinimumLengthValidator):
    """At least eight characters."""

    def get_error_message(self) -> str:
        """The rule in words."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """The rule in words."""
        return f"密码至少{self.min_length}位。"


class SimilarityValidator(password_validation.UserAttributeSimilarityValidator):
    """Not nearly the user name, name, phone or mail address."""

    DEFAULT_USER_ATTRIBUTES = ("username", "name", "phone", "email")

    def get_error_message(self) -> str:
        """What it resembles."""
        return "密码与%(verbose_name)s太相似。"

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码不能与用户名、姓名、手机、邮箱相似。"


class CommonValidator(password_validation.CommonPasswordValidator):
    """Not one of the passwords everybody tries first."""

    def get_error_message(self) -> str:
        """The rule in words."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """The rule in words."""
        return "密码不能是常见密码。"


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
