"""The one search over everything: hazards by number and words, units by name, pinyin initials and credit code."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common.typed import text_of
from hazards.models import Hazard
from units.models import Unit

SHOWN = 10  # per group; the group's ledger shows the rest


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Results in the reader's scope, grouped; the exact number of a hazard opens it."""
    text = text_of(request.GET, "q", 60)
    if not text:
        return render(request, "config/search.html", {"search_query": "", "groups": []})
    hazards = Hazard.objects.for_user(request.user)
    exact = hazards.filter(number__in={text, text.upper()}).values_list("pk", flat=True).first()
    if exact:
        return redirect("hazard-detail", pk=exact)
    groups = [_hazards(hazards, text), _units(request, text)]
    context = {"search_query": text, "groups": [group for group in groups if group["rows"]]}
    return render(request, "config/search.html", context)


def _hazards(visible: Any, text: str) -> dict[str, Any]:
    found = list(visible.matching(text).select_related("unit").order_by("-pk")[: SHOWN + 1])
    rows = [
        {
            "url": reverse("hazard-detail", args=[hazard.pk]),
            "title": hazard.number or "（草稿）",
            "kind": "hazard_state",
            "state": hazard.state,
            "text": f"{hazard.unit.name}：{hazard.description[:60]}",
        }
        for hazard in found[:SHOWN]
    ]
    return {"title": "隐患", "rows": rows, "more": reverse("hazard-list") if len(found) > SHOWN else ""}


def _units(request: HttpRequest, text: str) -> dict[str, Any]:
    visible = Unit.objects.for_user(request.user).exclude(standing=Unit.Standing.MERGED)
    found = list(visible.matching(text).select_related("area", "enterprise").order_by("name")[: SHOWN + 1])
    rows = [
        {
            "url": unit.get_absolute_url(),
            "title": unit.name,
            "kind": "unit_standing",
            "state": unit.standing,
            "text": "，".join(filter(None, [unit.get_kind_display(), unit.area.name, _code(unit)])),
        }
        for unit in found[:SHOWN]
    ]
    return {"title": "企业和单位", "rows": rows, "more": reverse("unit-list") if len(found) > SHOWN else ""}


def _code(unit: Unit) -> str:
    profile = getattr(unit, "enterprise", None)
    return profile.uscc or "" if profile else ""
