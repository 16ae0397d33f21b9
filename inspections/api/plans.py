"""API of plans and planned visits."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.planning import ScopedViewSet
from inspections.filters_planning import PlanFilter, PlannedVisitFilter
from inspections.models.plans import InspectionPlan, PlannedVisit
from inspections.serializers import plans as shapes
from inspections.transitions import plans
from units.access import HoldsRight, require
from units.records_api import REFUSALS, with_actions
from units.roles import Right


@with_actions("inspection_plans")
class PlanViewSet(ScopedViewSet):
    """检查计划。企业看不到计划。"""

    rights = (Right.READ_PLAN,)
    model, queryset, lifecycle, forms = (
        InspectionPlan, InspectionPlan.objects.none(), plans.LIFECYCLE, shapes.PLAN_FORMS,
    )  # fmt: skip
    row, whole = shapes.PlanSerializer, shapes.PlanDetailSerializer
    filterset_class = PlanFilter
    selected, default_order = ("owner",), ("-year", "-month", "-pk")

    @extend_schema(
        operation_id="inspection_plans_begin",
        request=shapes.NewPlanSerializer,
        responses={201: shapes.PlanDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """编制计划并列出检查事项；生成检查安排是另一步。"""
        require(request.user, Right.PLAN_INSPECTION)
        plan = plans.begin(request.user, **{"title": "", **self.typed(shapes.NewPlanSerializer)})
        return self.answer(plan.pk, status.HTTP_201_CREATED)


class PlannedVisitViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """计划检查及其实施情况。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_PLAN,)
    queryset = PlannedVisit.objects.none()
    serializer_class = shapes.PlannedVisitSerializer
    filterset_class = PlannedVisitFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, by month."""
        found = PlannedVisit.objects.for_user(self.request.user).with_done()  # type: ignore[arg-type]
        return found.select_related("unit", "plan", "matter", "inspector").order_by("plan", "month", "pk")
