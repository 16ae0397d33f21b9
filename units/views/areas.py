"""Areas: added below, corrected."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from common.errors import RuleError
from units.access import require
from units.forms.people import AreaForm
from units.forms.units import areas_of
from units.roles import Right
from units.transitions import areas as verbs


@require_http_methods(["GET", "POST"])
def area_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new area below `pk`."""
    require(request.user, Right.EDIT_UNIT)
    parent = get_object_or_404(areas_of(request.user), pk=pk)
    form = AreaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            area = verbs.create_area(request.user, parent, form.cleaned_data)
            messages.success(request, f"已新建“{area.name}”。")
            return redirect("area-tree")
        except RuleError as refusal:
            form.refuse(refusal)
    context = {"form": form, "heading": f"在“{parent.name}”下新建区域", "back": reverse("area-tree")}
    return render(request, "units/form_page.html", context)


@require_http_methods(["GET", "POST"])
def area_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the name or code of an area."""
    require(request.user, Right.EDIT_UNIT)
    area = get_object_or_404(areas_of(request.user), pk=pk)
    form = AreaForm(request.POST or None, instance=area)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.change_area(area, request.user, form.cleaned_data)
            messages.success(request, "区域信息已保存。")
            return redirect("area-tree")
        except RuleError as refusal:
            form.refuse(refusal)
    return render(request, "units/form_page.html", {"form": form, "heading": "修改区域", "back": reverse("area-tree")})
