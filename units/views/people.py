"""Accounts: listed, opened, changed, closed; roles granted and ended; passwords reset."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from common.columns import Column, Empty
from common.errors import RuleError
from common.filters import LedgerFilterSet
from common.forms import ReasonForm
from common.ledgers import LedgerView
from common.wording import cn_datetime
from units.access import RightRequiredMixin, holds, require
from units.forms.people import AccountForm, MembershipForm, NewAccountForm, NewStaffForm
from units.models import Membership, User
from units.roles import Right, Role
from units.transitions import people as verbs
from units.transitions.passwords import reset_password

_KEEPERS = (Right.MANAGE_ACCOUNTS, Right.MANAGE_OWN_STAFF)


class AccountFilter(LedgerFilterSet):
    """User name or name, role, in use."""

    q = filters.CharFilter(label="用户名、姓名、手机", method="search")
    role = filters.ChoiceFilter(label="角色", choices=Role.choices, method="with_role")
    is_active = filters.BooleanFilter(label="启用")

    class Meta:
        model = User
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """Any part of user name, name or phone."""
        return queryset.matching(value)

    def with_role(self, queryset: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """People who hold the role today."""
        return queryset.filter(pk__in=Membership.objects.in_force().filter(role=value).values("user_id"))


class AccountList(RightRequiredMixin, LedgerView):
    """The accounts the person keeps."""

    rights = _KEEPERS
    model = User
    title = "账号"
    filterset_class = AccountFilter
    default_order = ("username",)
    template_name = "units/account_list.html"
    columns = (
        Column("username", "用户名", link=True, order=("username",)),
        Column("name", "姓名", order=("name",)),
        Column("roles", "任职", lambda user: "；".join(map(str, user.held))),
        Column("phone", "手机"),
        Column(
            "is_active",
            "状态",
            show=lambda active: "启用" if active else "停用",
            export=lambda user: "启用" if user.is_active else "停用",
        ),
        Column("last_login", "最近登录", show=cn_datetime, order=("last_login",)),
    )

    def get_base_queryset(self) -> QuerySet[User]:
        """Kept accounts with the roles they hold today."""
        held = Membership.objects.in_force().select_related("unit")
        return User.objects.kept_by(self.request.user).prefetch_related(Prefetch("memberships", held, to_attr="held"))

    def row_url(self, row: Any) -> str:
        """The account's page."""
        return reverse("account-detail", args=[row.pk])

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        return super().get_empty() if self.chips else Empty("还没有账号", "为本单位人员开通账号。", "新建账号", "new/")


def _find(request: HttpRequest, pk: int) -> User:
    require(request.user, *_KEEPERS)
    return get_object_or_404(User.objects.kept_by(request.user), pk=pk)


@never_cache
@require_http_methods(["GET", "POST"])
def account_create(request: HttpRequest) -> HttpResponse:
    """Open an account; its one-time password is shown once, on the answer to this very request."""
    require(request.user, *_KEEPERS)
    everywhere = holds(request.user, Right.MANAGE_ACCOUNTS)
    form: Any = NewAccountForm(request.POST or None)
    if not everywhere:
        form = NewStaffForm(request.POST or None, unit=request.user.hat.unit)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        unit = data["unit"] if everywhere else request.user.hat.unit
        try:
            user, given = verbs.create_account(request.user, form.account_values(), unit, data["role"], data["title"])
            return render(request, "units/one_time_password.html", {"person": user, "given": given})
        except RuleError as refusal:
            form.refuse(refusal)
    return render(
        request, "units/form_page.html", {"form": form, "heading": "新建账号", "back": reverse("account-list")}
    )


@require_http_methods(["GET", "POST"])
def account_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An account with its roles; name and contact are edited in place."""
    person = _find(request, pk)
    form = AccountForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        verbs.change_account(person, request.user, form.cleaned_data)
        messages.success(request, "账号信息已保存。")
        return redirect("account-detail", pk=pk)
    context = {
        "person": person,
        "form": form,
        "memberships": person.memberships.select_related("unit").order_by("-starts_on"),
        "may_grant": holds(request.user, Right.MANAGE_ACCOUNTS),
        "grant_form": MembershipForm(),
        "reason_form": ReasonForm(),
    }
    return render(request, "units/account_detail.html", context)


@never_cache
@require_POST
def account_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """A new one-time password, shown once."""
    person = _find(request, pk)
    given = reset_password(person, request.user)
    return render(request, "units/one_time_password.html", {"person": person, "given": given})


@require_POST
def account_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close or open an account; needs a reason."""
    person = _find(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        verbs.set_account_active(person, request.user, request.POST.get("active") == "1", form.cleaned_data["reason"])
        messages.success(request, "账号状态已更新。")
    else:
        messages.error(request, "请填写理由。")
    return redirect("account-detail", pk=pk)


@require_http_methods(["GET", "POST"])
def membership_grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a person a further role."""
    require(request.user, Right.MANAGE_ACCOUNTS)
    person = _find(request, pk)
    form = MembershipForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.grant_membership(person, request.user, **form.cleaned_data)
            messages.success(request, "任职已授予。")
            return redirect("account-detail", pk=pk)
        except RuleError as refusal:
            form.refuse(refusal)
    context = {"form": form, "heading": f"为{person}增加任职", "back": reverse("account-detail", args=[pk])}
    return render(request, "units/form_page.html", context)


@require_POST
def membership_end(request: HttpRequest, pk: int, membership: int) -> HttpResponse:
    """End one of a person's roles; needs a reason."""
    person = _find(request, pk)
    held = get_object_or_404(person.memberships.in_force(), pk=membership)
    form = ReasonForm(request.POST)
    if form.is_valid():
        verbs.end_membership(held, request.user, form.cleaned_data["reason"])
        messages.success(request, "任职已终止。")
    else:
        messages.error(request, "请填写终止任职的理由。")
    return redirect("account-detail", pk=pk)
