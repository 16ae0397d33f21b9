"""驾驶舱, on a desk and on the wall, and the lists behind its alerts."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from common import clock
from common.columns import Column, Empty, badge_column, due_column
from common.ledgers import LedgerView
from reports import dashboard
from reports.models import NoticeReceipt
from supervision.models import Listing
from units.access import RightRequiredMixin, require
from units.roles import Right

REFRESH_SECONDS = 60


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """One screen over the person's scope; ?wall=1 for the wall, which reloads itself every minute."""
    require(request.user, Right.STATISTICS)
    user = request.user
    found = dashboard.computed(user)
    context: dict[str, Any] = {
        "figures": dashboard.figures(found),
        "charts": dashboard.drawn(user, found),
        "ranking": dashboard.ranking(user, found),
        "alerts": dashboard.alerts(user),
        "unit": user.hat.unit,
        "now": clock.now(),
        "refresh_seconds": REFRESH_SECONDS,
    }
    name = "wall" if request.GET.get("wall") == "1" else "dashboard"
    return render(request, f"reports/{name}.html", context)


class MissedReports(RightRequiredMixin, LedgerView):
    """督办进展逾期未报."""

    rights = (Right.STATISTICS,)
    model = Listing
    title = "督办进展逾期未报"
    default_order = ("next_report_at", "pk")
    columns = (
        Column("number", "督办文号", lambda row: row.number or row.get_kind_display(), link=True),
        Column("unit", "责任单位", "hazard.unit.name"),
        Column("description", "隐患描述", "hazard.description"),
        badge_column("level", "等级", "hazard_level", "hazard.level"),
        due_column("next_report_at", "应报告时间", order=("next_report_at",)),
        Column("missed", "累计未按期报告次数", "missed_reports", numeric=True, kind="number"),
    )

    def get_base_queryset(self) -> QuerySet[Listing]:
        """Those of the reader's scope."""
        return dashboard.missed_reports(self.request.user)

    def row_url(self, row: Listing) -> str:
        """The hazard under the listing."""
        return row.hazard.get_absolute_url()

    def get_empty(self) -> Empty:
        """All have reported."""
        return Empty("没有逾期未报的督办进展", icon="check-circle")


class LateReceipts(RightRequiredMixin, LedgerView):
    """通报逾期未签收."""

    rights = (Right.STATISTICS,)
    model = NoticeReceipt
    title = "通报逾期未签收"
    default_order = ("-due_at", "pk")
    columns = (
        Column("notice", "通报", "notice.headline", link=True),
        Column("number", "发文字号", "notice.number"),
        Column("unit", "受文单位", "unit.name"),
        due_column("due_at", "应签收时间", order=("due_at",)),
    )

    def get_base_queryset(self) -> QuerySet[NoticeReceipt]:
        """Those the reader may see."""
        return dashboard.late_receipts(self.request.user)

    def row_url(self, row: NoticeReceipt) -> str:
        """The notice."""
        return row.notice.get_absolute_url()

    def get_empty(self) -> Empty:
        """All have signed."""
        return Empty("没有逾期未签收的通报", icon="check-circle")
