"""API of draws."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.api.planning import ScopedViewSet
from inspections.filters_planning import DrawFilter
from inspections.models.draws import RandomDraw
from inspections.serializers import draws as shapes
from inspections.transitions import draws
from units.access import require
from units.records_api import REFUSALS, with_actions
from units.roles import Right


@with_actions("draws")
class DrawViewSet(ScopedViewSet):
    """双随机抽取。任何人可按记录复算。"""

    rights = (Right.READ_PLAN, Right.CARRY_OUT)
    model, queryset, lifecycle, forms = RandomDraw, RandomDraw.objects.none(), draws.LIFECYCLE, shapes.DRAW_FORMS
    row, whole = shapes.DrawSerializer, shapes.DrawDetailSerializer
    filterset_class = DrawFilter
    selected, default_order = ("owner",), ("-prepared_at", "-pk")

    @extend_schema(
        operation_id="draws_prepare",
        request=shapes.NewDrawSerializer,
        responses={201: shapes.DrawDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """确定候选名单并产生密钥；抽取是另一步。"""
        require(request.user, Right.PLAN_INSPECTION)
        draw = draws.prepare(request.user, **self.typed(shapes.NewDrawSerializer))
        return self.answer(draw.pk, status.HTTP_201_CREATED)
