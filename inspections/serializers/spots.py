"""What the API of spot checks takes and answers."""

from __future__ import annotations

from rest_framework import serializers

from common.serializers import ActionSerializer, ReasonSerializer, ScopedField, optional_text, text_field
from inspections.models.spots import SpotCheck
from inspections.queries import candidates
from inspections.serializers.planning import DETAIL, RECORD, DetailSerializer, RecordSerializer, own_files
from inspections.transitions import spots
from units.models import User
from units.serializers import UnitReferenceSerializer


class FindingSerializer(ActionSerializer):
    """复核属实、不属实."""

    note = text_field("复核情况")
    files = own_files()
    no_photo_reason = optional_text("无法拍照的原因", 200)


class PersonSerializer(ActionSerializer):
    """改派."""

    inspector = ScopedField(queryset=User.objects.all(), reach=candidates.inspectors, help_text="复核人编号")
    reason = text_field("理由", 300)


SPOT_FORMS = {"finding": FindingSerializer, "person": PersonSerializer, "reason": ReasonSerializer}


class SpotCheckSerializer(RecordSerializer):
    """A row of the list."""

    number = serializers.CharField(source="hazard.number", help_text="隐患编号")
    unit = UnitReferenceSerializer(source="hazard.unit")
    round = serializers.CharField(source="round.number", help_text="轮次")
    inspector = serializers.CharField(source="inspector.name", default=None, help_text="复核人")
    is_overdue = serializers.BooleanField(help_text="逾期未复核")

    class Meta:
        model = SpotCheck
        fields = (*RECORD, "round", "hazard", "number", "unit", "stratum", "inspector", "due_on", "is_overdue", "note",
                  "done_at")  # fmt: skip


class SpotCheckDetailSerializer(DetailSerializer, SpotCheckSerializer):
    """One check, whole."""

    lifecycle = spots.LIFECYCLE
    files = serializers.PrimaryKeyRelatedField(source="attachments", many=True, read_only=True)

    class Meta(SpotCheckSerializer.Meta):
        fields = (*SpotCheckSerializer.Meta.fields, "files", *DETAIL)
