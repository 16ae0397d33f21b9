"""What the API of campaigns takes and answers."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from common.serializers import ActionSerializer, ReasonSerializer, ScopedField, optional_text, text_field
from inspections.models.campaigns import CATEGORIES, Campaign, CampaignObject
from inspections.models.checklists import Checklist
from inspections.queries.bodies import bodies_near
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer
from inspections.transitions import campaigns
from units.models import Sector, Unit
from units.serializers import UnitReferenceSerializer


class CampaignSerializer(serializers.ModelSerializer):
    """A campaign."""

    url = serializers.CharField(source="get_absolute_url", help_text="网页地址")
    owner = UnitReferenceSerializer()
    total = serializers.IntegerField(help_text="纳入整治的对象")
    done = serializers.IntegerField(help_text="已完成")
    late = serializers.IntegerField(help_text="逾期")

    class Meta:
        model = Campaign
        fields = ("id", "url", "title", "form", "categories", "basis", "sector", "checklist", "owner", "starts_on", "ends_on", "state",
                  "total", "done", "late")  # fmt: skip


class NewCampaignSerializer(serializers.Serializer):
    """建立专项整治."""

    title = text_field("名称", 100)
    form = serializers.ChoiceField(choices=Campaign.Form.choices, default=Campaign.Form.OTHER, help_text="台账形式")
    categories = serializers.ListField(
        child=serializers.CharField(max_length=30), required=False, help_text="分类；不填则用台账形式的分类"
    )
    basis = optional_text("依据", 300)
    sector = serializers.PrimaryKeyRelatedField(
        queryset=Sector.objects.all(), required=False, allow_null=True, help_text="行业领域编号"
    )
    checklist = serializers.PrimaryKeyRelatedField(
        queryset=Checklist.objects.filter(is_active=True), required=False, allow_null=True, help_text="检查表"
    )
    starts_on = serializers.DateField(help_text="开始日期")
    ends_on = serializers.DateField(help_text="结束日期")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The form's own categories where none are given."""
        attrs["categories"] = attrs.get("categories") or CATEGORIES[attrs["form"]]
        return attrs


class SheetSerializer(serializers.Serializer):
    """导入整治对象."""

    file = serializers.FileField(help_text="整治对象台账，.xlsx、.xls 或 .csv")


class FaultSerializer(serializers.Serializer):
    """A row that did not come in."""

    row = serializers.IntegerField(help_text="行")
    column = serializers.CharField(help_text="列")
    error = serializers.CharField(help_text="原因")


class OutcomeSerializer(serializers.Serializer):
    """What an import came to."""

    rows = serializers.IntegerField(help_text="总行数")
    accepted = serializers.IntegerField(help_text="导入")
    duplicates = serializers.IntegerField(help_text="重复")
    rejected = FaultSerializer(many=True, help_text="有误的行")


class NewObjectSerializer(serializers.Serializer):
    """登记整治对象."""

    campaign = ScopedField(queryset=Campaign.objects.all(), reach=Campaign.objects.for_user, help_text="专项整治编号")
    unit = ScopedField(
        queryset=Unit.objects.all(), reach=lambda user: Unit.objects.for_user(user).enterprises(), required=False,
        allow_null=True, help_text="已建档的企业",
    )  # fmt: skip
    name = text_field("对象名称", 120)
    address = optional_text("地址", 200)
    category = text_field("分类", 30)
    measure = optional_text("整治措施", 500)
    responsible = ScopedField(
        queryset=Unit.objects.all(), reach=bodies_near, required=False, help_text="责任单位，不填为牵头单位"
    )
    person = optional_text("责任人", 30)
    deadline = serializers.DateField(required=False, help_text="完成时限，不填为专项结束日期")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The leading unit and the campaign's end stand in."""
        attrs.setdefault("responsible", attrs["campaign"].owner)
        attrs.setdefault("deadline", attrs["campaign"].ends_on)
        return attrs


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
