"""What waits for the office: provisional units, proposed changes of units."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.columns import Column, Empty, badge_column
from common.errors import RuleError
from common.filters import LedgerFilterSet
from common.ledgers import LedgerView
from common.wording import cn_datetime
from units.access import RightRequiredMixin, holds, require
from units.forms.units import EnterpriseForm, OpinionForm
from units.models import ProposalState, Unit, UnitProposal
from units.roles import Right
from units.transitions.proposals import decide_change
from units.views.lists import UnitList


class ProvisionalList(UnitList):
    """Units named by imports and reports that the office has not confirmed yet."""

    rights = (Right.EDIT_UNIT,)
    title = "待确认单位"
    default_order = ("created_at",)
    template_name = "layouts/ledger.html"
    columns = (
        Column("name", "名称", link=True, order=("name",)),
        Column("area", "区域", "area.name"),
        Column("address", "地址"),
        Column("uscc", "统一社会信用代码", "enterprise.uscc"),
        Column("created_at", "首次出现", show=cn_datetime, order=("created_at",)),
        Column("remark", "来源说明", "remark"),
    )

    def get_base_queryset(self) -> QuerySet[Unit]:
        """Those the office may decide on."""
        mine = Unit.objects.for_user(self.request.user, Right.EDIT_UNIT)
        return mine.provisional().select_related("area", "enterprise")

    def get_empty(self) -> Empty:
        """Nothing to do is good news."""
        return (
            LedgerView.get_empty(self)
            if self.chips
            else Empty("没有待确认的单位", "导入台账时遇到未建档的单位，会出现在这里。")
        )


class ProposalFilter(LedgerFilterSet):
    """By state."""

    state = filters.ChoiceFilter(label="状态", choices=ProposalState.choices)

    class Meta:
        model = UnitProposal
        fields: tuple[str, ...] = ()


class UnitProposalList(RightRequiredMixin, LedgerView):
    """Proposed changes: the office's queue, a department's or village's own."""

    rights = (Right.EDIT_UNIT, Right.PROPOSE_UNIT)
    model = UnitProposal
    title = "单位信息修改建议"
    filterset_class = ProposalFilter
    default_order = ("-proposed_at",)
    template_name = "layouts/ledger.html"
    columns = (
        Column("unit", "单位", "unit.name", link=True),
        Column("reason", "理由"),
        Column("proposed_by", "提出人", "proposed_by.name"),
        Column("proposed_at", "提出时间", show=cn_datetime, order=("proposed_at",)),
        badge_column("state", "状态", "proposal_state"),
        Column("opinion", "审核意见", default=False),
    )

    def get_base_queryset(self) -> QuerySet[UnitProposal]:
        """In scope, with what the columns read."""
        return UnitProposal.objects.for_user(self.request.user).select_related("unit", "proposed_by")

    def row_url(self, row: Any) -> str:
        """The proposal beside the present record."""
        return reverse("unit-proposal", args=[row.pk])


@require_http_methods(["GET", "POST"])
def unit_proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: present and proposed values side by side; the office accepts or returns it."""
    require(request.user, Right.EDIT_UNIT, Right.PROPOSE_UNIT)
    found = UnitProposal.objects.for_user(request.user).select_related("unit__area", "proposed_by", "decided_by")
    proposal = get_object_or_404(found, pk=pk)
    form = OpinionForm(request.POST or None)
    if request.method == "POST":
        require(request.user, Right.EDIT_UNIT)
    if request.method == "POST" and form.is_valid():
        try:
            accept = request.POST.get("accept") == "1"
            decide_change(proposal, request.user, accept, form.cleaned_data["reason"])
            messages.success(request, "已采纳并更新档案。" if accept else "已退回。")
            return redirect("unit-proposal-list")
        except RuleError as refusal:
            if refusal.status != 422:
                raise
            form.refuse(refusal)
    may_decide = holds(request.user, Right.EDIT_UNIT) and proposal.is_pending and proposal.proposed_by != request.user
    context = {"proposal": proposal, "rows": compared(request, proposal), "form": form, "may_decide": may_decide}
    return render(request, "units/unit_proposal.html", context)


def compared(request: HttpRequest, proposal: UnitProposal) -> list[dict[str, Any]]:
    """(label, present, proposed) of every proposed field, in words."""
    form = EnterpriseForm(user=request.user, unit=proposal.unit)
    return [
        {
            "label": form.fields[name].label,
            "before": _shown(form, name, form[name].value()),
            "after": _shown(form, name, value),
        }
        for name, value in proposal.changes.items()
        if name in form.fields
    ]


def _shown(form: EnterpriseForm, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    choices = getattr(form.fields[name], "queryset", None)
    if choices is not None and value:
        return str(choices.model._default_manager.filter(pk=value).first() or "")
    labels = {str(key): str(label) for key, label in getattr(form.fields[name], "choices", ())}
    return labels.get(str(value), "" if value is None else str(value))
