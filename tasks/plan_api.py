"""API of plans and of the plan import: take in, read back, correct, say what names mean, confirm, discard."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.api import JSONParser
from common.errors import NotInScope
from tasks.models import Plan, PlanDraft
from tasks.serializers import drafts as shape
from tasks.transitions import drafts
from units.access import HoldsRight, require
from units.records_api import REFUSALS
from units.roles import Right


class PlanViewSet(viewsets.ReadOnlyModelViewSet):
    """方案。安委办看本街道的，其他单位看本单位归口或点到本单位的。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_TASK,)
    queryset = Plan.objects.none()
    serializer_class = shape.PlanSerializer
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[Plan]:
        """The caller's scope, newest first."""
        found = Plan.objects.for_user(self.request.user).select_related("owner").prefetch_related("stages")
        return found.defer("text").order_by("-created_at", "-pk")


class PlanDraftViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """方案草稿：上传或粘贴，核对，对应单位名称，确认后才成为方案。"""

    permission_classes = [HoldsRight]
    rights = (Right.MANAGE_TASK,)
    queryset = PlanDraft.objects.none()
    parser_classes = [JSONParser, MultiPartParser]
    lookup_value_regex = r"\d{1,18}"

    def get_queryset(self) -> QuerySet[PlanDraft]:
        """The caller's scope, newest first."""
        return PlanDraft.objects.for_user(self.request.user).order_by("-created_at", "-pk")

    def get_object(self) -> PlanDraft:
        """The draft of the address; `NotInScope` when the caller does not reach it."""
        found = self.get_queryset().prefetch_related("rows").filter(pk=int(self.kwargs["pk"])).first()
        if found is None:
            raise NotInScope
        return found

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return shape.PlanDraftSerializer if self.action == "list" else shape.PlanDraftDetailSerializer

    def _typed(self, serializer: Any) -> dict[str, Any]:
        filled = serializer(data=self.request.data, context={"request": self.request})
        filled.is_valid(raise_exception=True)
        return dict(filled.validated_data)

    def _answer(self, code: int = status.HTTP_200_OK) -> Response:
        return Response(shape.PlanDraftDetailSerializer(self.get_object()).data, status=code)

    @extend_schema(
        operation_id="plan_drafts_begin",
        request={"multipart/form-data": shape.PlanUploadSerializer, "application/json": shape.PlanUploadSerializer},
        responses={201: shape.PlanDraftDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """上传文件或提交全文；较长的在后台读取，状态为“读取中”。"""
        require(request.user, Right.MANAGE_TASK)
        values = self._typed(shape.PlanUploadSerializer)
        draft = drafts.begin(request.user, file=values.get("file"), text=values.get("text", ""))
        self.kwargs["pk"] = str(draft.pk)
        return self._answer(status.HTTP_201_CREATED)

    @extend_schema(request=shape.CorrectionSerializer, responses={200: shape.PlanDraftDetailSerializer, **REFUSALS})
    @action(detail=True, methods=["post"], url_path="actions/correct")
    def correct(self, request: Request, pk: str) -> Response:
        """更正一项任务，或者标为不导入。"""
        draft = drafts.of(request.user, int(pk))
        values = self._typed(shape.CorrectionSerializer)
        row, version = values.pop("row"), values.pop("version", None)
        if not draft.rows.filter(pk=row).exists():
            raise NotInScope
        drafts.correct_row(request.user, row, version, **values)
        return self._answer()

    @extend_schema(request=shape.WordingsSerializer, responses={200: shape.PlanDraftDetailSerializer, **REFUSALS})
    @action(detail=True, methods=["post"], url_path="actions/remember")
    def remember(self, request: Request, pk: str) -> Response:
        """说明单位名称的含义，记住后对以后的方案也有效。"""
        drafts.of(request.user, int(pk))
        said = self._typed(shape.WordingsSerializer)["wordings"]
        drafts.remember(request.user, int(pk), {each["wording"]: (each["meaning"], each.get("unit")) for each in said})
        return self._answer()

    @extend_schema(request=shape.ConfirmSerializer, responses={200: shape.PlanSerializer, **REFUSALS})
    @action(detail=True, methods=["post"], url_path="actions/confirm")
    def confirm(self, request: Request, pk: str) -> Response:
        """确认草稿，生成方案和任务；可同时下达。"""
        drafts.of(request.user, int(pk))
        plan, _ = drafts.confirm(request.user, int(pk), **self._typed(shape.ConfirmSerializer))
        return Response(shape.PlanSerializer(plan).data)

    @extend_schema(request=None, responses={200: shape.PlanDraftSerializer, **REFUSALS})
    @action(detail=True, methods=["post"], url_path="actions/discard")
    def discard(self, request: Request, pk: str) -> Response:
        """放弃草稿，不产生任何任务。"""
        return Response(shape.PlanDraftSerializer(drafts.discard(request.user, int(pk))).data)
