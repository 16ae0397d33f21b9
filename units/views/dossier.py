"""一企一档, the pages of other units, and everything that changes them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from common.errors import RuleError
from common.forms import ReasonForm
from units import dossier
from units.access import holds, require
from units.filters import FLAGS
from units.forms.units import EnterpriseForm, MergeForm, OwnProfileForm, ProposeEnterpriseForm, UnitForm
from units.models import Membership, Unit, UnitProposal
from units.roles import Right
from units.transitions import proposals
from units.transitions import units as verbs


def find_unit(request: HttpRequest, pk: int, *kinds: str) -> Unit:
    """The unit in the reader's scope, else 404."""
    found = Unit.objects.for_user(request.user).select_related("area", "parent", "merged_into")
    return get_object_or_404(found.filter(kind__in=kinds) if kinds else found, pk=pk)


def actions_for(request: HttpRequest, unit: Unit) -> dict[str, bool]:
    """What the hat may do with this very unit."""
    user = request.user
    edits = (
        Unit.objects.for_user(user, Right.EDIT_UNIT).filter(pk=unit.pk).exists()
        if holds(user, Right.EDIT_UNIT)
        else False
    )
    is_open = unit.standing != Unit.Standing.MERGED
    return {
        "edit": edits and is_open,
        "confirm": edits and unit.standing == Unit.Standing.PROVISIONAL,
        "own": holds(user, Right.EDIT_OWN_PROFILE) and user.hat.unit_id == unit.pk,
        "propose": holds(user, Right.PROPOSE_UNIT)
        and unit.kind == Unit.Kind.ENTERPRISE
        and Unit.objects.for_user(user, Right.PROPOSE_UNIT).filter(pk=unit.pk).exists(),
    }


@require_safe
def enterprise_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """一企一档: profile, people, and the sections of upper apps."""
    require(request.user, Right.READ_UNIT)
    unit = find_unit(request, pk, Unit.Kind.ENTERPRISE)
    profile = getattr(unit, "enterprise", None)
    return render(request, "units/enterprise_detail.html", {**_page(request, unit), "profile": profile})


@require_safe
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit of any kind but enterprises, which have their own page."""
    require(request.user, Right.READ_UNIT)
    unit = find_unit(request, pk)
    if unit.kind == Unit.Kind.ENTERPRISE:
        return redirect("enterprise-detail", pk=unit.pk)
    return render(request, "units/unit_detail.html", {**_page(request, unit), "sectors": unit.sectors.all()})


def _page(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    may = actions_for(request, unit)
    people = Membership.objects.of_unit(unit.pk).select_related("user") if may["edit"] or may["own"] else ()
    profile = getattr(unit, "enterprise", None)
    return {
        "unit": unit,
        "may": may,
        "people": people,
        "flags": [label for name, label in FLAGS if profile and getattr(profile, name)],
        "sections": dossier.sections(unit, request.user),
        "proposals": UnitProposal.objects.for_user(request.user)
        .pending()
        .filter(unit=unit)
        .select_related("proposed_by"),
        "active_form": ReasonForm(),
    }


@require_http_methods(["GET", "POST"])
def enterprise_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Create or change an enterprise by office rights."""
    require(request.user, Right.EDIT_UNIT)
    unit = find_unit(request, pk, Unit.Kind.ENTERPRISE) if pk else None
    form = EnterpriseForm(request.POST or None, user=request.user, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            if unit is None:
                values = {"kind": Unit.Kind.ENTERPRISE, **form.unit_values()}
                unit = verbs.create_unit(request.user, values, form.profile_values())
            else:
                verbs.change_unit(unit, request.user, form.unit_values(), form.profile_values())
            messages.success(request, f"已保存“{form.cleaned_data['name']}”。")
            return redirect("enterprise-detail", pk=unit.pk)
        except RuleError as refusal:
            _show(form, refusal)
    return render(
        request, "units/unit_form.html", {"form": form, "unit": unit, "heading": "编辑企业" if unit else "新建企业"}
    )


@require_http_methods(["GET", "POST"])
def unit_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Create or change an office, department, village or expert body by office rights."""
    require(request.user, Right.EDIT_UNIT)
    unit = find_unit(request, pk) if pk else None
    if unit and unit.kind == Unit.Kind.ENTERPRISE:
        return redirect("enterprise-edit", pk=unit.pk)
    form = UnitForm(request.POST or None, user=request.user, instance=unit)
    if request.method == "POST" and form.is_valid():
        try:
            stored = (
                verbs.change_unit(unit, request.user, form.values())
                if unit
                else verbs.create_unit(request.user, form.values())
            )
            messages.success(request, f"已保存“{stored.name}”。")
            return redirect("unit-detail", pk=stored.pk)
        except RuleError as refusal:
            _show(form, refusal)
    return render(
        request, "units/unit_form.html", {"form": form, "unit": unit, "heading": "编辑单位" if unit else "新建单位"}
    )


@require_http_methods(["GET", "POST"])
def own_profile(request: HttpRequest, pk: int) -> HttpResponse:
    """An enterprise keeps its contacts and staff figures up to date itself."""
    require(request.user, Right.EDIT_OWN_PROFILE)
    unit = get_object_or_404(Unit.objects.for_user(request.user, Right.EDIT_OWN_PROFILE).select_related("area"), pk=pk)
    form = OwnProfileForm(request.POST or None, unit=unit)
    if request.method == "POST" and form.is_valid():
        right = Right.EDIT_OWN_PROFILE
        verbs.change_unit(unit, request.user, form.unit_values(), form.profile_values(), right)
        messages.success(request, "本企业信息已更新。")
        return redirect("enterprise-detail", pk=unit.pk)
    return render(request, "units/unit_form.html", {"form": form, "unit": unit, "heading": "更新本企业信息"})


@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A department or village proposes a change; the office decides."""
    require(request.user, Right.PROPOSE_UNIT)
    unit = find_unit(request, pk, Unit.Kind.ENTERPRISE)
    form = ProposeEnterpriseForm(request.POST or None, user=request.user, unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            proposals.propose_change(unit, request.user, form.changes(), form.cleaned_data["reason"])
            messages.success(request, "修改建议已提交安委办审核。")
            return redirect("enterprise-detail", pk=unit.pk)
        except RuleError as refusal:
            _show(form, refusal)
    return render(request, "units/unit_form.html", {"form": form, "unit": unit, "heading": "提出修改建议"})


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a provisional unit."""
    require(request.user, Right.EDIT_UNIT)
    unit = verbs.confirm_unit(find_unit(request, pk), request.user)
    messages.success(request, f"已确认“{unit.name}”建档。")
    return redirect(unit)


@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Merge a unit into another."""
    require(request.user, Right.EDIT_UNIT)
    unit = find_unit(request, pk)
    form = MergeForm(request.POST or None, unit=unit, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            target = verbs.merge_units(unit, data["target"], request.user, data["reason"])
            messages.success(request, f"“{unit.name}”已合并到“{target.name}”，相关记录已一并转移。")
            return redirect(target)
        except RuleError as refusal:
            _show(form, refusal)
    return render(request, "units/merge.html", {"form": form, "unit": unit})


@require_POST
def set_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a unit out of use or back; `active` is 1 or 0, a reason is needed."""
    require(request.user, Right.EDIT_UNIT)
    unit = find_unit(request, pk)
    form = ReasonForm(request.POST)
    if form.is_valid():
        verbs.set_active(unit, request.user, request.POST.get("active") == "1", form.cleaned_data["reason"])
        messages.success(request, "已更新启用状态。")
    else:
        messages.error(request, "请填写理由。")
    return redirect(unit)


def _show(form: Any, refusal: RuleError) -> None:
    """A refusal of the input is shown in the form; one of right, scope or state is a page of its own."""
    if refusal.status != 422:
        raise refusal
    form.refuse(refusal)
