"""隐患台账: the list everybody filters, shares by link, exports and works through in bulk."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from common.columns import BulkAction, Column, Empty, Figure
from common.ledgers import LedgerView
from common.paging import BoundedCount
from hazards import queries
from hazards.columns import COLUMNS, OFFICE_LAYOUT, columns_for
from hazards.filters import HazardFilter
from hazards.models import Hazard
from hazards.models.hazard import State
from units.access import RightRequiredMixin, holds
from units.roles import Right


class HazardLedger(RightRequiredMixin, LedgerView):
    """The hazards in the reader's scope, drafts excepted."""

    rights = (Right.READ_HAZARD,)
    model = Hazard
    title = "隐患台账"
    columns = COLUMNS
    filterset_class = HazardFilter
    default_order = ("-reported_at", "-pk")
    template_name = "hazards/ledger.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """With the columns as the reader may see them."""
        super().setup(request, *args, **kwargs)
        self.columns = columns_for(request.user, self.columns)

    def get_base_queryset(self) -> QuerySet[Hazard]:
        """What the rows show, selected at once."""
        return queries.ledger(super().get_base_queryset().exclude(state=State.DRAFT))

    def row_tone(self, row: Hazard) -> str:
        """Red for what is overdue."""
        return "red" if row.is_overdue else ""

    def paginate_queryset(self, queryset: QuerySet[Hazard], page_size: int) -> tuple[Any, Any, Any, bool]:
        """The page with the first photo of each of its rows."""
        paginator, page, _, more = super().paginate_queryset(queryset, page_size)
        page.object_list = list(page.object_list)
        photos = queries.first_photos(page.object_list)
        for hazard in page.object_list:
            hazard.thumbnail = photos.get(hazard.pk)
        self.total = str(paginator.bounded)
        return paginator, page, page.object_list, more

    def get_figures(self, queryset: QuerySet[Hazard]) -> Sequence[Figure]:
        """Counts over the filter in force, each opening the list it counts."""
        counted = queries.figures(queryset)

        def figure(label: str, count: BoundedCount, tone: str, icon: str, **narrower: str) -> Figure:
            shown = tone if count.value else "plain"
            return Figure(label, str(count), self._narrowed(**narrower), "条", shown, icon)

        return (
            Figure("符合条件", self.total, self._narrowed(), "条", "blue", "list"),
            figure("未销号", counted.open, "plain", "hourglass", opened="true"),
            figure("已逾期", counted.overdue, "red", "alert", overdue="yes"),
            figure("三日内到期", counted.soon, "orange", "clock", overdue="soon"),
            figure("未销号重大", counted.major, "red", "flag", level="major", opened="true"),
        )

    def _narrowed(self, **narrower: str) -> str:
        return f"{reverse('hazard-list')}{self.narrowed(**narrower)}"

    def get_bulk_actions(self) -> Sequence[BulkAction]:
        """派发, 催办 and export of what is ticked, for those who may."""
        offered = [
            (Right.CONFIRM, BulkAction("批量派发", reverse("hazard-bulk", args=["assign"]), "send", "primary")),
            (Right.CONFIRM, BulkAction("催办", reverse("hazard-bulk", args=["urge"]), "bell")),
            (Right.READ_HAZARD, BulkAction("导出所选", reverse("hazard-bulk", args=["export"]), "download")),
        ]
        return [action for right, action in offered if holds(self.request.user, right)]

    def get_empty(self) -> Empty:
        """An empty ledger offers the first report."""
        empty = super().get_empty()
        if empty.action_url or not holds(self.request.user, Right.REPORT_HAZARD):
            return empty
        return Empty(
            "还没有隐患记录", "发现隐患随手上报，拍照、写清部位即可。", "上报隐患", reverse("hazard-new"), "camera"
        )

    def get_exported(self, queryset: QuerySet[Hazard]) -> QuerySet[Hazard]:
        """The office layout names the criterion."""
        return queries.ledger_with_grounds(queryset)

    @property
    def export_columns(self) -> Sequence[Column]:
        """The office layout, unless the reader chose columns."""
        asked = set(self.request.GET.getlist("col")) - {"photo"}
        return [column for column in self.columns if column.key in asked] if asked else OFFICE_LAYOUT
