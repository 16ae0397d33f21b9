"""What opens behind a share: the records it is taken of, with whether each counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from common.columns import Column, Empty, Figure, badge_column
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.wording import percent
from inspections.models.spots import SpotCheck
from inspections.views.spots import COLUMNS
from reports.filters import FirmShareFilter, SpotShareFilter
from reports.scoping import Asked, asked_of
from reports.statistics import SHARES, Share
from units.access import RightRequiredMixin
from units.models import Unit
from units.roles import Right


class ShareRecords(RightRequiredMixin, LedgerView):
    """The records of one share over one period, within the reader's scope."""

    rights = (Right.STATISTICS,)
    template_name = "reports/records.html"

    @property
    def share(self) -> Share:
        """The share behind which this list lies."""
        return SHARES[self.kwargs["key"]]

    @cached_property
    def asked(self) -> Asked:
        """The period of the address."""
        return asked_of(self.request.GET)

    @property
    def title(self) -> str:  # type: ignore[override]
        """The share's name."""
        return self.share.label

    def get_base_queryset(self) -> QuerySet[Any]:
        """What the share is taken of."""
        return self.share.base(self.request.user, self.asked.period)

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """The two counts and their share, of the list as filtered."""
        above, below = queryset.filter(is_counted=True).count(), queryset.count()
        return (
            Figure("分子", above, self.narrowed(is_counted="true"), self.share.unit, note=self.share.definition),
            Figure("分母", below, self.narrowed(), self.share.unit),
            Figure(self.share.label, percent(above / below if below else None)),
        )

    def get_empty(self) -> Empty:
        """Nothing counted is a fact, not a fault."""
        return super().get_empty() if self.chips else Empty("没有记录计入这项数据")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The definition, the period, and the way back."""
        more = {"figure": self.share, "about": self.asked.period.label, "back": self.asked.statistics_url}
        return super().get_context_data(**kwargs) | more


class FirmShare(ShareRecords):
    """A share of enterprises."""

    model = Unit
    filterset_class = FirmShareFilter
    default_order = ("is_counted", "name")
    columns = (
        Column("name", "企业", link=True, order=("name",), width=32),
        Column("area", "区域", "area.name", order=("area_path",)),
        Column("department", "主管部门", "enterprise.department.name", width=24),
        badge_column("risk", "风险等级", "enterprise_risk", "enterprise.risk", order=("enterprise__risk",)),
    )

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """With the column that says whether an enterprise counts, in the words of the share."""
        super().setup(request, *args, **kwargs)
        counted = badge_column("is_counted", "情况", self.share.badge, order=("is_counted",))
        self.columns = (*self.columns, counted)

    def get_base_queryset(self) -> QuerySet[Unit]:
        """With what the columns show."""
        return super().get_base_queryset().select_related("area", "enterprise__department")


class SpotShare(ShareRecords):
    """抽查属实率: the spot checks concluded."""

    model = SpotCheck
    filterset_class = SpotShareFilter
    default_order = ("is_counted", "-done_at")
    columns = COLUMNS

    def get_base_queryset(self) -> QuerySet[SpotCheck]:
        """With what the columns show."""
        return super().get_base_queryset().select_related("hazard__unit", "inspector", "round")

    def row_url(self, row: SpotCheck) -> str:
        """The hazard: who may read the figure may read it."""
        return reverse("hazard-detail", args=[row.hazard_id])


_VIEWS = {"spot_true_rate": SpotShare.as_view()}
_FIRMS = FirmShare.as_view()


def records(request: HttpRequest, key: str) -> HttpResponseBase:
    """The list of the share `key`; an unknown one does not exist."""
    if key not in SHARES:
        raise NotInScope("没有这项统计指标。")
    return _VIEWS.get(key, _FIRMS)(request, key=key)
