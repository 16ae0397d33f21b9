"""API of self-checks: the ledger, one check, filing one."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import NotInScope
from inspections.filters.self_checks import SelfCheckFilter
from inspections.models.self_checks import SelfCheck
from inspections.serializers import self_checks as shapes
from inspections.transitions.self_checks import Answer, Sheet, file_check, version_for
from units.access import HoldsRight, require
from units.records_api import REFUSALS
from units.roles import Right


class SelfCheckViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """企业自查。企业报送本单位的，监管人员看辖区、行业内的。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_RECORD,)
    lookup_value_regex = r"\d{1,18}"
    queryset = SelfCheck.objects.none()
    filterset_class = SelfCheckFilter

    def get_queryset(self) -> QuerySet[Any]:
        """The caller's scope, newest first."""
        rows = SelfCheck.objects.for_user(self.request.user).select_related("unit")
        return rows.order_by("-filed_at", "-pk")

    def get_object(self) -> Any:
        """The check of the address; `NotInScope` when the caller does not see it."""
        found = self.get_queryset().filter(pk=self.kwargs["pk"]).prefetch_related("findings__item", "findings__hazard")
        check = found.first()
        if check is None:
            raise NotInScope
        return check

    def get_serializer_class(self) -> Any:
        """Rows in the list, everything for one."""
        return shapes.SelfCheckSerializer if self.action == "list" else shapes.SelfCheckDetailSerializer

    @extend_schema(
        operation_id="self_checks_file",
        request=shapes.SelfCheckInputSerializer,
        responses={201: shapes.SelfCheckDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """报送自查，同一时间只能报送一次；不合格的检查项自动上报为隐患。"""
        require(request.user, Right.KEEP_RECORD)
        filled = shapes.SelfCheckInputSerializer(data=request.data, context={"request": request})
        filled.is_valid(raise_exception=True)
        typed = dict(filled.validated_data)
        once = typed.pop("once", None)
        answers = {answer.pop("item"): Answer(**answer) for answer in typed.pop("answers", [])}
        sheet = Sheet(version=version_for(request.user.hat.unit), answers=answers, **typed)
        check = file_check(request.user, sheet, once)
        return Response(shapes.SelfCheckDetailSerializer(check).data, status=status.HTTP_201_CREATED)
