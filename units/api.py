"""API of units and of the signed-in person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status, viewsets
from rest_framework.authtoken.models import Token
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

import audit
from common import clock
from messaging.queries import unread_count
from units import passwords
from units.access import HoldsRight
from units.filters import UnitApiFilter
from units.middleware import DUE_TEXT
from units.models import Unit
from units.roles import GRANTS, Right
from units.serializers import (
    CredentialsSerializer,
    ErrorSerializer,
    MeSerializer,
    TokenSerializer,
    UnitDetailSerializer,
    UnitSerializer,
)

WRONG_CREDENTIALS = "用户名或密码不正确。连续输错5次，账号将锁定15分钟。"


class UnitViewSet(viewsets.ReadOnlyModelViewSet):
    """单位与企业。范围之外的单位一律 404。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_UNIT,)
    filterset_class = UnitApiFilter
    queryset = Unit.objects.none()

    def get_queryset(self) -> QuerySet[Unit]:
        """Units in the caller's scope that were not merged away, with what the answer reads."""
        visible = Unit.objects.for_user(self.request.user).exclude(standing=Unit.Standing.MERGED)
        visible = visible.select_related("area", "enterprise__sector", "enterprise__department")
        return (
            visible.prefetch_related("sectors") if self.action == "retrieve" else visible.order_by("kind", "name", "pk")
        )

    def get_serializer_class(self) -> Any:
        """The profile only for a single unit."""
        return UnitDetailSerializer if self.action == "retrieve" else UnitSerializer


class MeView(APIView):
    """当前登录人、可用身份与当前身份的权限。"""

    @extend_schema(operation_id="me", responses=MeSerializer, tags=["me"])
    def get(self, request: Request) -> Response:
        """The person, the hats and the rights of the hat worn."""
        user = request.user
        user.hats = user.memberships_on(clock.today())
        user.rights = {right.value: grants[user.role].value for right, grants in GRANTS.items() if user.role in grants}
        user.unread = unread_count(user)
        return Response(MeSerializer(user, context={"worn": user.hat.pk if user.hat else None}).data)


class TokenView(APIView):
    """以用户名和密码换取接口令牌。限流；连续失败与网页登录一样锁定账号。"""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes = [ScopedRateThrottle]
    throttle_scope = "sign-in"

    @extend_schema(
        operation_id="token",
        request=CredentialsSerializer,
        responses={200: TokenSerializer, 401: ErrorSerializer, 403: ErrorSerializer, 429: ErrorSerializer},
        tags=["token"],
        auth=[],
    )
    def post(self, request: Request) -> Response:
        """A token; 401 for wrong credentials, 403 while the password is due, 429 when locked out or too fast."""
        form = CredentialsSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        user = authenticate(request._request, **form.validated_data)
        if user is None:
            body = {"code": "authentication_failed", "message": WRONG_CREDENTIALS}
            return Response(body, status=status.HTTP_401_UNAUTHORIZED)
        if passwords.is_due(user):
            return Response({"code": "password_due", "message": DUE_TEXT}, status=status.HTTP_403_FORBIDDEN)
        token, _ = Token.objects.get_or_create(user=user)
        audit.record("units.token_issued", user, actor=user)
        return Response({"token": token.key})
