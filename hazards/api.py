"""API of hazards: the ledger, one hazard, reporting, every action of the rules table, events, photos, criteria."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import Refused
from evidence.transitions import store
from hazards import queries, transitions
from hazards.filters import CriterionFilter, HazardFilter
from hazards.models import CriterionItem, Hazard
from hazards.models.hazard import State
from hazards.serializers.acting import SERIALIZERS, ReportSerializer
from hazards.serializers.reading import (
    CriterionSerializer,
    HazardDetailSerializer,
    HazardEventSerializer,
    HazardSerializer,
    PhotoSerializer,
)
from units.access import HoldsRight, require
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import FIRM, Right


@with_actions("hazards")
class HazardViewSet(RecordViewSet):
    """隐患。范围之外一律 404，无权 403，状态不符或已被他人办理 409，不符合办理条件 422。"""

    queryset, lifecycle, forms = Hazard.objects.none(), transitions.LIFECYCLE, SERIALIZERS
    rights = (Right.READ_HAZARD,)
    row, whole = HazardSerializer, HazardDetailSerializer
    filterset_class = HazardFilter

    def get_queryset(self) -> QuerySet[Hazard]:
        """The caller's scope; drafts are not part of the ledger."""
        visible = Hazard.objects.for_user(self.request.user)
        if self.action != "list":
            return queries.whole(visible, self.request.user)
        return queries.ledger(visible).exclude(state=State.DRAFT).order_by("-reported_at", "-pk")

    @extend_schema(
        operation_id="hazards_report", request=ReportSerializer, responses={201: HazardDetailSerializer, **REFUSALS}
    )
    def create(self, request: Request) -> Response:
        """上报隐患（或存草稿）。"""
        require(request.user, Right.REPORT_HAZARD)
        values = self.typed(ReportSerializer)
        if request.user.role in FIRM:
            values.setdefault("unit", request.user.hat.unit)
        elif "unit" not in values:
            raise Refused("请选择隐患所在单位。", {"unit": "请选择隐患所在单位。"})
        hazard = transitions.report(request.user, **values)
        return self.answer(hazard.pk, status.HTTP_201_CREATED)

    @extend_schema(responses=HazardEventSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def events(self, request: Request, pk: str) -> Response:
        """办理记录，按发生顺序。"""
        hazard = self.record(int(pk))
        return Response(HazardEventSerializer(sorted(hazard.events.all(), key=lambda event: event.seq), many=True).data)

    @extend_schema(
        operation_id="hazards_photo",
        request={"multipart/form-data": PhotoSerializer},
        responses={201: PhotoSerializer, **REFUSALS},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def photos(self, request: Request) -> Response:
        """上传照片，返回编号，供上报和办理时引用；只能由本人引用。"""
        typed = PhotoSerializer(data=request.data)
        typed.is_valid(raise_exception=True)
        kept = store(typed.validated_data["file"], by=request.user, only_images=True)
        return Response(PhotoSerializer(kept).data, status=status.HTTP_201_CREATED)


class CriterionViewSet(viewsets.ReadOnlyModelViewSet):
    """重大事故隐患判定标准库。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_HAZARD,)
    filterset_class = CriterionFilter
    queryset = CriterionItem.objects.select_related("standard").order_by("pk")
    serializer_class = CriterionSerializer
    lookup_value_regex = r"\d{1,18}"
