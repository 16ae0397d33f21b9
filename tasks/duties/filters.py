"""Filters of standings and of records entered by hand."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from common import clock
from common.filters import LedgerFilterSet
from tasks.models import Duty, DutyRecord, DutyStanding, StandingState
from units.models import Unit

WHEN = (("now", "当前周期"), ("past", "已满周期"), ("all", "全部周期"))
WHO = (("people", "领导"), *Unit.Kind.choices[:4])


class StandingFilter(LedgerFilterSet):
    """Which duty, whose, how it stands, which period; without a period the running ones."""

    code = filters.ChoiceFilter(label="履职事项", empty_label="全部")
    state = filters.ChoiceFilter(label="状态", choices=StandingState.choices, method="in_state", empty_label="全部")
    who = filters.ChoiceFilter(label="对象", choices=WHO, method="of_kind", empty_label="全部")
    name = filters.CharFilter(label="姓名或单位", method="named")
    period = filters.ChoiceFilter(label="周期", choices=WHEN, method="within", empty_label=None, initial="now")

    class Meta:
        model = DutyStanding
        fields = ()

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = data.copy() if data is not None else data
        if data is not None and not data.get("period"):
            data["period"] = "now"
        super().__init__(data, *args, **kwargs)
        named = dict(Duty.objects.for_user(self.request.user).order_by("effective_from").values_list("code", "name"))
        self.filters["code"].extra["choices"] = sorted(named.items(), key=lambda pair: pair[1])

    def in_state(self, rows: QuerySet[Any], name: str, value: str) -> Any:
        """How they stand today."""
        return rows.in_state(value)

    def of_kind(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Leaders, or units of one kind."""
        return rows.filter(person__isnull=False) if value == "people" else rows.filter(person=None, unit__kind=value)

    def named(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The person's or the unit's name contains it."""
        return rows.filter(Q(person__name__icontains=value) | Q(person=None, unit__name__icontains=value))

    def within(self, rows: QuerySet[Any], name: str, value: str) -> Any:
        """Running, ended, or both."""
        if value == "past":
            return rows.filter(last_on__lt=clock.today())
        return rows.current() if value == "now" else rows


class RecordFilter(LedgerFilterSet):
    """What was entered, for whom, when."""

    kind = filters.MultipleChoiceFilter(label="类别", choices=DutyRecord.Kind.choices)
    title = filters.CharFilter(label="事项", lookup_expr="icontains")
    on = filters.DateFromToRangeFilter(label="日期")
    person = filters.NumberFilter(label="领导编号", field_name="people")
    is_void = filters.BooleanFilter(label="作废", field_name="void", lookup_expr="isnull", exclude=True)
    more = ("person", "is_void")

    class Meta:
        model = DutyRecord
        fields = ()
