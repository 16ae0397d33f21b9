"""API of risk points."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.planning import ScopedViewSet
from inspections.filters_risks import RiskPointFilter
from inspections.models.risks import RiskPoint
from inspections.serializers import risks as shapes
from inspections.transitions import risks
from units.access import require
from units.records_api import REFUSALS, with_actions
from units.roles import Right


@with_actions("risk_points")
class RiskPointViewSet(ScopedViewSet):
    """风险点。企业看本企业的，监管人员看管辖范围内的。"""

    rights = (Right.READ_RECORD,)
    model, queryset, lifecycle, forms = RiskPoint, RiskPoint.objects.none(), risks.LIFECYCLE, shapes.POINT_FORMS
    row, whole = shapes.RiskPointSerializer, shapes.RiskPointDetailSerializer
    filterset_class = RiskPointFilter
    selected = ("unit",)

    @extend_schema(
        operation_id="risk_points_register",
        request=shapes.NewRiskPointSerializer,
        responses={201: shapes.RiskPointDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """登记本企业的风险点。"""
        require(request.user, Right.KEEP_RECORD)
        point = risks.register(request.user, request.user.hat.unit, **self.typed(shapes.NewRiskPointSerializer))
        return self.answer(point.pk, status.HTTP_201_CREATED)
