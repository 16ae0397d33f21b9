"""Filter bars of visits and papers; pages, exports and API share them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import django_filters as filters
from django.db.models import Q, QuerySet

from common import clock
from common.filters import LedgerFilterSet
from inspections.models import EnforcementCertificate, Inspection, InspectionPaper, PaperState, VisitState
from inspections.models.campaigns import Campaign

STANDING = (("valid", "有效"), ("expiring", "三个月内到期"), ("expired", "已过期"), ("revoked", "已注销"))
EXPIRING = timedelta(days=90)
FOUND = (("yes", "有不合格项"), ("no", "全部合格"))


def _campaigns(request: Any) -> QuerySet[Campaign]:
    """Those the reader may see; none while the schema is written, which has no reader."""
    return Campaign.objects.for_user(request.user).order_by("-starts_on") if request else Campaign.objects.none()


class InspectionFilter(LedgerFilterSet):
    """检查台账."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    state = filters.MultipleChoiceFilter(label="状态", choices=VisitState.choices)
    kind = filters.ChoiceFilter(label="性质", choices=Inspection.Kind.choices)
    mode = filters.MultipleChoiceFilter(label="方式", choices=Inspection.Mode.choices)
    found = filters.ChoiceFilter(label="结果", choices=FOUND, method="by_result")
    finished = filters.DateFromToRangeFilter(label="完成日期", field_name="finished_at")
    planned = filters.DateFromToRangeFilter(label="计划日期", field_name="planned_on")
    campaign = filters.ModelChoiceFilter(label="专项整治", queryset=_campaigns)
    mine = filters.BooleanFilter(label="本人参加", method="by_person")

    class Meta:
        model = Inspection
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[Inspection], name: str, value: str) -> QuerySet[Inspection]:
        """The unit, or a person of the team."""
        named = Inspection.objects.filter(members__user__name__contains=value).values("pk")
        return queryset.filter(Q(unit__name__contains=value) | Q(pk__in=named))

    def by_result(self, queryset: QuerySet[Inspection], name: str, value: str) -> QuerySet[Inspection]:
        """With 不合格, or concluded without any."""
        return (
            queryset.filter(bad_count__gt=0) if value == "yes" else queryset.filter(bad_count=0, state=VisitState.DONE)
        )

    def by_person(self, queryset: QuerySet[Inspection], name: str, value: bool) -> QuerySet[Inspection]:
        """Those whose team names the reader."""
        if not value or self.request is None:
            return queryset
        return queryset.filter(pk__in=Inspection.objects.named_in(self.request.user).values("pk"))


class PaperFilter(LedgerFilterSet):
    """检查文书台账."""

    q = filters.CharFilter(label="关键词", method="search", max_length=60)
    kind = filters.MultipleChoiceFilter(label="文种", choices=InspectionPaper.Kind.choices)
    state = filters.MultipleChoiceFilter(label="状态", choices=PaperState.choices)
    issued = filters.DateFromToRangeFilter(label="出具日期", field_name="issued_at")
    deadline = filters.DateFromToRangeFilter(label="整改期限")

    class Meta:
        model = InspectionPaper
        fields: tuple[str, ...] = ()

    def search(self, queryset: QuerySet[InspectionPaper], name: str, value: str) -> QuerySet[InspectionPaper]:
        """Number or unit."""
        return queryset.filter(Q(number__contains=value) | Q(unit__name__contains=value))


class CertificateFilter(LedgerFilterSet):
    """执法证."""

    q = filters.CharFilter(label="持证人、证号、单位", method="search", max_length=60)
    standing = filters.ChoiceFilter(label="状态", choices=STANDING, method="by_standing")

    class Meta:
        model = EnforcementCertificate
        fields: tuple[str, ...] = ()

    def search(
        self, queryset: QuerySet[EnforcementCertificate], name: str, value: str
    ) -> QuerySet[EnforcementCertificate]:
        """The holder, the number, the unit."""
        found = Q(user__name__contains=value) | Q(number__contains=value) | Q(unit__name__contains=value)
        return queryset.filter(found)

    def by_standing(
        self, queryset: QuerySet[EnforcementCertificate], name: str, value: str
    ) -> QuerySet[EnforcementCertificate]:
        """As the list says it; 三个月内到期 are in force still."""
        today = clock.today()
        if value == "revoked":
            return queryset.filter(is_revoked=True)
        held = queryset.filter(is_revoked=False)
        return {
            "valid": held.filter(valid_from__lte=today, valid_until__gte=today),
            "expiring": held.filter(valid_until__range=(today, today + EXPIRING)),
            "expired": held.filter(valid_until__lt=today),
        }[value]
