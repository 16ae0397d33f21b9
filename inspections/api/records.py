"""API of the records of the enterprise's own duty."""

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
from inspections.filters_records import RecordFilter
from inspections.models.records import ComplianceRecord
from inspections.serializers import records as shapes
from inspections.transitions import records
from units.access import require
from units.records_api import REFUSALS, with_actions
from units.roles import Right


@with_actions("compliance_records")
class ComplianceRecordViewSet(ScopedViewSet):
    """证照、培训、演练、协议、保险、投入、责任制文件和信用记录。"""

    rights = (Right.READ_RECORD,)
    model, queryset, lifecycle, forms = (
        ComplianceRecord, ComplianceRecord.objects.none(), records.LIFECYCLE, shapes.RECORD_FORMS,
    )  # fmt: skip
    row, whole = shapes.ComplianceRecordSerializer, shapes.ComplianceRecordDetailSerializer
    filterset_class = RecordFilter
    selected = ("unit",)

    @extend_schema(
        operation_id="compliance_records_enter",
        request=shapes.NewRecordSerializer,
        responses={201: shapes.ComplianceRecordDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """登记本企业的记录；信用记录由安委办登记。"""
        require(request.user, Right.KEEP_RECORD, Right.EDIT_UNIT)
        values = self.typed(shapes.NewRecordSerializer)
        unit = values.pop("unit", None) or request.user.hat.unit
        record = records.enter(request.user, unit, values.pop("kind"), **values)
        return self.answer(record.pk, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="compliance_records_file",
        request={"multipart/form-data": PhotoSerializer},
        responses={201: PhotoSerializer, **REFUSALS},
    )
    @action(detail=False, methods=["post"], parser_classes=[MultiPartParser])
    def files(self, request: Request) -> Response:
        """上传佐证材料，返回编号；只能由本人引用。"""
        require(request.user, Right.KEEP_RECORD, Right.EDIT_UNIT)
        filled = PhotoSerializer(data=request.data)
        filled.is_valid(raise_exception=True)
        kept = store(filled.validated_data["file"], by=request.user)
        return Response(PhotoSerializer(kept).data, status=status.HTTP_201_CREATED)
