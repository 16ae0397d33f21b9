"""API of hazards: the ledger, one hazard, reporting, every action of the rules table, events, photos, criteria."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import Refused
from common.lifecycle import Rule
from evidence.transitions import store
from hazards import queries, transitions
from hazards.filters import CriterionFilter, HazardFilter
from hazards.forms.reporting import FIRM
from hazards.models import CriterionItem, Hazard
from hazards.models.hazard import State
from hazards.serializers.acting import SERIALIZERS, ReportSerializer
from hazards.serializers.reading import (
    CriterionSerializer,
    EventSerializer,
    HazardDetailSerializer,
    HazardSerializer,
    PhotoSerializer,
)
from hazards.transitions.rules import RULES
from units.access import HoldsRight, require
from units.roles import Right
from units.serializers import ErrorSerializer

REFUSALS = dict.fromkeys((400, 403, 404, 409, 422), ErrorSerializer)


class HazardViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """隐患。范围之外一律 404，无权 403，状态不符或已被他人办理 409，不符合办理条件 422。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_HAZARD,)
    filterset_class = HazardFilter
    queryset = Hazard.objects.none()
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Hazard]:
        """The caller's scope; drafts are not part of the ledger."""
        visible = Hazard.objects.for_user(self.request.user)
        if self.action != "list":
            return queries.whole(visible)
        return queries.ledger(visible).exclude(state=State.DRAFT).order_by("-reported_at", "-pk")

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return HazardSerializer if self.action == "list" else HazardDetailSerializer

    @extend_schema(
        operation_id="hazards_report", request=ReportSerializer, responses={201: HazardDetailSerializer, **REFUSALS}
    )
    def create(self, request: Request) -> Response:
        """上报隐患（或存草稿）。"""
        require(request.user, Right.REPORT_HAZARD)
        typed = ReportSerializer(data=request.data, context={"request": request})
        typed.is_valid(raise_exception=True)
        values = dict(typed.validated_data)
        if request.user.role in FIRM:
            values.setdefault("unit", request.user.hat.unit)
        elif "unit" not in values:
            raise Refused("请选择隐患所在单位。", {"unit": "请选择隐患所在单位。"})
        hazard = transitions.report(request.user, **values)
        return self._answer(hazard.pk, status.HTTP_201_CREATED)

    @extend_schema(responses=EventSerializer(many=True), filters=False)
    @action(detail=True, methods=["get"], pagination_class=None)
    def events(self, request: Request, pk: str) -> Response:
        """办理记录，按发生顺序。"""
        hazard = queries.one(request.user, int(pk))
        return Response(EventSerializer(sorted(hazard.events.all(), key=lambda event: event.seq), many=True).data)

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

    def perform_action(self, name: str, request: Request, pk: str) -> Response:
        """Read what the form of the action takes and call its transition."""
        transitions.LIFECYCLE.check_right(name, queries.one(request.user, int(pk)), request.user)
        typed = SERIALIZERS[RULES[name].form](data=request.data, context={"request": request})
        typed.is_valid(raise_exception=True)
        values = dict(typed.validated_data)
        transitions.perform(name, int(pk), request.user, values.pop("version", None), **values)
        return self._answer(int(pk))

    def _answer(self, pk: int, code: int = status.HTTP_200_OK) -> Response:
        hazard = queries.one(self.request.user, pk)
        return Response(HazardDetailSerializer(hazard, context=self.get_serializer_context()).data, status=code)


def _endpoint(name: str, rule: Rule) -> Callable[..., Response]:
    """POST hazards/{id}/actions/{name}/ for one rule."""

    def act(self: HazardViewSet, request: Request, pk: str) -> Response:
        return self.perform_action(name, request, pk)

    act.__name__ = act.__qualname__ = f"act_{name}"
    act.__doc__ = f"{rule.label}：{rule.effect}"
    described = extend_schema(
        operation_id=f"hazards_{name}",
        summary=rule.label,
        request=SERIALIZERS[rule.form],
        responses={200: HazardDetailSerializer, **REFUSALS},
    )
    return described(action(detail=True, methods=["post"], url_path=f"actions/{name}", url_name=f"action-{name}")(act))


for _name, _rule in RULES.items():
    if not _rule.system:
        setattr(HazardViewSet, f"act_{_name}", _endpoint(_name, _rule))


class CriterionViewSet(viewsets.ReadOnlyModelViewSet):
    """重大事故隐患判定标准库。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_HAZARD,)
    filterset_class = CriterionFilter
    queryset = CriterionItem.objects.select_related("standard").order_by("pk")
    serializer_class = CriterionSerializer
    lookup_value_regex = r"\d{1,18}"
