"""指标: all of them with where they stand, one with its history and who is missing, entering a value."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from common import clock
from common.charts import Chart, Series
from common.errors import Forbidden, NotInScope, Refused, RuleError
from common.record_pages import one
from tasks.forms.indicators import LeadForm, ValueForm
from tasks.indicators.words import shown, target_of
from tasks.measuring import find, within
from tasks.models import Indicator, IndicatorValue
from tasks.transitions import indicators
from units.access import require
from units.models import Unit
from units.roles import OFFICE, Right

MONTHS_SHOWN = 36


def standing_of(indicator: Indicator, value: IndicatorValue | None) -> str:
    """met, late, open or none: a code of the badge `indicator_state`."""
    met = indicator.is_met_by(value.ratio if value else None)
    if met is None:
        return "none"
    if met:
        return "met"
    return "late" if indicator.due_on and indicator.due_on < clock.today() else "open"


def latest(user: Any, rows: Iterable[Indicator]) -> dict[int, IndicatorValue]:
    """The newest value of each indicator in the person's street, in one query."""
    values = IndicatorValue.objects.for_user(user).filter(indicator__in=[row.pk for row in rows])
    newest = values.order_by("indicator_id", "-month", "pk").distinct("indicator_id")
    return {value.indicator_id: value for value in newest}


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Every indicator: definition, target, value, how it stands."""
    require(request.user, Right.READ_INDICATOR)
    rows = list(Indicator.objects.for_user(request.user))
    values = latest(request.user, rows)
    made = [_row(row, values.get(row.pk)) for row in rows]
    groups = [(name, list(each)) for name, each in groupby(made, key=lambda row: row["indicator"].group)]
    return render(request, "tasks/indicators/list.html", {"groups": groups})


def _row(indicator: Indicator, value: IndicatorValue | None) -> dict[str, Any]:
    return {
        "indicator": indicator,
        "value": value,
        "shown": shown(indicator, value.ratio if value else None),
        "target": target_of(indicator),
        "state": standing_of(indicator, value),
    }


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator: definition, months against the target, who is missing from the numerator now."""
    require(request.user, Right.READ_INDICATOR)
    indicator = one(Indicator, request.user, pk)
    found = IndicatorValue.objects.for_user(request.user).filter(indicator=indicator)
    values = list(found.select_related("entered_by").prefetch_related("attachments__blob")[:MONTHS_SHOWN])
    measure = find(indicator.measure)
    office = Unit.objects.office_of(request.user.area_path)  # type: ignore[union-attr]
    now = within(office.area_path, clock.today())
    context = {
        "row": _row(indicator, values[0] if values else None),
        "indicator": indicator,
        "values": [(value, shown(indicator, value.ratio)) for value in values],
        "chart": _chart(indicator, values[::-1]) if values else None,
        "measure": measure,
        "missing": list(measure.missing(now)) if measure else [],
        "outside": list(measure.outside(now)) if measure and measure.outside else [],
        "leads": [lead.unit for lead in indicator.leads.select_related("unit") if _here(lead.unit, office)],
        "may_enter": measure is None and indicators.may_enter(request.user, indicator),
        "may_name": request.user.role in OFFICE,  # type: ignore[union-attr]
    }
    return render(request, "tasks/indicators/detail.html", context)


def _here(unit: Unit, office: Unit) -> bool:
    return unit.area_path.startswith(office.area_path)


def _chart(indicator: Indicator, values: list[IndicatorValue]) -> Chart:
    """The months in percent, with the target as a second line."""
    labels = [f"{value.month:%Y-%m}" for value in values]
    line = [None if value.ratio is None else round(float(value.ratio) * 100, 1) for value in values]
    target = [round(float(indicator.target) * 100, 1)] * len(values)
    series = (Series(indicator.name, line), Series("目标", target))
    return Chart("trend", "逐月", "line", labels, series, axis="月份", unit="%")


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """填报."""
    require(request.user, Right.KEEP_INDICATOR)
    indicator = one(Indicator, request.user, pk)
    if not indicators.may_enter(request.user, indicator):
        raise Forbidden
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ValueForm(*posted, record=indicator, actor=request.user)
    if request.method == "POST":
        form.take_in()
        if form.is_valid():
            try:
                indicators.enter(request.user, indicator, **form.values())
                messages.success(request, "已填报。")
                return redirect(indicator)
            except (Forbidden, NotInScope):
                raise
            except RuleError as error:
                form.refuse(error)
    return _form(request, form, indicator, "填报")


@require_http_methods(["GET", "HEAD", "POST"])
def leads(request: HttpRequest, pk: int) -> HttpResponse:
    """Which units answer for it."""
    require(request.user, Right.KEEP_INDICATOR)
    indicator = one(Indicator, request.user, pk)
    if request.user.role not in OFFICE:  # type: ignore[union-attr]
        raise Forbidden
    posted = (request.POST,) if request.method == "POST" else ()
    form = LeadForm(*posted, record=indicator, actor=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            indicators.name_lead(request.user, indicator, **form.values())
            messages.success(request, "责任单位已设定。")
            return redirect(indicator)
        except Refused as error:
            form.refuse(error)
    return _form(request, form, indicator, "设定责任单位")


def _form(request: HttpRequest, form: Any, indicator: Indicator, what: str) -> HttpResponse:
    context = {
        "form": form,
        "heading": f"{what}：{indicator.name}",
        "submit": what,
        "back": indicator.get_absolute_url(),
    }
    return render(request, "tasks/form_page.html", context, status=422 if form.errors else 200)
