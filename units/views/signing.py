"""Signing in and out, the lock-out page, the own password."""

from __future__ import annotations

import math
from typing import Any

from axes.helpers import get_cool_off
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from units import passwords
from units.forms.signing import ChangePasswordForm, SignInForm
from units.roles import Role
from units.sessions import note_sign_in
from units.transitions.passwords import change_password as store_password

LOCKED = "连续多次输入错误，账号已临时锁定，请{minutes}分钟后再试，或联系安全管理员解锁。"
_FIRST_PAGES = {Role.SYSADMIN: "account-list", Role.SECADMIN: "lock-out-list", Role.AUDITOR: "audit-list"}


@method_decorator(login_not_required, name="dispatch")
class SignInView(LoginView):
    """User name and password; failures are counted by axes and recorded by audit."""

    template_name = "units/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in and note from where."""
        login(self.request, form.get_user())
        note_sign_in(self.request)
        return HttpResponseRedirect(self.get_success_url())


@method_decorator(login_not_required, name="dispatch")
class SignOutView(LogoutView):
    """Sign out; the browser forgets what it kept of this account (offline visits, drafts, the app's shell)."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask the browser to empty its storage."""
        response = super().post(request, *args, **kwargs)
        response["Clear-Site-Data"] = '"storage"'
        return response


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: dict[str, Any]) -> HttpResponse:
    """What axes answers for a locked account: 429 as a page, or as JSON for the API."""
    cool_off = get_cool_off(request)
    minutes = math.ceil(cool_off.total_seconds() / 60) if cool_off else 0
    message = LOCKED.format(minutes=minutes)
    if request.path.startswith("/api/"):
        return JsonResponse({"code": "locked_out", "message": message}, status=429)
    return render(request, "units/locked_out.html", {"message": message}, status=429)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """The person's own new password; also where everybody is held whose password is due."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        store_password(request.user, form.cleaned_data["new"])
        request.user.refresh_from_db()
        update_session_auth_hash(request, request.user)
        messages.success(request, "密码已修改。")
        return redirect("home")
    return render(request, "units/change_password.html", {"form": form, "is_due": passwords.is_due(request.user)})


def home(request: HttpRequest) -> HttpResponse:
    """The first page of the hat: the workbench, or the list an administrator keeps."""
    if not request.user.hat:
        return redirect("account")
    return redirect(_FIRST_PAGES.get(request.user.role, "workbench"))
