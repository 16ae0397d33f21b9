"""单位月度情况: how every unit did, month by month, and what the rules made of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from common import clock
from common.columns import Column, Empty, badge_column
from common.filters import LedgerFilterSet
from common.ledgers import LedgerView
from common.months import first_of_month
from common.record_pages import one
from common.wording import percent
from supervision import unit_months, unit_rules
from supervision.models import UnitMonth, UnitRule
from units.access import RightRequiredMixin, require
from units.roles import Right

YEARS = 24  # months to choose from


def month_name(month: Any) -> str:
    """2026年9月."""
    return f"{month.year}年{month.month}月"


def _months() -> list[tuple[str, str]]:
    past = (first_of_month(clock.today(), -back) for back in range(1, YEARS + 1))
    return [(month.isoformat(), month_name(month)) for month in past]


class MonthFilter(LedgerFilterSet):
    """Month, unit, group, rule."""

    month = filters.ChoiceFilter(label="月份", choices=_months)
    unit = filters.CharFilter(label="单位", field_name="unit__name", lookup_expr="contains", max_length=60)
    group = filters.ChoiceFilter(label="比较范围", choices=UnitMonth.Group.choices)
    rule = filters.MultipleChoiceFilter(label="触发规则", field_name="ladder_step", choices=UnitRule.Code.choices)

    class Meta:
        model = UnitMonth
        fields: tuple[str, ...] = ()


def _counted(name: str, label: str, key: str, *, before: bool = False, **more: Any) -> Column:
    """A column of counts, each opening the hazards it counts."""

    def shown(row: UnitMonth) -> Any:
        count, url = getattr(row, name), unit_months.records_url(row, key, before=before)
        return format_html('<a href="{}">{}</a>', url, count)

    return Column(
        name, label, lambda row: row, show=shown, export=lambda row: getattr(row, name), order=(name,), numeric=True,
        kind="number", **more,
    )  # fmt: skip


def _rate(late: str = "") -> Callable[[UnitMonth], str]:
    def read(row: UnitMonth) -> str:
        return percent(unit_rules.rate(getattr(row, f"on_time{late}"), getattr(row, f"fell_due{late}")))

    return read


def _paper(row: Any) -> Any:
    if row.letter_pk:
        return format_html('<a href="{}">{}</a>', reverse("letter-detail", args=[row.letter_pk]), row.letter_number)
    if row.measure_pk:
        return format_html('<a href="{}">通报、约谈建议</a>', reverse("measure-detail", args=[row.measure_pk]))
    return None


def _false(row: UnitMonth) -> Any:
    return format_html('<a href="{}#false">{}</a>', row.get_absolute_url(), row.false)


class MonthLedger(RightRequiredMixin, LedgerView):
    """The months of the area's units, the last one first."""

    rights = (Right.READ_LETTER,)
    model = UnitMonth
    title = "单位月度情况"
    filterset_class = MonthFilter
    default_order = ("-month", "unit__name", "pk")
    columns = (
        Column("unit", "单位", "unit.name", order=("unit__name",), link=True, width=28),
        Column("month", "月份", show=month_name, order=("month",), css="cell-date", export=lambda row: month_name(row.month)),
        Column("group", "比较范围", "get_group_display", default=False),
        _counted("fell_due", "到期隐患", "fell_due"),
        _counted("on_time", "按期整改", "on_time"),
        Column("rate", "按期整改率", _rate(), numeric=True),
        Column("rate_before", "上月按期整改率", _rate("_before"), numeric=True),
        _counted("fell_due_before", "上月到期", "fell_due", before=True, default=False),
        _counted("on_time_before", "上月按期", "on_time", before=True, default=False),
        Column(
            "false", "虚假整改", lambda row: row, show=_false, export=lambda row: row.false, order=("false",), numeric=True,
            kind="number",
        ),
        badge_column("rule", "触发规则", "unit_rule", lambda row: row.ladder_step or None),
        Column("paper", "函件、建议", lambda row: row, show=_paper, export=lambda row: row.letter_number or "", width=24),
    )  # fmt: skip

    def get_base_queryset(self) -> QuerySet[UnitMonth]:
        """With what the columns show; three statements."""
        rows = super().get_base_queryset().select_related("unit").defer("unit__search_text", "unit__search_grams")
        return unit_months.with_papers(rows)

    def get_empty(self) -> Empty:
        """When the first month is opened."""
        if self.chips:
            return super().get_empty()
        return Empty("还没有单位月度情况", "每月首个工作日起，系统按上月情况逐单位建立；由安委办和街道领导查看。")


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures as they stood, what fired with its reason and paper, and what happened to the month."""
    require(request.user, Right.READ_LETTER)
    month = one(UnitMonth, request.user, pk)
    context = {
        "month": month,
        "name": month_name(month.month),
        "figures": [
            ("到期隐患", month.fell_due, unit_months.records_url(month, "fell_due")),
            ("按期整改", month.on_time, unit_months.records_url(month, "on_time")),
            ("上月到期", month.fell_due_before, unit_months.records_url(month, "fell_due", before=True)),
            ("上月按期", month.on_time_before, unit_months.records_url(month, "on_time", before=True)),
        ],
        "rates": [("按期整改率", _rate()(month)), ("上月按期整改率", _rate("_before")(month))],
        "false": unit_months.found_false(month, request.user) if month.false else (),
        "fired": unit_months.fired(month, request.user),
        "events": [
            {"at": event.at, "title": event.label, "actor": event.actor_name, "text": event.note, "tone": "blue"}
            for event in month.events.order_by("-pk")
        ],
    }
    return render(request, "supervision/unit_month.html", context)
