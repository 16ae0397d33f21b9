"""Filter bars of letters, listings and measures; pages, exports and API share them."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from common import clock
from common.filters import LedgerFilterSet
from supervision.models import Letter, Listing, ListingBatch, ListingState, Measure
from supervision.models.letters import LetterState

LATE = (("yes", "逾期未回复"),)


class LetterFilter(LedgerFilterSet):
    """函件登记簿."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    kind = filters.ChoiceFilter(label="文种", choices=Letter.Kind.choices)
    state = filters.ChoiceFilter(label="状态", choices=LetterState.choices)
    late = filters.ChoiceFilter(label="回复", choices=LATE, method="by_answer")
    to_unit = filters.CharFilter(label="主送单位", field_name="to_unit__name", lookup_expr="contains", max_length=60)
    signed = filters.DateFromToRangeFilter(label="签发日期", field_name="signed_at")

    class Meta:
        model = Letter
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Letter], name: str, value: str) -> QuerySet[Letter]:
        """Number, title or the hazard's number."""
        return queryset.filter(Q(number__contains=value) | Q(title__contains=value) | Q(hazard__number__contains=value))

    def by_answer(self, queryset: QuerySet[Letter], name: str, value: str) -> QuerySet[Letter]:
        """An answer owed and late."""
        return queryset.owing(clock.now())  # type: ignore[attr-defined]


def _batches(request: Any) -> QuerySet[ListingBatch]:
    return ListingBatch.objects.for_user(request.user) if request else ListingBatch.objects.none()


class ListingFilter(LedgerFilterSet):
    """挂牌、挂账台账."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    kind = filters.ChoiceFilter(label="种类", choices=Listing.Kind.choices)
    tier = filters.ChoiceFilter(label="级别", choices=Listing.Tier.choices)
    state = filters.MultipleChoiceFilter(label="状态", choices=ListingState.choices)
    in_force = filters.BooleanFilter(label="督办中", method="now_in_force")
    batch = filters.ModelChoiceFilter(label="批次", queryset=_batches)
    missed = filters.BooleanFilter(label="有未按期报告", method="with_missed")

    class Meta:
        model = Listing
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Listing], name: str, value: str) -> QuerySet[Listing]:
        """Number of the notice or of the hazard, or the unit."""
        return queryset.filter(
            Q(number__contains=value) | Q(hazard__number__contains=value) | Q(hazard__unit__name__contains=value)
        )

    def now_in_force(self, queryset: QuerySet[Listing], name: str, value: bool) -> QuerySet[Listing]:
        """Approved and not yet delisted, or the rest."""
        return queryset.in_force() if value else queryset.exclude(pk__in=Listing.objects.in_force())  # type: ignore[attr-defined]

    def with_missed(self, queryset: QuerySet[Listing], name: str, value: bool) -> QuerySet[Listing]:
        """Reports missed at least once, or never."""
        return queryset.filter(missed_reports__gt=0) if value else queryset.filter(missed_reports=0)


class MeasureFilter(LedgerFilterSet):
    """处置措施."""

    kind = filters.ChoiceFilter(label="措施", choices=Measure.Kind.choices)
    state = filters.ChoiceFilter(label="状态", choices=Measure.State.choices)
    unit = filters.CharFilter(label="对象", field_name="unit__name", lookup_expr="contains", max_length=60)

    class Meta:
        model = Measure
        fields: tuple[str, ...] = ()
