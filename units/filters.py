"""Filter bars of the unit and enterprise lists; pages, exports and API share them."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from common.filters import LedgerFilterSet
from units.forms.units import AreaChoiceField, areas_of
from units.models import Area, Enterprise, Sector, Unit

FLAGS = (
    ("is_high_risk", "高危行业"),
    ("has_dust", "粉尘涉爆"),
    ("has_confined_space", "有限空间"),
    ("has_ammonia", "涉氨制冷"),
    ("has_chemicals", "危险化学品"),
    ("has_special_equipment", "特种设备"),
    ("is_above_scale", "规模以上"),
)


class AreaFilter(filters.ModelChoiceFilter):
    """Everything in the chosen area and below it."""

    field_class = AreaChoiceField

    def filter(self, qs: QuerySet[Any], value: Area | None) -> QuerySet[Any]:
        """One indexed comparison on the copied path."""
        return qs.filter(**{f"{self.field_name}__startswith": value.path}) if value else qs


def own_areas(request: Any) -> QuerySet[Area]:
    return areas_of(request.user) if request is not None else Area.objects.none()


def _departments(request: Any) -> QuerySet[Unit]:
    if request is None:
        return Unit.objects.none()
    return Unit.objects.for_user(request.user).filter(kind=Unit.Kind.DEPARTMENT).only("name")


class UnitFilter(LedgerFilterSet):
    """The list of units of all kinds."""

    q = filters.CharFilter(label="名称、拼音首字母、信用代码", method="search")
    kind = filters.ChoiceFilter(label="类型", choices=Unit.Kind.choices)
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)
    standing = filters.ChoiceFilter(label="建档状态", choices=Unit.Standing.choices[:2])
    is_active = filters.BooleanFilter(label="启用")

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Unit], name: str, value: str) -> QuerySet[Unit]:
        """Substring search with the gram index."""
        return queryset.matching(value)


class EnterpriseFilter(UnitFilter):
    """The list of enterprises."""

    kind = None
    sector = filters.ModelChoiceFilter(label="行业领域", queryset=Sector.objects.all(), method="of_sector")
    department = filters.ModelChoiceFilter(label="主管部门", field_name="enterprise__department", queryset=_departments)
    risk = filters.MultipleChoiceFilter(
        label="风险等级", field_name="enterprise__risk", choices=Enterprise.Risk.choices
    )
    state = filters.ChoiceFilter(label="经营状态", field_name="enterprise__state", choices=Enterprise.State.choices)
    flag = filters.MultipleChoiceFilter(label="风险特征", choices=FLAGS, method="with_flags")

    def of_sector(self, queryset: QuerySet[Unit], name: str, value: Sector) -> QuerySet[Unit]:
        """The sector and the sectors below it."""
        return queryset.filter(Q(enterprise__sector=value) | Q(enterprise__sector__parent=value))

    def with_flags(self, queryset: QuerySet[Unit], name: str, value: list[str]) -> QuerySet[Unit]:
        """Enterprises that have all the chosen marks."""
        return queryset.filter(**{f"enterprise__{flag}": True for flag in value})


class UnitApiFilter(EnterpriseFilter):
    """Every filter of both lists, for the API."""

    kind = filters.ChoiceFilter(label="类型", choices=Unit.Kind.choices)
