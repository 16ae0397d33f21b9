"""API of spot checks."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from evidence.transitions import store
from hazards.serializers.reading import PhotoSerializer
from inspections.api.planning import ScopedViewSet
from inspections.filters_spots import SpotFilter
from inspections.models.spots import SpotCheck
from inspections.serializers import spots as shapes
from inspections.transitions import spots
from units.access import require
from units.records_api import REFUSALS, with_actions
from units.roles import Right


@with_actions("spot_checks")
class SpotCheckViewSet(ScopedViewSet):
    """抽查复核。由抽中的复核人办理。"""

    rights = (Right.READ_PLAN,)
    model, queryset, lifecycle, forms = SpotCheck, SpotCheck.objects.none(), spots.LIFECYCLE, shapes.SPOT_FORMS
    row, whole = shapes.SpotCheckSerializer, shapes.SpotCheckDetailSerializer
    filterset_class = SpotFilter
    selected, default_order = ("hazard__unit", "inspector", "round"), ("due_on", "pk")

    @extend_schema(
        operation_id="spot_checks_file",
        request={"multipart/form-data": PhotoSerializer},
        responses={201: PhotoSerializer, **REFUSALS},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def files(self, request: Request) -> Response:
        """上传现场照片，返回编号；只能由本人引用。"""
        require(request.user, Right.REVIEW)
        filled = PhotoSerializer(data=request.data)
        filled.is_valid(raise_exception=True)
        kept = store(filled.validated_data["file"], by=request.user, only_images=True)
        return Response(PhotoSerializer(kept).data, status=status.HTTP_201_CREATED)
