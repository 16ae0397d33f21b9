"""What the API of risk points takes and answers."""

from __future__ import annotations

from rest_framework import serializers

from common.serializers import ActionSerializer, ReasonSerializer, optional_text, text_field
from inspections.models.risks import Colour, RiskPoint
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer
from inspections.transitions import risks
from units.serializers import UnitReferenceSerializer


class NewRiskPointSerializer(serializers.Serializer):
    """登记风险点."""

    name = text_field("风险点名称", 80)
    place = optional_text("部位", 100)
    accident = serializers.ChoiceField(choices=RiskPoint.Accident.choices, help_text="可能导致的事故")
    level = serializers.ChoiceField(choices=Colour.choices, help_text="风险等级")
    controls = text_field("管控措施", 1000)
    emergency = optional_text("应急处置措施")
    owner = text_field("管控责任人", 30)
    owner_post = optional_text("责任人岗位", 40)
    review_on = serializers.DateField(help_text="下次复评日期")


class EditRiskPointSerializer(ActionSerializer, NewRiskPointSerializer):
    """修改."""


class ReviewRiskPointSerializer(ActionSerializer):
    """复评."""

    level = serializers.ChoiceField(choices=Colour.choices, help_text="复评等级")
    review_on = serializers.DateField(help_text="下次复评日期")
    opinion = optional_text("复评意见", 300)


POINT_FORMS = {"edit": EditRiskPointSerializer, "review": ReviewRiskPointSerializer, "reason": ReasonSerializer}


class RiskPointSerializer(RecordSerializer):
    """A row of the ledger."""

    unit = UnitReferenceSerializer()
    level_label = serializers.CharField(source="get_level_display")
    is_overdue = serializers.BooleanField(help_text="已过复评日期")

    class Meta:
        model = RiskPoint
        fields = (*RECORD, "unit", "name", "place", "accident", "level", "level_label", "controls", "emergency", "owner",
                  "owner_post", "review_on", "is_overdue", "registered_at")  # fmt: skip


class RiskPointDetailSerializer(DetailSerializer, RiskPointSerializer):
    """One point, whole."""

    lifecycle = risks.LIFECYCLE

    class Meta(RiskPointSerializer.Meta):
        fields = (*RiskPointSerializer.Meta.fields, *DETAIL)
