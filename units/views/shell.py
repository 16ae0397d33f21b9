"""What the frame around every page offers: hat, type size, own settings, saved views."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

import audit
from common import clock
from common.typed import id_of, path_of
from units.context import LARGE_TYPE
from units.forms.shell import SavedViewForm
from units.forms.signing import ContactForm
from units.middleware import SESSION_KEY
from units.models import SavedView

_YEAR = 365 * 24 * 3600


@require_POST
def switch_hat(request: HttpRequest) -> HttpResponse:
    """Act under another of one's own memberships from now on; anything else is 404."""
    held = request.user.memberships.in_force().select_related("unit__area")
    hat = get_object_or_404(held, pk=id_of(request.POST.get("hat")))
    request.session[SESSION_KEY] = hat.pk
    request.user.wear(hat)
    audit.record("units.hat_switched", hat)
    messages.success(request, f"已切换为：{hat}")
    return redirect("home")


@require_POST
@login_not_required
def large_type(request: HttpRequest) -> HttpResponse:
    """Turn 大字版 on or off: for the person when signed in, for this browser before."""
    response = redirect(path_of(request.POST.get("next")) or "home")
    if request.user.is_authenticated:
        user = request.user
        user.large_type = not user.large_type
        user.save(update_fields=["large_type"])
        return response
    wanted = request.COOKIES.get(LARGE_TYPE) != "1"
    response.set_cookie(LARGE_TYPE, "1" if wanted else "0", max_age=_YEAR, samesite="Lax", httponly=True)
    return response


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The person's own settings: contact, roles held, sessions."""
    form = ContactForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "已保存。")
        return redirect("account")
    request.user.memberships_on(clock.today())
    context = {"form": form, "memberships": request.user.memberships_on(clock.today())}
    return render(request, "units/account.html", {**context, "sessions": request.user.sessions.live()})


@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep a ledger's filter under a name; the same name replaces the former filter."""
    form = SavedViewForm(request.POST)
    page = path_of(request.POST.get("page")) or "/"
    if form.is_valid():
        kept = form.cleaned_data
        SavedView.objects.update_or_create(
            user=request.user, ledger=kept["page"], name=kept["name"], defaults={"query": kept["query"]}
        )
        messages.success(request, f"已保存视图“{kept['name']}”。")
        return redirect(f"{kept['page']}?{kept['query']}")
    messages.error(request, "；".join(text for errors in form.errors.values() for text in errors))
    return redirect(page)


@require_POST
def delete_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one of one's own saved views."""
    view = get_object_or_404(request.user.saved_views, pk=pk)
    view.delete()
    messages.success(request, f"已删除视图“{view.name}”。")
    return redirect(view.ledger)
