"""A task: its page, and the form that adds or changes one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common.errors import Forbidden, NotInScope, RuleError
from tasks import queries
from tasks.forms.plans import TaskForm
from tasks.models import Task
from tasks.transitions.access import may_task
from tasks.transitions.editing import add_task, edit_task
from tasks.transitions.plans import TaskData
from tasks.views.plans import owned
from units.access import require
from units.roles import Right


def _task(user: Any, pk: int) -> Task:
    found = Task.objects.for_user(user).select_related("plan__owner", "action").filter(pk=pk).first()
    if found is None:
        raise NotInScope
    return found


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The task with its text, units, terms and what every unit in the reader's scope has done."""
    require(request.user, Right.READ_TASK)
    task = _task(request.user, pk)
    context = {
        "task": task,
        "named": queries.named_of([pk]).get(pk, {}),
        "terms": task.terms.all(),
        "source": queries.passage(task),
        "assignments": queries.assignments(request.user).filter(task=pk).order_by("due_at", "unit__name")[:500],
        "may_manage": may_task(request.user, Right.MANAGE_TASK, task),
    }
    return render(request, "tasks/task_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """A task added to the plan."""
    require(request.user, Right.MANAGE_TASK)
    plan = owned(request.user, pk)
    data = request.POST if request.method == "POST" else None
    form = TaskForm(data, plan=plan, record=None, actor=request.user)
    if data is not None and form.is_valid():
        try:
            task = add_task(request.user, pk, TaskData(**_words(form), units=form.units(), terms=form.terms()))
        except RuleError as error:
            form.refuse(error)
        else:
            messages.success(request, f"已添加任务“{task}”，下达后各单位才会收到。")
            return redirect(plan)
    return _page(request, form, "添加任务", plan.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What a task says, names and is due by."""
    require(request.user, Right.MANAGE_TASK)
    task = _task(request.user, pk)
    if not may_task(request.user, Right.MANAGE_TASK, task):
        raise Forbidden("只能修改本单位归口或牵头的任务。")
    data = request.POST if request.method == "POST" else None
    form = TaskForm(data, plan=task.plan, record=task, actor=request.user)
    if data is not None and form.is_valid():
        try:
            version = form.cleaned_data["version"]
            edit_task(request.user, pk, version, **_words(form), units=form.units(), terms=form.terms())
        except RuleError as error:
            form.refuse(error)
        else:
            messages.success(request, "任务已修改。")
            return redirect(task)
    return _page(request, form, "修改任务", task.get_absolute_url())


def _words(form: TaskForm) -> dict[str, Any]:
    names = ("no", "action", "title", "text", "measures", "leader", "quantities")
    return {name: form.cleaned_data[name] for name in names}


def _page(request: HttpRequest, form: TaskForm, heading: str, back: str) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back, "submit": "保存"}
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)
