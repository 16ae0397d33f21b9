"""方案: the list, a plan with its tasks, making one by hand, giving tasks to their units."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.columns import Empty
from common.errors import Forbidden, RuleError
from common.ledgers import LedgerView
from common.record_pages import one
from common.typed import id_of
from tasks import columns, queries
from tasks.filters import PlanFilter
from tasks.forms import stages
from tasks.forms.plans import AssignForm, PlanForm
from tasks.models import Plan
from tasks.transitions.access import may_plan
from tasks.transitions.assigning import Assigned, assign
from tasks.transitions.editing import due_by_stage, edit_plan
from tasks.transitions.plans import create_plan
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class PlanLedger(RightRequiredMixin, LedgerView):
    """方案."""

    rights = (Right.READ_TASK,)
    model = Plan
    title = "方案"
    filterset_class = PlanFilter
    default_order = ("-created_at", "-pk")
    columns = columns.PLANS
    template_name = "tasks/plan_list.html"

    def get_base_queryset(self) -> QuerySet[Plan]:
        """The plans in scope with their counts."""
        return queries.plans(self.request.user)

    def get_empty(self) -> Empty:
        """Where plans come from."""
        if self.chips or not holds(self.request.user, Right.MANAGE_TASK):
            return super().get_empty()
        return Empty("还没有方案", "可以登记方案后逐项录入任务，也可以导入任务台账。", "登记方案", "new/")

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Whether the person makes plans."""
        return {**super().get_context_data(**kwargs), "may_manage": holds(self.request.user, Right.MANAGE_TASK)}


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan: its head, its stages with what is due in them, its tasks with their units and state."""
    require(request.user, Right.READ_TASK)
    plan = one(Plan, request.user, pk)
    return render(request, "tasks/plan_detail.html", _context(request, plan))


def _context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    return {
        "plan": plan,
        "stages": queries.stages(request.user, plan),
        "tasks": queries.tasks_of(request.user, plan),
        "counts": queries.counts(queries.assignments(request.user).filter(plan=plan)),
        "may_manage": may_plan(request.user, Right.MANAGE_TASK, plan),
        "may_assign": holds(request.user, Right.MANAGE_TASK),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A plan by hand; its tasks are added on its page."""
    require(request.user, Right.MANAGE_TASK)
    form = PlanForm(request.POST if request.method == "POST" else None, record=None, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            once = form.cleaned_data["once"]
            plan = create_plan(request.user, source=Plan.Source.HAND, once=once, **form.values())
        except RuleError as error:
            form.refuse(error)
        else:
            messages.success(request, "方案已登记，请逐项添加任务。")
            return redirect(plan)
    context = {"form": form, "heading": "登记方案", "back": "../", "submit": "登记"}
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)


def owned(user: Any, pk: int) -> Plan:
    """The plan, if the person manages it: `NotInScope` when they do not see it, `Forbidden` when it is another unit's."""
    plan: Plan = one(Plan, user, pk)
    if not may_plan(user, Right.MANAGE_TASK, plan):
        raise Forbidden("只能修改本单位归口的方案。")
    return plan


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of a plan corrected."""
    require(request.user, Right.MANAGE_TASK)
    plan = owned(request.user, pk)
    names = ("title", "number", "issuer", "starts_on", "ends_on")
    initial = {name: getattr(plan, name) for name in names} | {"stages": stages.write(plan.stages.all())}
    data = request.POST if request.method == "POST" else None
    form = PlanForm(data, record=plan, actor=request.user, initial=initial)
    if data is not None and form.is_valid():
        edit_plan(request.user, pk, **form.values())
        messages.success(request, "方案已修改。")
        return redirect(plan)
    context = {"form": form, "heading": "修改方案", "back": plan.get_absolute_url(), "submit": "保存"}
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)


@require_POST
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the ticked tasks to their units, or with `stage` set that stage's end as their deadline."""
    require(request.user, Right.MANAGE_TASK)
    plan = one(Plan, request.user, pk)
    form = AssignForm(request.POST, plan=plan, actor=request.user)
    if not form.is_valid():
        messages.error(request, "；".join(text for errors in form.errors.values() for text in errors))
        return redirect(plan)
    ids = [task.pk for task in form.cleaned_data["ids"]]
    if stage := id_of(request.POST.get("stage")):
        changed = due_by_stage(request.user, ids, stage)
        messages.success(request, f"已为{changed}项未设时限的任务设定阶段时限。")
        return redirect(plan)
    _say(request, assign(request.user, ids, backfill=form.cleaned_data["backfill"]), form.cleaned_data["ids"])
    return redirect(plan)


def _say(request: HttpRequest, done: Assigned, tasks: Any) -> None:
    if done.opened:
        messages.success(request, f"已下达{len(done.opened)}项任务分解，承办单位已收到消息。")
    elif not done.skipped:
        messages.info(request, "所选任务此前均已下达，没有新增。")
    if done.skipped:
        names = {task.pk: str(task) for task in tasks}
        rows = [f"{names[pk]}：{why}" for pk, why in list(done.skipped.items())[:10]]
        messages.warning(request, f"{len(done.skipped)}项未下达——" + "；".join(rows))
