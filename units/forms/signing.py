"""Signing in and changing one's own password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.contrib.auth.forms import AuthenticationForm

from common.forms import KitForm, KitFormMixin, KitModelForm
from units.models import User


class SignInForm(KitFormMixin, AuthenticationForm):
    """User name and password."""

    error_messages = {
        "invalid_login": "用户名或密码不正确。连续输错5次，账号将锁定15分钟。",
        "inactive": "该账号已停用，请联系系统管理员。",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["password"].label = "密码"


def _password_input(autocomplete: str) -> forms.PasswordInput:
    return forms.PasswordInput(attrs={"autocomplete": autocomplete})


class ChangePasswordForm(KitForm):
    """The present password, and the new one twice."""

    current = forms.CharField(label="当前密码", strip=False, widget=_password_input("current-password"))
    new = forms.CharField(label="新密码", strip=False, max_length=128, widget=_password_input("new-password"))
    again = forms.CharField(label="再次输入新密码", strip=False, max_length=128, widget=_password_input("new-password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        rules = password_validation.password_validators_help_texts()
        self.fields["new"].help_text = "".join(f"{rule.rstrip('。')}。" for rule in rules)

    def clean_current(self) -> str:
        """The person proves to be the one who signed in."""
        current = self.cleaned_data["current"]
        if not self.user.check_password(current):
            raise forms.ValidationError("当前密码不正确。")
        return current

    def clean_new(self) -> str:
        """All rules at once, so that nobody has to guess the next one."""
        new = self.cleaned_data["new"]
        password_validation.validate_password(new, self.user)
        return new

    def clean(self) -> dict[str, Any]:
        """Both entries agree."""
        cleaned = super().clean() or {}
        if cleaned.get("new") and cleaned.get("again") and cleaned["new"] != cleaned["again"]:
            self.add_error("again", "两次输入的新密码不一致。")
        return cleaned


class ContactForm(KitModelForm):
    """How a person is reached; edited by themselves."""

    class Meta:
        model = User
        fields = ("phone", "email")
