"""API of notices (list, one, every action of the rules table, sign) and of statistics."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from common.lifecycle import Rule
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
from reports.statistics import FIGURES, compute, table
from reports.statistics.tables import TABLE_KEYS
from reports.transitions import RULES
from units.access import HoldsRight
from units.roles import Right
from units.serializers import ErrorSerializer

REFUSALS = dict.fromkeys((400, 403, 404, 409, 422), ErrorSerializer)


class NoticeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """通报。安委办看全部，受文单位看已印发给本单位的；范围之外一律 404。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_NOTICE,)
    filterset_class = NoticeFilter
    queryset = Notice.objects.none()
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Notice]:
        """The caller's scope, newest period first."""
        return queries.ledger(Notice.objects.for_user(self.request.user)).order_by("-period_to", "-pk")

    def get_object(self) -> Notice:
        """One notice, whole."""
        return queries.one(self.request.user, int(self.kwargs["pk"]))

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return NoticeSerializer if self.action == "list" else NoticeDetailSerializer

    @extend_schema(operation_id="notices_sign", request=None, responses={200: ReceiptSerializer, **REFUSALS})
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """代表本单位签收；重复签收不改变原签收。"""
        queries.one(request.user, int(pk))
        receipt = transitions.sign_for(request.user, int(pk))
        return Response(ReceiptSerializer(receipt).data)

    def perform_action(self, name: str, request: Request, pk: str) -> Response:
        """Read what the form of the action takes and call its transition."""
        transitions.LIFECYCLE.check_right(name, queries.one(request.user, int(pk)), request.user)
        typed = SERIALIZERS[RULES[name].form](data=request.data)
        typed.is_valid(raise_exception=True)
        values = dict(typed.validated_data)
        transitions.perform(name, int(pk), request.user, values.pop("version", None), **values)
        return Response(
            NoticeDetailSerializer(queries.one(request.user, int(pk)), context=self.get_serializer_context()).data
        )


def _endpoint(name: str, rule: Rule) -> Callable[..., Response]:
    """POST notices/{id}/actions/{name}/ for one rule."""

    def act(self: NoticeViewSet, request: Request, pk: str) -> Response:
        return self.perform_action(name, request, pk)

    act.__name__ = act.__qualname__ = f"act_{name}"
    act.__doc__ = f"{rule.label}：{rule.effect}"
    described = extend_schema(
        operation_id=f"notices_{name}",
        summary=rule.label,
        request=SERIALIZERS[rule.form],
        responses={200: NoticeDetailSerializer, **REFUSALS},
    )
    return described(action(detail=True, methods=["post"], url_path=f"actions/{name}", url_name=f"action-{name}")(act))


for _name, _rule in RULES.items():
    setattr(NoticeViewSet, f"act_{_name}", _endpoint(_name, _rule))


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
