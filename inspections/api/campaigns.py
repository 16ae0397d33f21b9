"""API of campaigns and their objects."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from common.errors import Forbidden
from inspections import campaign_sheet
from inspections.api.planning import ScopedViewSet
from inspections.filters_campaigns import CampaignFilter, ObjectFilter
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.models.scoping import owns
from inspections.serializers import campaigns as shapes
from inspections.transitions import campaigns
from units.access import require
from units.records_api import REFUSALS, with_actions
from units.roles import Right


class CampaignViewSet(ScopedViewSet):
    """专项整治。牵头单位建立、导入对象、结束；隐患以同一编号归入专项。"""

    rights = (Right.READ_PLAN,)
    model, queryset = Campaign, Campaign.objects.none()
    row = whole = shapes.CampaignSerializer
    filterset_class = CampaignFilter
    selected, default_order = ("owner",), ("-starts_on", "-pk")

    def get_queryset(self) -> QuerySet[Campaign]:
        """With the progress."""
        found: QuerySet[Campaign] = super().get_queryset().with_progress()
        return found

    def _led(self, pk: int) -> int:
        """The id of the campaign the caller leads: 404 out of scope, 403 for who does not lead it."""
        require(self.request.user, Right.PLAN_INSPECTION)
        if not owns(self.request.user, Right.PLAN_INSPECTION, self.record(pk)):  # type: ignore[arg-type]
            raise Forbidden
        return pk

    @extend_schema(
        operation_id="campaigns_begin",
        request=shapes.NewCampaignSerializer,
        responses={201: shapes.CampaignSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """建立专项整治；由调用人所在单位牵头。"""
        require(request.user, Right.PLAN_INSPECTION)
        campaign = campaigns.begin(request.user, **self.typed(shapes.NewCampaignSerializer))
        return self.answer(campaign.pk, status.HTTP_201_CREATED)

    @extend_schema(
        operation_id="campaigns_import",
        request={"multipart/form-data": shapes.SheetSerializer},
        responses={200: shapes.OutcomeSerializer, **REFUSALS},
        filters=False,
    )
    @action(detail=True, methods=["post"], url_path="import", url_name="import", parser_classes=[MultiPartParser])
    def bring_in(self, request: Request, pk: str) -> Response:
        """导入整治对象台账：合格的行导入一次，有误的行逐行说明。"""
        led = self._led(int(pk))
        upload = self.typed(shapes.SheetSerializer)["file"]
        outcome = campaign_sheet.bring_in(request.user, led, upload, upload.name)
        return Response(outcome.as_json())

    @extend_schema(
        operation_id="campaigns_close",
        request=None,
        responses={200: shapes.CampaignSerializer, **REFUSALS},
        filters=False,
    )
    @action(detail=True, methods=["post"], url_path="actions/close", url_name="close")
    def close(self, request: Request, pk: str) -> Response:
        """结束专项整治；还有对象未完成的不能结束。"""
        campaigns.close(request.user, self._led(int(pk)))
        return self.answer(int(pk))


@with_actions("campaign_objects")
class CampaignObjectViewSet(ScopedViewSet):
    """整治对象。责任单位报告进展和完成，牵头单位调整。"""

    rights = (Right.READ_PLAN,)
    model, queryset, lifecycle, forms = (
        CampaignObject, CampaignObject.objects.none(), campaigns.LIFECYCLE, shapes.OBJECT_FORMS,
    )  # fmt: skip
    row, whole = shapes.CampaignObjectSerializer, shapes.CampaignObjectDetailSerializer
    filterset_class = ObjectFilter
    selected, default_order = ("unit", "responsible", "campaign"), ("deadline", "pk")

    @extend_schema(
        operation_id="campaign_objects_enter",
        request=shapes.NewObjectSerializer,
        responses={201: shapes.CampaignObjectDetailSerializer, **REFUSALS},
    )
    def create(self, request: Request) -> Response:
        """登记一个整治对象；由牵头单位登记。"""
        require(request.user, Right.PLAN_INSPECTION)
        values = self.typed(shapes.NewObjectSerializer)
        found = campaigns.enter(request.user, values.pop("campaign").pk, **values)
        return self.answer(found.pk, status.HTTP_201_CREATED)
