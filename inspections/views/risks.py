"""风险点: the ledger, one point with its events, registering one, every action."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from common.columns import Column, Empty, Figure, badge_column, date_column
from common.errors import Refused
from common.forms import posted
from common.ledgers import LedgerView
from common.record_pages import RecordActionPage, buttons, one, timeline
from inspections.filters_risks import RiskPointFilter
from inspections.forms.risks import POINT_FORMS, NewPointForm
from inspections.models.risks import Colour, RiskPoint
from inspections.transitions import risks
from units.access import RightRequiredMixin, holds, require
from units.roles import Right


class RiskPointLedger(RightRequiredMixin, LedgerView):
    """风险点台账."""

    rights = (Right.READ_RECORD,)
    model = RiskPoint
    title = "风险点台账"
    template_name = "inspections/risk_points.html"
    filterset_class = RiskPointFilter
    default_order = ("-pk",)
    columns = (
        Column("name", "风险点", link=True, order=("name",), width=28),
        badge_column("level", "等级", "enterprise_risk", order=("level",)),
        Column("unit", "企业", "unit.name", order=("unit__name",), width=28),
        Column("place", "部位"),
        Column("accident", "可能导致的事故", lambda point: point.get_accident_display()),
        Column("owner", "管控责任人"),
        date_column("review_on", "下次复评", order=("review_on",)),
        badge_column("state", "状态", "risk_point_state"),
        Column("controls", "管控措施", css="cell-words", default=False, width=48),
        Column("emergency", "应急处置措施", css="cell-words", default=False, width=40),
    )

    def get_base_queryset(self) -> QuerySet[RiskPoint]:
        """With the enterprise."""
        return super().get_base_queryset().select_related("unit")

    def row_tone(self, row: RiskPoint) -> str:
        """Orange where the review is late."""
        return "orange" if row.is_overdue else ""

    def get_figures(self, queryset: QuerySet[Any]) -> list[Figure]:
        """Late reviews of the list."""
        late = queryset.filter(pk__in=RiskPoint.objects.overdue()).count()
        return [Figure("已过复评日期", late, self.narrowed(late="yes"), tone="orange" if late else "plain")]

    def get_empty(self) -> Empty:
        """What to do about an empty list."""
        if self.chips or not holds(self.request.user, Right.KEEP_RECORD):
            return super().get_empty()
        return Empty(
            "还没有登记风险点", "先登记本企业危险性最大的部位和作业。", "登记风险点", reverse("risk-point-new")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether the person registers points."""
        return super().get_context_data(may_keep=holds(self.request.user, Right.KEEP_RECORD), **kwargs)


class RiskPointAction(RecordActionPage):
    """One action on a risk point."""

    model, lifecycle, forms = RiskPoint, risks.LIFECYCLE, POINT_FORMS


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The point, its controls and owner, and what happened to it."""
    require(request.user, Right.READ_RECORD)
    point = one(RiskPoint, request.user, pk)
    context = {
        "point": point,
        "buttons": buttons(risks.LIFECYCLE, point, request.user, "risk-point-action"),
        "events": timeline(risks.LIFECYCLE, point.events.all(), {}),
    }
    return render(request, "inspections/risk_point.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Register a risk point of one's own enterprise."""
    require(request.user, Right.KEEP_RECORD)
    unit = request.user.hat.unit
    form = NewPointForm(*posted(request), unit=unit)
    if request.method == "POST" and form.is_valid():
        try:
            point = risks.register(request.user, unit, **form.cleaned_data)
        except Refused as error:
            form.refuse(error)
        else:
            messages.success(request, f"已登记风险点“{point.name}”（{Colour(point.level).label}）。")
            return redirect(point)
    context = {"form": form, "title": "登记风险点", "back": reverse("risk-point-list"), "submit": "登记"}
    return render(request, "inspections/form.html", context, status=422 if form.errors else 200)
