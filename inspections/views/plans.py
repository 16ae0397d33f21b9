"""检查计划: the ledger, drafting, one plan with workload and coverage, its rows, its export in the published layout."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, badge_column, date_column
from common.errors import NotInScope, Refused
from common.exports import export_response
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import RecordActionPage, buttons, one, timeline
from inspections import frequency
from inspections.filters_planning import PlanFilter
from inspections.forms.plans import PLAN_FORMS, MatterForm, PlanForm
from inspections.models.plans import InspectionPlan
from inspections.models.visits import Inspection
from inspections.queries import plans as reads
from inspections.transitions import plans
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class PlanLedger(RightRequiredMixin, LedgerView):
    """检查计划."""

    rights = (Right.READ_PLAN,)
    model = InspectionPlan
    title = "检查计划"
    template_name = "inspections/plans.html"
    filterset_class = PlanFilter
    default_order = ("-year", "-month", "-pk")
    columns = (
        Column("title", "名称", link=True, order=("title",), width=44),
        Column("owner", "编制单位", "owner.name", width=24),
        Column("kind", "性质", lambda plan: plan.get_kind_display()),
        Column("year", "年度", order=("year",), numeric=True, kind="number"),
        Column("month", "月份", lambda plan: plan.get_month_display() if plan.month else "全年"),
        badge_column("state", "状态", "plan_state", order=("state",)),
        date_column("approved_at", "批准日期", order=("approved_at",)),
    )

    def get_base_queryset(self) -> QuerySet[InspectionPlan]:
        """With the unit whose plan it is."""
        return super().get_base_queryset().select_related("owner")

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.PLAN_INSPECTION):
            return super().get_empty()
        return Empty("还没有检查计划", "先编制年度计划，再按月细化。", "编制计划", reverse("plan-new"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the person plans."""
        return super().get_context_data(may_plan=holds(self.request.user, Right.PLAN_INSPECTION), **kwargs)


class PlanAction(RecordActionPage):
    """One action on a plan."""

    model, lifecycle, forms = InspectionPlan, plans.LIFECYCLE, PLAN_FORMS


@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Draft a plan: period, kind, people; its matters are laid out from the enterprises there are."""
    require(request.user, Right.PLAN_INSPECTION)
    form = PlanForm(*posted(request), actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            plan = plans.begin(request.user, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, "已按行业领域列出检查事项，调整后生成检查安排。")
            return redirect(plan)
    context = {"form": form, "title": "编制检查计划", "back": reverse("plan-list"), "submit": "编制"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Matters with their coverage, workload by month, and what happened to the plan."""
    require(request.user, Right.READ_PLAN)
    plan = one(InspectionPlan, request.user, pk)
    months = [plan.month] if plan.month else list(range(1, 13))
    may_edit = plan.state == InspectionPlan.State.DRAFT and plans.may(request.user, Right.PLAN_INSPECTION, plan)
    context = {
        "plan": plan,
        "coverage": reads.coverage(plan),
        "workload": reads.workload(plan),
        "months": months,
        "visits_url": f"{reverse('planned-visit-list')}?plan={plan.pk}",
        "may_edit": may_edit,
        "buttons": buttons(plans.LIFECYCLE, plan, request.user, "plan-action"),
        "events": timeline(plans.LIFECYCLE, plan.events.all(), {}),
    }
    return render(request, "inspections/plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def matter(request: HttpRequest, pk: int, row: int | None = None) -> HttpResponse:
    """Add a row to a drafted plan, or change one; `remove` takes it out."""
    require(request.user, Right.PLAN_INSPECTION)
    plan = one(InspectionPlan, request.user, pk)
    found = plan.matters.filter(pk=row).first() if row else None
    if row and found is None:
        raise NotInScope
    if row and request.method == "POST" and "remove" in request.POST:
        plans.remove_matter(request.user, pk, row)
        messages.success(request, "已删除该检查事项及其检查安排。")
        return redirect(plan)
    form = MatterForm(*posted(request), plan=plan, instance=found)
    if request.method == "POST" and form.is_valid():
        plans.save_matter(request.user, pk, row, **form.cleaned_data)
        messages.success(request, "已保存。重新生成检查安排后按新内容计算。")
        return redirect(plan)
    context = {"form": form, "plan": plan, "matter": found, "title": "检查事项"}
    return render(request, "inspections/matter.html", context, status=422 if form.errors else 200)


LAYOUT = (
    ("序号", "position"), ("检查事项", "matter"), ("实施依据", "basis"),
    ("具体检查对象（含数量）或“双随机”抽查对象（含总数及比例）", "objects"), ("检查内容（项目）", "content"), ("检查方式", "mode"),
    ("检查频次和上限", "frequency"), ("检查时间安排", "schedule"), ("承办机构", "body"), ("是否属跨部门联合检查", "joint"),
    ("备注", "remark"),
)  # fmt: skip


def published_rows(plan: InspectionPlan) -> list[dict[str, Any]]:
    """The plan in the columns offices publish (龙岩 2025)."""
    rows = []
    for covered in reads.coverage(plan):
        matter = covered.matter
        drawn = matter.mode == Inspection.Mode.RANDOM or matter.target < 100
        objects = (
            f"总数{covered.total}家，抽查比例{matter.target}%（{covered.wanted}家）" if drawn else f"{covered.total}家"
        )
        rows.append(
            {
                "position": matter.position, "matter": matter.matter, "basis": matter.basis, "objects": objects,
                "content": matter.content, "mode": matter.get_mode_display(), "frequency": _frequency(plan, matter.pk),
                "schedule": matter.schedule, "body": matter.body.name, "joint": "是" if matter.is_joint else "否",
                "remark": matter.remark,
            }
        )  # fmt: skip
    return rows


def _frequency(plan: InspectionPlan, matter_id: int) -> str:
    times: dict[int, int] = {}
    for unit_id in plan.visits.filter(matter_id=matter_id).values_list("unit_id", flat=True):
        times[unit_id] = times.get(unit_id, 0) + 1
    span = "未安排"
    if times:
        least, most = min(times.values()), max(times.values())
        span = f"{least}次" if least == most else f"{least}至{most}次"
    capped = plan.kind == Inspection.Kind.ADMINISTRATIVE
    return f"{span}，每家每年上限{frequency.cap(plan.area_path)}次" if capped else span


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The published layout as a workbook or text."""
    require(request.user, Right.READ_PLAN)
    plan = one(InspectionPlan, request.user, pk)
    if kind not in ("xlsx", "csv"):
        raise NotInScope
    columns = [Column(key, label, width=10 if key == "position" else 24) for label, key in LAYOUT]
    return export_response(kind, plan.title, columns, published_rows(plan))
