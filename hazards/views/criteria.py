"""判定标准库: the library to read, and suggestions while typing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

import audit
from common.columns import Column, badge_column
from common.ledgers import LedgerView
from common.typed import id_of
from hazards import criteria
from hazards.filters import CriterionFilter
from hazards.forms.base import sees_confidence
from hazards.forms.fields import offered
from hazards.models import CriterionItem
from units.access import RightRequiredMixin, holds, require
from units.models import Sector
from units.roles import Right


class CriteriaLibrary(RightRequiredMixin, LedgerView):
    """Every clause of every edition; the office also sees how sure we are of each wording."""

    rights = (Right.READ_HAZARD,)
    model = CriterionItem
    title = "重大事故隐患判定标准库"
    filterset_class = CriterionFilter
    default_order = ("standard__sector", "standard__code", "pk")
    template_name = "hazards/criteria.html"
    _columns = (
        Column("title", "情形", link=True),
        Column("standard", "标准", "standard.title"),
        Column("clause", "条款"),
        Column("sector", "行业领域", order=("sector",)),
        Column("sub_sector", "细分领域"),
        Column("description", "说明", default=False),
        badge_column("status", "效力", "criterion_status", "standard.status"),
    )

    @property
    def columns(self) -> tuple[Column, ...]:  # type: ignore[override]
        """With the confidence for the office."""
        sure = badge_column("confidence", "核对可信度", "criterion_confidence")
        checked = Column("checked_by", "核对人")
        return (*self._columns, sure, checked) if sees_confidence(self.request.user) else self._columns

    def get_base_queryset(self) -> QuerySet[CriterionItem]:
        """The library is the same for everybody."""
        return CriterionItem.objects.select_related("standard")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what is only partly covered."""
        return super().get_context_data(note=criteria.PARTLY_COVERED_NOTE, **kwargs)


@require_safe
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """One clause with its standard."""
    require(request.user, Right.READ_HAZARD)
    found = get_object_or_404(CriterionItem.objects.select_related("standard"), pk=pk)
    context = {
        "item": found,
        "shows_confidence": sees_confidence(request.user),
        "may_check": holds(request.user, Right.SIGN_OFF) and not found.checked_by,
    }
    return render(request, "hazards/criterion.html", context)


@require_POST
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of the office vouches that the wording agrees with the official text."""
    require(request.user, Right.SIGN_OFF)
    found = get_object_or_404(CriterionItem, pk=pk)
    if not found.checked_by:
        before = audit.snapshot(found, ["confidence", "checked_by"])
        found.checked_by, found.confidence = request.user.name, "high"
        found.save(update_fields=["checked_by", "confidence"])
        after = audit.snapshot(found, ["confidence", "checked_by"])
        audit.record("hazards.criterion_checked", found, before=before, after=after)
        messages.success(request, "已记录核对结果。")
    return redirect(found)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The radio buttons of a criterion picker for the words typed so far; `field` names the input they belong to.

    The picker sends its own words as `<field>_q` and, in the report form, the `description` being typed.
    """
    require(request.user, Right.READ_HAZARD)
    field = request.GET.get("field", "criterion")
    field = field if field.replace("-", "_").isidentifier() else "criterion"  # forms of many rows prefix it
    words = request.GET.get(f"{field}_q") or request.GET.get("description", "")
    chosen = request.GET.get(field, "")
    sector = Sector.objects.filter(pk=id_of(request.GET.get("sector"))).first()
    context = {
        "name": field,
        "items": offered(words[:1000], chosen, sector),
        "chosen": chosen,
        "shows_confidence": sees_confidence(request.user),
    }
    return render(request, "hazards/parts/criterion_items.html", context)
