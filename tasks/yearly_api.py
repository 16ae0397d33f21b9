"""API of yearly papers: the lists of duties and of main tasks, the report against them; draft, fill in, file, check."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import Forbidden
from tasks.filters import YearlyFilter
from tasks.models import YearlyPaper
from tasks.serializers import yearly as shapes
from tasks.transitions.yearly import LIFECYCLE
from tasks.transitions.yearly_drafts import begin, files
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


@with_actions("yearly_papers")
class YearlyPaperViewSet(RecordViewSet):
    """年度报备。安委办、领导和村（社区）看所辖区域的，其他单位看本单位的。"""

    queryset, lifecycle, forms = YearlyPaper.objects.none(), LIFECYCLE, shapes.FORMS
    rights = (Right.READ_TASK,)
    row, whole = shapes.YearlyPaperSerializer, shapes.YearlyPaperDetailSerializer
    filterset_class = YearlyFilter

    def get_queryset(self) -> QuerySet[YearlyPaper]:
        """The caller's scope, the newest year first."""
        papers = YearlyPaper.objects.for_user(self.request.user).select_related("unit", "filed_by", "checked_by")
        return papers.order_by("-year", "unit__name", "kind")

    @extend_schema(
        operation_id="yearly_papers_draft",
        request=shapes.YearlyDraftSerializer,
        responses={200: shapes.YearlyPaperDetailSerializer, 201: shapes.YearlyPaperDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """起草本单位一个年度的一种材料；已有的不另起草，返回原件。"""
        if not files(request.user):
            raise Forbidden
        paper, is_new = begin(request.user, **self.typed(shapes.YearlyDraftSerializer))
        return self.answer(paper.pk, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)
