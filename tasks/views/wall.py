"""挂图作战: the wall chart of a plan as a page, on the wall screen, and on A3 or A0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.typed import id_of
from tasks import queries, wall
from tasks.models import Assignment, Plan, Task
from units.access import require
from units.models import Unit
from units.roles import Right, Scope, scope_of

PAPERS = ("a3", "a0")
SCREEN_ROWS = 26  # lines of a screen: tasks and the actions above them
SCREEN_SECONDS = 30
MOST_PLANS = 50


@dataclass(frozen=True)
class Asked:
    """What the address asks for."""

    plan: Plan | None
    kind: str
    timeline: bool
    paper: str


def _asked(request: HttpRequest) -> Asked:
    visible = Plan.objects.for_user(request.user).defer("text")
    wanted = id_of(request.GET.get("plan"))
    plan = visible.filter(pk=wanted).first() if wanted else None
    if plan is None:
        given = Assignment.objects.for_user(request.user).order_by("-opened_at").values_list("plan_id", flat=True)[:1]
        plan = visible.filter(pk__in=list(given)).first() or visible.order_by("-created_at", "-pk").first()
    kind = request.GET.get("kind", "")
    paper = request.GET.get("paper", "")
    return Asked(
        plan,
        kind if kind in Unit.Kind.values else "",
        request.GET.get("view") == "timeline",
        paper if paper in PAPERS else "",
    )


def _chart(request: HttpRequest, asked: Asked, tasks: Sequence[Task], start: int | None = None) -> wall.Chart:
    rows = Assignment.objects.for_user(request.user).filter(plan=asked.plan, task__in=[task.pk for task in tasks])
    if asked.plan is not None and asked.timeline:
        chart = wall.timeline_chart(asked.plan, tasks, rows)
        return chart if start is None else chart.cut(start)
    hat = request.user.hat
    scope = scope_of(hat.role, Right.READ_TASK)
    sees_all = scope == Scope.STREET or (asked.plan is not None and asked.plan.owner_id == hat.unit_id)
    return wall.units_chart(tasks, rows, asked.kind, sees_all=sees_all, own=hat.unit_id, start=start)


def _tasks(request: HttpRequest, asked: Asked) -> list[Task]:
    if asked.plan is None:
        return []
    found = Task.objects.for_user(request.user).filter(plan=asked.plan).select_related("action")
    return list(found.only("no", "title", "order", "action__name").order_by("order"))


def _context(request: HttpRequest, asked: Asked, tasks: Sequence[Task], start: int | None = None) -> dict[str, Any]:
    mine = Assignment.objects.for_user(request.user).filter(plan=asked.plan)
    return {
        "plan": asked.plan,
        "chart": _chart(request, asked, tasks, start),
        "counts": queries.counts(mine),
        "legend": wall.legend(),
        "timeline": asked.timeline,
        "kind": asked.kind,
        "paper": asked.paper,
    }


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The chart; ?view=timeline by stage, ?kind= one kind of unit, ?paper=a3|a0 for printing.

    A long one opens with its first rows; ?from= gives the next ones as a piece of the page, ?rows=all everything at once.
    """
    require(request.user, Right.READ_TASK)
    asked = _asked(request)
    start = id_of(request.GET.get("from")) or 0
    if start and asked.plan:
        chart = _chart(request, asked, _tasks(request, asked), start)
        return render(request, "tasks/parts/wall_sheets.html", {"chart": chart, "timeline": asked.timeline})
    plans = Plan.objects.for_user(request.user).only("pk", "title").order_by("-created_at", "-pk")[:MOST_PLANS]
    tasks = _tasks(request, asked)
    whole = bool(asked.paper) or request.GET.get("rows") == "all" or len(tasks) <= wall.OPENING * 2
    context = _context(request, asked, tasks, None if whole else 0)
    kinds = [pair for pair in Unit.Kind.choices if pair[0] != Unit.Kind.EXPERT]
    return render(request, "tasks/wall.html", {**context, "plans": plans, "kinds": kinds})


def _screenfuls(tasks: list[Task]) -> list[list[Task]]:
    """As many tasks as fit a screen of 1080 lines, with the lines that name their actions."""
    sheets: list[list[Task]] = [[]]
    left = SCREEN_ROWS
    for task in tasks:
        sheet = sheets[-1]
        named = bool(sheet) and sheet[-1].action_id == task.action_id
        need = 1 if named or task.action_id is None else 2
        if sheet and need > left:
            sheets.append([])
            left, need = SCREEN_ROWS, 1 if task.action_id is None else 2
        sheets[-1].append(task)
        left -= need
    return sheets


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """The chart on the wall screen, a page of tasks at a time, turning by itself."""
    require(request.user, Right.READ_TASK)
    asked = _asked(request)
    sheets = _screenfuls(_tasks(request, asked))
    pages = len(sheets)
    number = min(max(id_of(request.GET.get("page")) or 1, 1), pages)
    context = _context(request, asked, sheets[number - 1])
    following = request.GET.copy()
    following["page"] = str(number % pages + 1)
    turn = {"page": number, "pages": pages, "next": following.urlencode(), "seconds": SCREEN_SECONDS}
    return render(request, "tasks/wall_screen.html", {**context, **turn})
