"""检查质效: what every inspecting unit found and ordered, with what its figures ask; each number opens its visits."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from common import clock
from common.columns import Column, badge_column, date_column
from common.errors import NotInScope
from common.forms import KitForm
from common.ledgers import LedgerView
from common.typed import id_of
from common.wording import cn_date
from inspections.models import Inspection
from inspections.queries import leniency as reads
from units.access import RightRequiredMixin, require
from units.roles import Right

SPAN = 90  # natural days shown where nothing is asked for


class SpanForm(KitForm):
    """From when until when."""

    first = forms.DateField(label="起", widget=forms.DateInput())
    last = forms.DateField(label="止", widget=forms.DateInput())

    def clean(self) -> dict[str, Any]:
        """In order."""
        cleaned = super().clean() or {}
        if cleaned.get("first") and cleaned.get("last") and cleaned["last"] < cleaned["first"]:
            self.add_error("last", "止不能早于起。")
        return cleaned

    def span(self) -> tuple[date, date]:
        """The span asked for, else the last three months."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["first"], self.cleaned_data["last"]
        today = clock.today()
        return today - timedelta(days=SPAN - 1), today


def _form(request: HttpRequest) -> SpanForm:
    asked = "first" in request.GET or "last" in request.GET
    form = SpanForm(request.GET if asked else None)
    if not asked:
        first, last = form.span()
        form.initial = {"first": first, "last": last}
    return form


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Units × figures."""
    require(request.user, Right.READ_PLAN)
    form = _form(request)
    first, last = form.span()
    found = [] if form.errors else reads.rows(request.user, first, last)
    span = {"first": first.isoformat(), "last": last.isoformat()}
    rows = [
        {
            "row": row,
            "cells": [
                (reads.FIGURES[key][0], number, f"{_address(row.unit_id, key)}?{urlencode(span)}")
                for key, number in row.cells
            ],
        }
        for row in found
    ]
    context = {
        "form": form,
        "rows": rows,
        "heads": [label for label, _ in reads.FIGURES.values()],
        "after": reads.AFTER,
    }
    return render(request, "inspections/leniency.html", context, status=422 if form.errors else 200)


def _address(unit_id: int, key: str) -> str:
    return reverse("leniency-visits", args=[unit_id, key])


class LeniencyVisits(RightRequiredMixin, LedgerView):
    """The visits behind one number."""

    rights = (Right.READ_PLAN,)
    model = Inspection
    default_order = ("-finished_at", "-pk")
    columns = (
        Column("unit", "被检查单位", "unit.name", link=True, order=("unit__name",), width=30),
        Column("kind", "性质", lambda row: row.get_kind_display()),
        Column("mode", "方式", lambda row: row.get_mode_display()),
        badge_column("state", "状态", "visit_state"),
        date_column("finished", "完成日期", "finished_at", order=("finished_at",)),
        Column("bad", "不合格", "bad_count", numeric=True, kind="number", order=("bad_count",)),
        Column("ordered", "下达文书", lambda row: "是" if row.was_ordered else "否"),
    )

    def get_base_queryset(self) -> QuerySet[Inspection]:
        """Those of the unit that the figure counts, over the span of the address."""
        key, unit = self.kwargs["key"], id_of(str(self.kwargs["unit"]))
        form = _form(self.request)
        if key not in reads.FIGURES or form.errors:
            raise NotInScope
        first, last = form.span()
        label, where = reads.FIGURES[key]
        found = reads.visits(self.request.user, first, last).filter(by_unit=unit).filter(where)
        named = found.values_list("by_unit__name", flat=True).first()
        self.title = "：".join(filter(None, (named, f"{label}（{cn_date(first)}至{cn_date(last)}）")))
        return found.select_related("unit")
