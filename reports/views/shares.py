"""What opens behind a share: the enterprises it is taken of, with whether each counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from common.columns import Column, Empty, Figure, badge_column
from common.errors import NotInScope
from common.ledgers import LedgerView
from common.wording import percent
from reports.filters import ShareFilter
from reports.scoping import Asked, asked_of
from reports.statistics import SHARES, Share
from units.access import RightRequiredMixin
from units.models import Unit
from units.roles import Right


class ShareRecords(RightRequiredMixin, LedgerView):
    """The enterprises of one share over one period, within the reader's scope."""

    rights = (Right.STATISTICS,)
    model = Unit
    filterset_class = ShareFilter
    default_order = ("is_counted", "name")
    template_name = "reports/records.html"
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

    @cached_property
    def share(self) -> Share:
        """The share behind which this list lies; an unknown one does not exist."""
        if self.kwargs["key"] not in SHARES:
            raise NotInScope("没有这项统计指标。")
        return SHARES[self.kwargs["key"]]

    @cached_property
    def asked(self) -> Asked:
        """The period of the address."""
        return asked_of(self.request.GET)

    @property
    def title(self) -> str:  # type: ignore[override]
        """The share's name."""
        return self.share.label

    def get_base_queryset(self) -> QuerySet[Unit]:
        """What the share is taken of, with what the columns show."""
        base = self.share.base(self.request.user, self.asked.period)
        return base.select_related("area", "enterprise__department")

    def get_figures(self, queryset: QuerySet[Any]) -> Sequence[Figure]:
        """The two counts and their share, of the list as filtered."""
        above, below = queryset.filter(is_counted=True).count(), queryset.count()
        return (
            Figure("分子", above, self.narrowed(is_counted="true"), "家", note=self.share.definition),
            Figure("分母", below, self.narrowed(), "家"),
            Figure(self.share.label, percent(above / below if below else None)),
        )

    def get_empty(self) -> Empty:
        """Nothing counted is a fact, not a fault."""
        return super().get_empty() if self.chips else Empty("没有企业计入这项数据")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The definition, the period, and the way back."""
        more = {"figure": self.share, "about": self.asked.period.label, "back": self.asked.statistics_url}
        return super().get_context_data(**kwargs) | more
