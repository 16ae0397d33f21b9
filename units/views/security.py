"""Pages of 安全管理员 and of the three separated duties: lock-outs, sessions, the permission matrix, the system index."""

from __future__ import annotations

from datetime import timedelta

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from common import clock
from common.errors import Forbidden
from common.typed import text_of
from units.access import require
from units.models import User, UserSession
from units.navigation import system_entries
from units.roles import GRANTS, Right, Role, Scope
from units.transitions import security as verbs

SESSIONS_SHOWN = 200


@require_safe
def system(request: HttpRequest) -> HttpResponse:
    """系统: what this hat may look after, by group."""
    groups = system_entries(request.user)
    if not groups:
        raise Forbidden
    return render(request, "units/system.html", {"groups": groups})


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """The permission matrix, from the very table that decides."""
    require(request.user, Right.READ_MATRIX)
    rows = [
        {"right": right, "cells": [Scope(grants[role]) if role in grants else None for role in Role]}
        for right, grants in GRANTS.items()
    ]
    return render(request, "units/matrix.html", {"roles": Role, "rows": rows, "scopes": Scope})


@require_safe
def lock_outs(request: HttpRequest) -> HttpResponse:
    """User names with failed sign-ins inside the lock-out time; the locked ones first."""
    require(request.user, Right.SECURITY_SETTINGS)
    since = clock.now() - (get_cool_off(request) or timedelta(0))
    recent = AccessAttempt.objects.filter(attempt_time__gte=since)
    attempts = recent.order_by("-failures_since_start", "-attempt_time")[:SESSIONS_SHOWN]
    context = {"attempts": attempts, "limit": settings.AXES_FAILURE_LIMIT}
    return render(request, "units/lock_outs.html", context)


@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Forget the failures of a user name."""
    require(request.user, Right.SECURITY_SETTINGS)
    username = text_of(request.POST, "username", 150)
    count = verbs.unlock(username, request.user)
    if count:
        messages.success(request, f"已解除“{username}”的锁定。")
    else:
        messages.info(request, f"“{username}”没有失败记录。")
    return redirect("lock-out-list")


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Who is signed in now, from where, since when."""
    require(request.user, Right.SECURITY_SETTINGS)
    live = UserSession.objects.live().select_related("user")[:SESSIONS_SHOWN]
    return render(request, "units/sessions.html", {"sessions": live, "own": request.session.session_key})


@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a person out everywhere."""
    require(request.user, Right.SECURITY_SETTINGS)
    person = get_object_or_404(User, pk=pk)
    count = verbs.end_sessions(person, request.user)
    messages.success(request, f"已强制退出{person}的{count}个会话。")
    return redirect("session-list")
