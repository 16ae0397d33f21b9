"""API of duties, records entered by hand, meetings, indicators and evaluations."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import Forbidden, NotInScope
from common.serializers import ReasonSerializer
from tasks.duties.filters import RecordFilter, StandingFilter
from tasks.models import DutyRecord, DutyStanding, Evaluation, Indicator, Meeting
from tasks.serializers import duties as shapes
from tasks.serializers import meetings as papers
from tasks.transitions import duties, evaluations, indicators, meetings
from tasks.views.meetings import MeetingFilter
from units.access import HoldsRight, require
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


class ReadViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """A list and one record, in the caller's scope."""

    permission_classes = [HoldsRight]
    rights: tuple[str, ...]
    lookup_value_regex = r"\d{1,18}"
    row: Any
    whole: Any

    def get_object(self) -> Any:
        """The record of the address; `NotInScope` when the caller does not see it."""
        found = self.get_queryset().filter(pk=int(self.kwargs["pk"])).first()
        if found is None:
            raise NotInScope
        return found

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return self.row if self.action == "list" else self.whole

    def typed(self, serializer: Any) -> dict[str, Any]:
        """What was sent, checked for shape."""
        filled = serializer(data=self.request.data, context={"request": self.request})
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)


class StandingViewSet(ReadViewSet):
    """履职进度；不带 period 时只列当前周期。"""

    queryset, rights = DutyStanding.objects.none(), (Right.READ_DUTY,)
    row, whole = shapes.StandingSerializer, shapes.StandingDetailSerializer
    filterset_class = StandingFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, by due day."""
        rows = DutyStanding.objects.for_user(self.request.user).select_related("duty", "person", "unit")
        return rows.order_by("due_on", "code", "pk")

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """One record is found whatever its period."""
        return super().filter_queryset(queryset) if self.action == "list" else queryset


class DutyRecordViewSet(ReadViewSet):
    """履职记录：系统内没有其他记录可计的履职情况。"""

    queryset, rights = DutyRecord.objects.none(), (Right.READ_DUTY,)
    row = whole = shapes.RecordSerializer
    filterset_class = RecordFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        rows = DutyRecord.objects.for_user(self.request.user).select_related("unit", "void").prefetch_related("people")
        return rows.order_by("-on", "-pk")

    @extend_schema(
        operation_id="duty_records_enter",
        request=shapes.RecordEntrySerializer,
        responses={201: shapes.RecordSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """登记履职，计入履职次数；登记后不能修改，有误的作废重登。"""
        require(request.user, Right.RECORD_DUTY)
        made = duties.enter(request.user, **self.typed(shapes.RecordEntrySerializer))
        return Response(shapes.RecordSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="duty_records_void",
        request=ReasonSerializer,
        responses={200: shapes.RecordSerializer, **REFUSALS},
    )
    @action(detail=True, methods=["post"], url_path="actions/void")
    def void(self, request: Request, pk: str) -> Response:
        """作废，不再计入履职次数。"""
        if not duties.may_void(request.user, self.get_object()):
            raise Forbidden
        duties.void(request.user, int(pk), reason=self.typed(ReasonSerializer)["reason"])
        return Response(shapes.RecordSerializer(self.get_object()).data)


@with_actions("meetings")
class MeetingViewSet(RecordViewSet):
    """会议和听取汇报。部门、村（社区）看通知本单位参加的。"""

    queryset, rights = Meeting.objects.none(), (Right.READ_MEETING,)
    lifecycle, forms = meetings.LIFECYCLE, papers.MEETINGS
    row, whole = papers.MeetingSerializer, papers.MeetingDetailSerializer
    filterset_class = MeetingFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        return Meeting.objects.for_user(self.request.user).order_by("-starts_at", "-pk")

    @extend_schema(
        operation_id="meetings_call",
        request=papers.MeetingCallSerializer,
        responses={201: papers.MeetingDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """登记会议并通知参会单位和人员。"""
        require(request.user, Right.KEEP_MEETING)
        made = meetings.call(request.user, **self.typed(papers.MeetingCallSerializer))
        return self.answer(made.pk, status.HTTP_201_CREATED)


class IndicatorViewSet(ReadViewSet):
    """工作指标。"""

    queryset, rights = Indicator.objects.none(), (Right.READ_INDICATOR,)
    row, whole = shapes.IndicatorSerializer, shapes.IndicatorDetailSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Those of the caller's street."""
        return Indicator.objects.for_user(self.request.user).order_by("order", "pk")

    @extend_schema(
        operation_id="indicators_enter",
        request=shapes.ValueEntrySerializer,
        responses={200: shapes.IndicatorDetailSerializer, **REFUSALS},
    )
    @action(detail=True, methods=["post"], url_path="actions/enter")
    def enter(self, request: Request, pk: str) -> Response:
        """填报一个月的值，注明数据来源；再次填报的替换原值，审计记录保留前后值。"""
        indicator = self.get_object()
        if not indicators.may_enter(request.user, indicator):
            raise Forbidden
        indicators.enter(request.user, indicator, **self.typed(shapes.ValueEntrySerializer))
        return Response(self.whole(indicator, context=self.get_serializer_context()).data)


@with_actions("evaluations")
class EvaluationViewSet(RecordViewSet):
    """阶段评估。"""

    queryset, rights = Evaluation.objects.none(), (Right.READ_EVALUATION,)
    lifecycle, forms = evaluations.LIFECYCLE, papers.EVALUATIONS
    row, whole = papers.EvaluationSerializer, papers.EvaluationDetailSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        rows = Evaluation.objects.for_user(self.request.user).order_by("-until", "-pk")
        return rows.defer("snapshot", "sections") if self.action == "list" else rows

    @extend_schema(
        operation_id="evaluations_draft",
        request=papers.EvaluationDraftSerializer,
        responses={201: papers.EvaluationDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """起草一份评估；同一方案、类别和截至日期只有一份。"""
        require(request.user, Right.DRAFT_EVALUATION)
        made, _ = evaluations.draft(request.user, **self.typed(papers.EvaluationDraftSerializer))
        return self.answer(made.pk, status.HTTP_201_CREATED)


ROUTES = (
    ("duties", StandingViewSet, "duty-standing"),
    ("duty-records", DutyRecordViewSet, "duty-record"),
    ("meetings", MeetingViewSet, "meeting"),
    ("indicators", IndicatorViewSet, "indicator"),
    ("evaluations", EvaluationViewSet, "evaluation"),
)
