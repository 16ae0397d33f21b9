"""Filter bars of the hazard ledger and the criteria library; pages, exports and API share them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from common import clock
from common.badges import choices_of
from common.filters import LedgerFilterSet
from common.wording import SOON_DAYS
from hazards.discretion import step_field
from hazards.models import CampaignMark, CriterionItem, CriterionStandard, Hazard
from hazards.models.hazard import OPEN, TIMED, Category, Channel, Level, State
from units.filters import AreaFilter
from units.forms.units import areas_of
from units.models import Area, Sector, Unit

OVERDUE = (("yes", "已逾期"), ("soon", "三日内到期"), ("no", "未逾期"))
LISTED = (("yes", "已列入"), ("key", "挂账督办"), ("major", "挂牌督办"), ("fire", "挂牌督办（消防）"), ("no", "未列入"))
STATES = [*((state.value, state.label) for state in State if state != State.DRAFT)]


def _areas(request: Any) -> QuerySet[Area]:
    return areas_of(request.user) if request is not None else Area.objects.none()


def _units(request: Any) -> QuerySet[Unit]:
    return Unit.objects.for_user(request.user) if request is not None else Unit.objects.none()


def _departments(request: Any) -> QuerySet[Unit]:
    return _units(request).filter(kind=Unit.Kind.DEPARTMENT).only("name")


def _campaigns(request: Any) -> QuerySet[CampaignMark]:
    return CampaignMark.objects.for_user(request.user) if request is not None else CampaignMark.objects.none()


class HazardFilter(LedgerFilterSet):
    """隐患台账. `opened` keeps what is still open; the dates are days in Asia/Shanghai, both ends included."""

    more = (
        "opened",
        "channel",
        "category",
        "sector",
        "department",
        "area",
        "ladder",
        "listed",
        "campaign",
        "person",
        "found",
        "reported",
        "confirmed",
        "due",
        "closed",
    )

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    state = filters.MultipleChoiceFilter(label="状态", choices=STATES, widget=forms.SelectMultiple(attrs={"size": 1}))
    level = filters.ChoiceFilter(label="等级", choices=Level.choices)
    overdue = filters.ChoiceFilter(label="期限", choices=OVERDUE, method="by_deadline")
    unit_name = filters.CharFilter(label="责任单位", method="of_unit_named", max_length=60)
    opened = filters.BooleanFilter(label="未销号", method="still_open")
    channel = filters.ChoiceFilter(label="来源", choices=Channel.choices)
    category = filters.ChoiceFilter(label="类别", choices=Category.choices)
    sector = filters.ModelChoiceFilter(label="行业领域", queryset=Sector.objects.all(), method="of_sector")
    department = filters.ModelChoiceFilter(label="监管部门", queryset=_departments)
    area = AreaFilter(label="区域", field_name="area_path", queryset=_areas)
    unit = filters.ModelChoiceFilter(label="单位", queryset=_units, widget=forms.HiddenInput)
    ladder = filters.MultipleChoiceFilter(
        label="督办阶梯",
        method="on_step",
        choices=lambda: choices_of("ladder_step"),
        widget=forms.SelectMultiple(attrs={"size": 1}),
    )
    listed = filters.ChoiceFilter(label="督办", choices=LISTED, method="listed_as")
    campaign = filters.ModelChoiceFilter(label="专项整治", queryset=_campaigns)
    person = filters.CharFilter(
        label="整改责任人", field_name="responsible_person", lookup_expr="contains", max_length=30
    )
    found = filters.DateFromToRangeFilter(label="发现日期", field_name="found_on")
    reported = filters.DateFromToRangeFilter(label="上报日期", field_name="reported_at")
    confirmed = filters.DateFromToRangeFilter(label="核实日期", field_name="confirmed_at")
    due = filters.DateFromToRangeFilter(label="整改期限", field_name="due_at")
    closed = filters.DateFromToRangeFilter(label="销号日期", field_name="closed_at")

    class Meta:
        model = Hazard
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Hazard], name: str, value: str) -> QuerySet[Hazard]:
        """Number, description, place, unit name or its pinyin initials."""
        return queryset.matching(value)  # type: ignore[attr-defined]

    def by_deadline(self, queryset: QuerySet[Hazard], name: str, value: str) -> QuerySet[Hazard]:
        """Overdue, due within three natural days, or open and neither."""
        now = clock.now()
        if value == "yes":
            return queryset.filter(TIMED, due_at__lt=now)
        if value == "soon":
            return queryset.filter(TIMED, due_at__gte=now, due_at__lt=now + timedelta(days=SOON_DAYS))
        return queryset.filter(OPEN).exclude(TIMED & Q(due_at__lt=now))

    def still_open(self, queryset: QuerySet[Hazard], name: str, value: bool) -> QuerySet[Hazard]:
        """Reported and not finished, or the rest."""
        return queryset.filter(OPEN) if value else queryset.exclude(OPEN)

    def of_unit_named(self, queryset: QuerySet[Hazard], name: str, value: str) -> QuerySet[Hazard]:
        """Units whose name, short name, code or initials contain the text."""
        return queryset.filter(unit__in=_units(self.request).matching(value).values("pk"))  # type: ignore[attr-defined]

    def on_step(self, queryset: QuerySet[Hazard], name: str, value: list[str]) -> QuerySet[Hazard]:
        """Any of the steps, as far as the reader may know of them."""
        return queryset.filter(**{f"{step_field(self.request.user)}__in": value}) if value else queryset

    def of_sector(self, queryset: QuerySet[Hazard], name: str, value: Sector) -> QuerySet[Hazard]:
        """The sector and those below it."""
        return queryset.filter(Q(sector=value) | Q(sector__parent=value))

    def listed_as(self, queryset: QuerySet[Hazard], name: str, value: str) -> QuerySet[Hazard]:
        """Listed at all, as one kind, or not."""
        if value in ("yes", "no"):
            return queryset.exclude(listed_as="") if value == "yes" else queryset.filter(listed_as="")
        return queryset.filter(listed_as=value)


def _sectors() -> list[tuple[str, str]]:
    names = CriterionStandard.objects.order_by("sector").values_list("sector", flat=True).distinct()
    return [(name, name) for name in names]


class CriterionFilter(LedgerFilterSet):
    """判定标准库."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    sector = filters.ChoiceFilter(label="行业领域", choices=_sectors)
    standard = filters.ModelChoiceFilter(label="标准", queryset=CriterionStandard.objects.all())
    status = filters.ChoiceFilter(
        label="效力", field_name="standard__status", choices=[(s, s) for s in ("现行", "被替代", "已废止")]
    )

    class Meta:
        model = CriterionItem
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[CriterionItem], name: str, value: str) -> QuerySet[CriterionItem]:
        """Every word, separated by spaces, in title, description, keywords or clause."""
        for word in value.split():
            queryset = queryset.matching(word)  # type: ignore[attr-defined]
        return queryset
