"""API of notices (list, one, every action of the rules table, sign) and of statistics."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from reports import queries, transitions
from reports.filters import NoticeFilter
from reports.models import Notice
from reports.scoping import population
from reports.serializers import (
    SERIALIZERS,
    NoticeDetailSerializer,
    NoticeSerializer,
    ReceiptSerializer,
    StatisticsAskedSerializer,
    StatisticsSerializer,
)
from reports.statistics import FIGURES, SHARES, compute, table
from reports.statistics.shares import count
from reports.statistics.tables import TABLE_KEYS
from units.access import HoldsRight
from units.records_api import REFUSALS, RecordViewSet, with_actions
from units.roles import Right


@with_actions("notices")
class NoticeViewSet(RecordViewSet):
    """通报。安委办看全部，受文单位看已印发给本单位的；范围之外一律 404。"""

    queryset, lifecycle, forms = Notice.objects.none(), transitions.LIFECYCLE, SERIALIZERS
    rights = (Right.READ_NOTICE,)
    row, whole = NoticeSerializer, NoticeDetailSerializer
    filterset_class = NoticeFilter

    def get_queryset(self) -> QuerySet[Notice]:
        """The caller's scope, newest period first."""
        return queries.ledger(Notice.objects.for_user(self.request.user)).order_by("-period_to", "-pk")

    def record(self, pk: int) -> Notice:
        """One notice, whole."""
        return queries.one(self.request.user, pk)

    @extend_schema(operation_id="notices_sign", request=None, responses={200: ReceiptSerializer, **REFUSALS})
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """代表本单位签收；重复签收不改变原签收。"""
        self.record(int(pk))
        receipt = transitions.sign_for(request.user, int(pk))
        return Response(ReceiptSerializer(receipt).data)


class StatisticsViewSet(viewsets.ViewSet):
    """统计：调用者管辖范围内一段时间的各项指标及口径。"""

    permission_classes = [HoldsRight]
    rights = (Right.STATISTICS,)

    @extend_schema(
        operation_id="statistics",
        parameters=[StatisticsAskedSerializer],
        responses={200: StatisticsSerializer, **REFUSALS},
    )
    def list(self, request: Request) -> Response:
        """各项指标；给出 by 时另列分组数据。"""
        asked = StatisticsAskedSerializer(data=request.query_params)
        asked.is_valid(raise_exception=True)
        period = asked.period()
        own = population(request.user)
        values = compute(own, period)
        figures = [
            {"key": key, "label": each.label, "definition": each.definition, "kind": each.kind, "value": values[key]}
            for key, each in FIGURES.items()
        ]
        figures += [
            {"key": key, "label": each.label, "definition": each.definition, "kind": each.kind,
             "value": count(each, request.user, period).value}
            for key, each in SHARES.items()
        ]  # fmt: skip
        by = asked.validated_data.get("by")
        rows = table(by, own, period, request.user.hat.unit.area_path) if by else []
        groups = [
            {
                "group": row["group"],
                "name": row["name"],
                "rank": row["rank"],
                "figures": {key: row[key] for key in TABLE_KEYS},
            }
            for row in rows
        ]
        body = {"first": period.first, "last": period.last, "label": period.label, "figures": figures, "groups": groups}
        return Response(StatisticsSerializer(body).data)
