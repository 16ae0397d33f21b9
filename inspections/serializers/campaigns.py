"""What the API of campaigns takes and answers."""

from __future__ import annotations

from rest_framework import serializers

from common.serializers import ActionSerializer, ReasonSerializer, text_field
from inspections.models.campaigns import Campaign, CampaignObject
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer
from inspections.transitions import campaigns
from units.serializers import UnitReferenceSerializer


class CampaignSerializer(serializers.ModelSerializer):
    """A campaign."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    owner = UnitReferenceSerializer()

    class Meta:
        model = Campaign
        fields = ("id", "url", "title", "form", "categories", "basis", "owner", "starts_on", "ends_on", "state")


class ProgressSerializer(ActionSerializer):
    """报告进展."""

    progress = text_field("进展")


class FinishSerializer(ProgressSerializer):
    """完成整治."""

    done_on = serializers.DateField(help_text="完成日期")


class ChangeSerializer(ActionSerializer):
    """调整分类、时限."""

    category = text_field("分类", 30)
    deadline = serializers.DateField(help_text="完成时限")
    reason = text_field("理由", 300)


OBJECT_FORMS = {
    "progress": ProgressSerializer, "finish": FinishSerializer, "change": ChangeSerializer, "reason": ReasonSerializer,
}  # fmt: skip


class CampaignObjectSerializer(RecordSerializer):
    """An object."""

    unit = UnitReferenceSerializer()
    responsible = UnitReferenceSerializer()
    is_overdue = serializers.BooleanField(help_text="逾期")

    class Meta:
        model = CampaignObject
        fields = (*RECORD, "campaign", "unit", "name", "address", "category", "measure", "responsible", "person", "deadline",
                  "is_overdue", "progress", "done_on")  # fmt: skip


class CampaignObjectDetailSerializer(DetailSerializer, CampaignObjectSerializer):
    """One object, whole."""

    lifecycle = campaigns.LIFECYCLE

    class Meta(CampaignObjectSerializer.Meta):
        fields = (*CampaignObjectSerializer.Meta.fields, *DETAIL)
