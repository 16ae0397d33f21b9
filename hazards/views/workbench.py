"""工作台."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common import workbench
from common.columns import Figure
from common.paging import BoundedCount
from hazards import queries
from hazards.models import Hazard
from hazards.models.hazard import State
from units.access import holds, require
from units.roles import Right


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Counted groups of what is to be done, and the figures of the person's scope."""
    require(request.user, Right.READ_HAZARD)
    context = {
        "groups": workbench.groups(request.user),
        "figures": figures(request.user),
        "may_report": holds(request.user, Right.REPORT_HAZARD),
    }
    return render(request, "hazards/workbench.html", context)


def figures(user: Any) -> list[Figure]:
    """未销号, 逾期, 三日内到期, 重大 in the person's scope, in one query; each opens its list."""
    opened = Hazard.objects.for_user(user).open().exclude(state=State.DRAFT)
    counted = queries.figures(opened)
    base = reverse("hazard-list")

    def figure(label: str, count: BoundedCount, query: str, tone: str, icon: str) -> Figure:
        return Figure(label, str(count), f"{base}?{query}", "条", tone if count.value else "plain", icon)

    return [
        figure("未销号", counted.open, "opened=true", "blue", "hourglass"),
        figure("已逾期", counted.overdue, "overdue=yes", "red", "alert"),
        figure("三日内到期", counted.soon, "overdue=soon", "orange", "clock"),
        figure("未销号重大", counted.major, "level=major&opened=true", "red", "flag"),
    ]
