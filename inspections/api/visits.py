"""API of visits and their papers: the lists, one record, making one, every action of the rules tables."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from inspections.filters.visits import InspectionFilter, PaperFilter
from inspections.models import Inspection, InspectionPaper
from inspections.serializers import visits as shapes
from inspections.transitions import papers, visits
from units.access import require
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


@with_actions("inspections")
class InspectionViewSet(RecordViewSet):
    """检查。企业只见已办结的。"""

    queryset, lifecycle, forms = Inspection.objects.none(), visits.LIFECYCLE, shapes.VISITS
    rights = (Right.READ_INSPECTION,)
    row, whole = shapes.VisitSerializer, shapes.VisitDetailSerializer
    filterset_class = InspectionFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        found = Inspection.objects.for_user(self.request.user).select_related("unit").order_by("-created_at", "-pk")
        return found if self.action == "list" else found.prefetch_related("members__user", "results__hazard", "events")

    @extend_schema(
        operation_id="inspections_begin",
        request=shapes.BeginSerializer,
        responses={201: shapes.VisitDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """开始检查；填写计划日期的为安排检查。行政检查须有两名持有效执法证的人员。"""
        require(request.user, Right.CARRY_OUT)
        values = self.typed(shapes.BeginSerializer)
        day = values.pop("planned_on", None)
        made = visits.schedule(request.user, planned_on=day, **values) if day else visits.begin(request.user, **values)
        return self.answer(made.pk, status.HTTP_201_CREATED)


@with_actions("inspection_papers")
class InspectionPaperViewSet(RecordViewSet):
    """检查文书。企业只见已出具的。"""

    queryset, lifecycle, forms = InspectionPaper.objects.none(), papers.LIFECYCLE, shapes.PAPERS
    rights = (Right.READ_INSPECTION,)
    row, whole = shapes.PaperSerializer, shapes.PaperDetailSerializer
    filterset_class = PaperFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        found = (
            InspectionPaper.objects.for_user(self.request.user).select_related("unit").order_by("-drafted_at", "-pk")
        )
        return found if self.action == "list" else found.prefetch_related("events")

    @extend_schema(
        operation_id="inspection_papers_draft",
        request=shapes.PaperDraftSerializer,
        responses={201: shapes.PaperDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """制作文书草稿；检查记录在前，复查意见书须有责令整改文书。"""
        require(request.user, Right.CARRY_OUT)
        values = self.typed(shapes.PaperDraftSerializer)
        paper = papers.draft(request.user, values["inspection"], values["kind"])
        return self.answer(paper.pk, status.HTTP_201_CREATED)
