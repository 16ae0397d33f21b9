"""安全风险空间分布图: colours, areas and open hazards on a plain ground, and the same in words for who sees no map."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common.columns import Empty
from common.forms import KitForm
from inspections.models.risks import DESCENDING
from inspections.queries import risk_map
from inspections.views.levels import visible_enterprises
from units.access import require
from units.roles import Right

LISTED = 50  # enterprises named below the map


class MapForm(KitForm):
    """Which enterprises are drawn; nothing chosen means all."""

    risk = forms.MultipleChoiceField(
        label="风险等级",
        choices=[(colour.value, colour.label) for colour in DESCENDING],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    open = forms.BooleanField(label="只看有未销号隐患的", required=False)


@require_safe
def on_map(request: HttpRequest) -> HttpResponse:
    """The map; ?risk=red&open=on narrow it. A colour that does not exist is refused above the map, which shows all then."""
    require(request.user, Right.READ_RECORD)
    form = MapForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {"risk": [], "open": False}
    units = visible_enterprises(request.user)
    found = risk_map.placed(units, request.user, asked["risk"], with_open=asked["open"])
    total, rows = found.count(), list(found[: risk_map.MOST])
    context = {
        "form": form,
        "marks": [*risk_map.areas(units), *risk_map.marks(rows)],
        "rows": rows[:LISTED],
        "total": total,
        "shown": len(rows),
        "unplaced": units.filter(enterprise__latitude__isnull=True).count(),
        "empty": Empty("没有可显示的企业", "企业档案中登记经纬度后出现在图上。"),
    }
    return render(request, "inspections/risk_map.html", context)
