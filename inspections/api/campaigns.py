"""API of campaigns and their objects."""

from __future__ import annotations

from django.db.models import QuerySet
from rest_framework import mixins, viewsets

from inspections.api.planning import ScopedViewSet
from inspections.filters_campaigns import CampaignFilter, ObjectFilter
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.serializers import campaigns as shapes
from inspections.transitions import campaigns
from units.access import HoldsRight
from units.records_api import with_actions
from units.roles import Right


class CampaignViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
    """专项整治。"""

    permission_classes = [HoldsRight]
    rights = (Right.READ_PLAN,)
    queryset = Campaign.objects.none()
    serializer_class = shapes.CampaignSerializer
    filterset_class = CampaignFilter

    def get_queryset(self) -> QuerySet[Campaign]:
        """The caller's scope, newest first."""
        found = Campaign.objects.for_user(self.request.user)  # type: ignore[arg-type]
        return found.select_related("owner").order_by("-starts_on", "-pk")


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
