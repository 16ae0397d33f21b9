"""API of dangerous works: the ledger, one work, reporting one, every action of its rules table."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.filters.works import WorkFilter
from inspections.models.works import HazardousWork
from inspections.serializers import works as shapes
from inspections.transitions import works
from units.access import require
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


@with_actions("hazardous_works")
class HazardousWorkViewSet(RecordViewSet):
    """危险作业报备。企业报备本单位的，监管人员看辖区、行业内的。"""

    queryset = HazardousWork.objects.none()
    rights = (Right.READ_RECORD,)
    lifecycle, forms = works.LIFECYCLE, shapes.ACTIONS
    row, whole = shapes.WorkSerializer, shapes.WorkDetailSerializer
    filterset_class = WorkFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        rows = HazardousWork.objects.for_user(self.request.user).select_related("unit")
        return rows.order_by("-starts_at", "-pk")

    @extend_schema(
        operation_id="hazardous_works_file",
        request=shapes.ReportSerializer,
        responses={201: shapes.WorkDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """报备危险作业。证书过期、时间不合规定的不予接收。"""
        require(request.user, Right.KEEP_RECORD)
        work = works.file_work(request.user, **self.typed(shapes.ReportSerializer))
        return self.answer(work.pk, status.HTTP_201_CREATED)
