"""回避申报: the list, declaring, withdrawing."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.columns import Column, Empty, date_column
from common.errors import Refused
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import one
from inspections.filters_planning import ConflictFilter
from inspections.forms.draws import ConflictForm
from inspections.models.draws import ConflictDeclaration
from inspections.transitions import conflicts
from units.access import RightRequiredMixin, require
from units.roles import Right


def _from_whom(row: ConflictDeclaration) -> str:
    return row.unit.name if row.unit else f"{row.village}所有企业"


class ConflictLedger(RightRequiredMixin, LedgerView):
    """回避申报: those one plans for, and one's own."""

    rights = (Right.PLAN_INSPECTION,)
    model = ConflictDeclaration
    title = "回避申报"
    template_name = "inspections/conflicts.html"
    filterset_class = ConflictFilter
    default_order = ("-declared_at", "-pk")
    columns = (
        Column("user", "检查人员", "user.name", link=True, order=("user__name",)),
        Column("owner", "所在单位", "owner.name", width=24),
        Column("whom", "回避对象", _from_whom, width=30),
        Column("ground", "事由", lambda row: row.get_ground_display()),
        Column("note", "说明", css="cell-words"),
        date_column("declared_at", "申报日期", order=("declared_at",)),
        Column("state", "状态", lambda row: "已撤销" if row.ended_at else "有效"),
    )

    def get_base_queryset(self) -> QuerySet[ConflictDeclaration]:
        """With the people and places the rows name."""
        return super().get_base_queryset().select_related("user", "owner", "unit", "village")

    def row_url(self, row: ConflictDeclaration) -> str:
        """Where it is withdrawn."""
        return reverse("conflict-end", args=[row.pk])

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips:
            return super().get_empty()
        return Empty(
            "还没有回避申报", "与企业有亲属、任职等关系的检查人员应申报回避。", "申报回避", reverse("conflict-new")
        )


@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest) -> HttpResponse:
    """Declare a conflict of oneself or of somebody one plans for."""
    require(request.user, Right.PLAN_INSPECTION)
    form = ConflictForm(*posted(request), actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            conflicts.declare(request.user, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, "已登记回避申报，今后的抽取自动回避。")
            return redirect("conflict-list")
    context = {"form": form, "title": "申报回避", "back": reverse("conflict-list"), "submit": "申报"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a declaration whose ground is gone."""
    require(request.user, Right.PLAN_INSPECTION)
    found = one(ConflictDeclaration, request.user, pk)
    if request.method == "POST":
        conflicts.withdraw(request.user, pk)
        messages.success(request, "已撤销回避申报。")
        return redirect("conflict-list")
    return render(request, "inspections/conflict.html", {"row": found, "whom": _from_whom(found)})
