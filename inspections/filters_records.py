"""Filter bars of the records of the enterprise's own duty."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet

from common.filters import LedgerFilterSet
from common.limits import limit
from inspections.models.records import ComplianceRecord
from inspections.record_kinds import GROUPS, SHAPES, Kind
from units.filters import AreaFilter, own_areas
from units.models import Unit

VALIDITY = (("valid", "有效"), ("expiring", "即将到期"), ("expired", "已过期"), ("withdrawn", "已撤销"))


class RecordFilter(LedgerFilterSet):
    """履责记录台账."""

    q = filters.CharFilter(label="企业、持证人、编号", method="search", max_length=60)
    group = filters.ChoiceFilter(label="类别", choices=[(group, group) for group in GROUPS], method="by_group")
    kind = filters.MultipleChoiceFilter(label="种类", choices=Kind.choices)
    validity = filters.ChoiceFilter(label="状态", choices=VALIDITY, method="by_validity")
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)
    until = filters.DateFromToRangeFilter(label="有效期至", field_name="valid_until")
    unit = filters.NumberFilter(field_name="unit", widget=forms.HiddenInput)
    more = ("until",)

    class Meta:
        model = ComplianceRecord
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[ComplianceRecord], name: str, value: str) -> QuerySet[ComplianceRecord]:
        """Enterprise, holder, title or number."""
        return queryset.filter(
            Q(unit__name__contains=value)
            | Q(holder__contains=value)
            | Q(title__contains=value)
            | Q(number__contains=value)
        )

    def by_group(self, queryset: QuerySet[ComplianceRecord], name: str, value: str) -> QuerySet[ComplianceRecord]:
        """All kinds of a group."""
        return queryset.filter(kind__in=[kind for kind, shape in SHAPES.items() if shape.group == value])

    def by_validity(self, queryset: QuerySet[ComplianceRecord], name: str, value: str) -> QuerySet[ComplianceRecord]:
        """As the badge says it: the reader's own area decides how many days ahead is “soon”."""
        found = queryset.filter(pk__in=self._standing(value)) if value != "withdrawn" else None
        return queryset.filter(state=ComplianceRecord.State.WITHDRAWN) if found is None else found

    def _standing(self, value: str) -> QuerySet[ComplianceRecord]:
        path = self.request.user.area_path if self.request is not None else ""
        records = ComplianceRecord.objects
        soon = limit("record.remind", path).value
        found = {"expired": records.expired, "valid": records.valid_on}
        return found[value]() if value in found else records.expiring(soon)


class LackingFilter(LedgerFilterSet):
    """The enterprises asked for one kind."""

    q = filters.CharFilter(label="企业", field_name="name", lookup_expr="contains", max_length=60)
    has_it = filters.BooleanFilter(label="已有")
    area = AreaFilter(label="区域", field_name="area_path", queryset=own_areas)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()
