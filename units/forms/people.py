"""Accounts and memberships."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from common.forms import KitForm, KitModelForm
from units.forms.fields import UnitField
from units.models import Area, Unit, User
from units.roles import FIRM, Role

_USERNAME = RegexValidator(r"^[A-Za-z0-9_.@-]{3,40}$", "用户名为3至40位字母、数字或 _ . @ - 符号。")


class AccountForm(KitModelForm):
    """Name and contact of an account."""

    class Meta:
        model = User
        fields = ("name", "phone", "email")


class MembershipForm(KitForm):
    """A role in a unit, for 系统管理员."""

    unit = UnitField(label="单位", help_text="输入单位全称、简称或拼音首字母")
    role = forms.ChoiceField(label="角色", choices=[("", "请选择"), *Role.choices])
    title = forms.CharField(label="职务", max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.active()


class NewAccountForm(MembershipForm):
    """A new account with its first role."""

    username = forms.CharField(label="用户名", min_length=3, max_length=40, validators=[_USERNAME])
    name = forms.CharField(label="姓名", max_length=30)
    phone = forms.CharField(label="手机", max_length=30, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)

    field_order = ("username", "name", "phone", "email", "unit", "role", "title")

    def account_values(self) -> dict[str, Any]:
        """The fields of the account itself."""
        return {name: self.cleaned_data[name] for name in ("username", "name", "phone", "email")}


class NewStaffForm(NewAccountForm):
    """A new account in the principal's own enterprise."""

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["unit"]
        self.fields["role"].choices = [(role.value, role.label) for role in FIRM]
        self.unit = unit


class AreaForm(KitModelForm):
    """Name and code of an area."""

    class Meta:
        model = Area
        fields = ("name", "code")
